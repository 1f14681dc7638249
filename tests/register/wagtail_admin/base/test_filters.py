"""A filter offers named choices and lets nothing else through."""

from register.models import AccessLogEntry
from register.models.access_log import Action
from register.wagtail_admin.base.filters import Filter

BY_ACTION = Filter(
    parameter="action",
    label="Toiminto",
    choices=Action.choices,
    apply=lambda rows, value: rows.filter(action=value),
)


def test_a_value_that_is_no_choice_changes_nothing():
    assert BY_ACTION.chosen({"action": "view"}) == "view"
    assert BY_ACTION.chosen({"action": "view' OR 1=1"}) == ""
    assert BY_ACTION.chosen({"purpose": "view"}) == ""


def test_it_narrows_to_the_chosen_value(db):
    for action in (Action.VIEW, Action.LIST, Action.VIEW):
        AccessLogEntry.objects.create(action=action, purpose="", model="", view="")
    rows = BY_ACTION.apply(AccessLogEntry.objects.all(), "view")
    assert {entry.action for entry in rows} == {Action.VIEW}
    assert len(rows) == 2
