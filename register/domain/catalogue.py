"""Reference data that holds nobody's personal data: services, offices, processors."""

from django.db import transaction
from django.db.models import Model

from register.enums import Action
from register.exceptions import NotAllowed
from register.permissions import User, may_change, may_create, may_delete

from . import access_log


def save(*, item: Model, by: User) -> Model:
    """Add or change an item, logged. NotAllowed when the role does not write it."""
    adding = item._state.adding
    if not (may_create(by, type(item)) if adding else may_change(by, item)):
        raise NotAllowed
    with transaction.atomic():
        item.save()
        access_log.changed(
            by=by,
            action=Action.CREATE if adding else Action.CHANGE,
            instance=item,
            view="catalogue",
        )
    return item


def remove(*, item: Model, by: User) -> None:
    """Delete an item that nothing uses. NotAllowed, or ProtectedError when it is in use."""
    if not may_delete(by, item):
        raise NotAllowed
    item.delete()
