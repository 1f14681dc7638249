"""Say why an act is refused and what to do instead, wherever it was refused."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page, Task, Workflow

from privacy_notice.guarding.acts import BY_SCREEN, WORKFLOW, Act, OffTheAir
from privacy_notice.guarding.current import in_force
from privacy_notice.guarding.guards import carries_the_notice

ENTER = "wagtailadmin.access_admin"
KEYS = ("page_id", "page_to_move_id")

DISABLING: dict[str, type[Workflow] | type[Task]] = {
    "wagtailadmin_workflows:disable": Workflow,
    "wagtailadmin_workflows:disable_task": Task,
}


def refuses_to_disable(screen: str, key: Any) -> bool:
    """Whether the screen disables the workflow by which the notice in force is approved."""
    model = DISABLING.get(screen)
    found = model.objects.filter(pk=key).first() if model else None
    return found is not None and carries_the_notice(found)


def tell(request: HttpRequest, act: Act, *, page: Page | None = None) -> HttpResponse:
    """Answer with the act's words: a message on the page's own screen, or JSON to a script."""
    scripted = request.headers.get("x-requested-with") == "XMLHttpRequest"
    if scripted or not request.accepts("text/html"):
        return JsonResponse({"detail": str(act.words)}, status=403)
    messages.error(request, act.words)
    if page is not None and page.permissions_for_user(request.user).can_edit():
        return redirect("wagtailadmin_pages:edit", page.pk)
    return redirect("wagtailadmin_home")


class TellWhatToDoInstead:
    """Middleware: the words instead of "You have no permission", or of an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer for a screen on which the permission tester would refuse the notice."""
        match = request.resolver_match
        if match and refuses_to_disable(match.view_name, kwargs.get("pk")):
            # Before Wagtail cancels what waits for approval, which it does first.
            return tell(request, WORKFLOW) if request.user.has_perm(ENTER) else None
        act = BY_SCREEN.get(match.view_name) if match else None
        if act is None or not request.user.has_perm(ENTER):
            return None
        key = next((kwargs[name] for name in KEYS if name in kwargs), None)
        notice = in_force().filter(pk=key).first()
        return tell(request, act, page=notice) if notice else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for what only the guards have refused."""
        if isinstance(exception, OffTheAir) and request.user.has_perm(ENTER):
            return tell(request, exception.act)
        return None
