"""Words where Wagtail's screens would begin an act that takes the notice off the air.

On the notice itself the permission tester has refused most of it before; on the home page and
others that hold the notice, it knows of nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from privacy_notice.guarding import acts
from privacy_notice.guarding.acts import Act
from privacy_notice.guarding.current import holds_one, notices, site_of
from privacy_notice.guarding.telling import tell

WITH_ALL_BELOW = {"delete": acts.DELETE, "move": acts.MOVE}


def before_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _told(request, acts.DELETE, page)


def before_unpublish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page above the notice can go alone."""
    if not request.POST.get("include_descendants"):
        page = notices().filter(pk=page.pk).first()
    return _told(request, acts.UNPUBLISH, page)


def before_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    if page.get_parent() == destination:
        return None
    return _told(request, acts.MOVE, page)


def before_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page above the notice can be copied alone."""
    return _told(request, acts.COPY, page) if request.POST.get("copy_subpages") else None


def before_create(
    request: HttpRequest, parent: Page, page_class: type[Page]
) -> HttpResponse | None:
    if not issubclass(page_class, notices().model):
        return None
    there = notices().filter(site=site_of(parent), language=parent.locale).first()
    return tell(request, acts.SECOND, page=there) if there else None


def before_bulk_action(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    act = WITH_ALL_BELOW.get(action_type)
    if action_type == "unpublish" and request.POST.get("include_descendants"):
        act = acts.UNPUBLISH
    if act is None or not issubclass(action.model, Page):
        return None
    return next((told for page in objects if (told := _told(request, act, page))), None)


def _told(request: HttpRequest, act: Act, page: Page | None) -> HttpResponse | None:
    return tell(request, act, page=page) if page is not None and holds_one(page) else None


def register() -> None:
    """Ask from now on."""
    hooks.register("before_delete_page", before_delete)
    hooks.register("before_unpublish_page", before_unpublish)
    hooks.register("before_move_page", before_move)
    hooks.register("before_copy_page", before_copy)
    hooks.register("before_create_page", before_create)
    hooks.register("before_bulk_action", before_bulk_action)
