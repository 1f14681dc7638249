"""A filter offers named choices and lets nothing else through."""

from register.models import AccessLogEntry
from register.models.access_log import Action
from register.wagtail_admin.base.filters import by_field


def test_a_field_gives_its_filter_words_and_choices():
    filter_ = by_field(AccessLogEntry, "action")
    assert (filter_.parameter, str(filter_.label)) == ("action", "Toiminto")
    assert list(filter_.choices) == Action.choices


def test_a_value_that_is_no_choice_changes_nothing():
    filter_ = by_field(AccessLogEntry, "action")
    assert filter_.chosen({"action": "view"}) == "view"
    assert filter_.chosen({"action": "view' OR 1=1"}) == ""
    assert filter_.chosen({"purpose": "view"}) == ""


def test_it_narrows_to_the_chosen_value(db):
    for action in (Action.VIEW, Action.LIST, Action.VIEW):
        AccessLogEntry.objects.create(action=action, purpose="", model="", view="")
    rows = by_field(AccessLogEntry, "action").apply(AccessLogEntry.objects.all(), "view")
    assert {entry.action for entry in rows} == {Action.VIEW}
    assert len(rows) == 2
