"""The health check: is the database there, and is the worker alive?"""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from .conf import register_settings
from .models import Heartbeat


def healthz(request: HttpRequest) -> JsonResponse:
    """Return the worker's heartbeat age in seconds: 200 when fresh, 503 when stale or missing."""
    heartbeat = Heartbeat.objects.first()
    age = (timezone.now() - heartbeat.beat_at).total_seconds() if heartbeat else None
    fresh = age is not None and age <= register_settings.HEARTBEAT_LIMIT.total_seconds()
    return JsonResponse({"worker_heartbeat_age": age}, status=200 if fresh else 503)
