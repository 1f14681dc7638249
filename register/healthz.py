"""The health check: is the database there, and is the worker alive?"""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .domain.worker import is_alive, silence


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Return the worker's heartbeat age in seconds: 200 when fresh, 503 when stale or missing."""
    now = timezone.now()
    quiet = silence(now=now)
    age = None if quiet is None else round(quiet.total_seconds(), 1)
    return JsonResponse({"worker_heartbeat_age": age}, status=200 if is_alive(now=now) else 503)
