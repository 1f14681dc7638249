"""Keys follow what they are derived from, and are searched and ordered byte by byte."""

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from register.db.keys import found, keys_of, order_of
from register.inventory.registry import inventory
from register.models import Assignment, BookkeepingRow, Client, Office, Service, StaffMember
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ClientFactory,
    OfficeFactory,
    ServiceFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.django_db


def searched(query, rows=Client.objects):
    return sorted(rows.filter(found(rows.model, query, keys=["search_key"])), key=lambda c: c.name)


def test_a_saved_row_has_its_keys():
    client = ClientFactory(name="Åke von Öhman", register_number="AB1DE-12345", email="Å@b.FI")
    client.refresh_from_db()
    assert client.sort_key == "}hman {ke"
    assert client.search_key == (
        " åke von öhman ab1de12345 358401234567 0401234567 å@b.fi "
    )  # fmt: skip


def test_saving_a_single_column_fills_the_keys():
    client = ClientFactory(name="Maija Aho")
    client.name = "Maija Örn"
    client.save(update_fields=["name"])
    client.refresh_from_db()
    assert client.sort_key == "}rn maija"
    assert " örn " in client.search_key


def test_many_new_rows_at_once_have_them():
    Client.objects.bulk_create([ClientFactory.build(name="Maija Örn")])
    assert Client.objects.get().sort_key == "}rn maija"


@pytest.mark.parametrize("column", ["name", "email", "phone"])
def test_a_statement_that_would_leave_a_key_behind_is_refused(column):
    client = ClientFactory()
    with pytest.raises(TypeError, match="left behind"):
        Client.objects.update(**{column: "x"})
    with pytest.raises(TypeError, match="left behind"), transaction.atomic():
        Client.objects.bulk_update([client], [column])
    Client.objects.update(restricted_on=None)


def test_a_checked_row_has_its_keys_before_it_is_saved():
    client = ClientFactory.build(name="Maija Örn")
    client.clean_fields()
    assert client.sort_key == "}rn maija"


def test_a_member_is_ordered_by_surname_and_found_by_user_name():
    member = StaffMemberFactory(
        user__first_name="Åke", user__last_name="von Öhman", user__username="oman"
    )
    assert member.sort_key == "}hman {ke"
    assert member.search_key == "åke von öhman oman"
    nameless = StaffMemberFactory(user__first_name="", user__last_name="", user__username="Örn")
    assert nameless.sort_key == "}rn"


def test_lists_stand_in_finnish_order():
    for name in ("Zorro", "ahola", "von Wright", "Ängström"):
        ClientFactory(name=name)
        OfficeFactory(name=name)
        ServiceFactory(name=name)
        StaffMemberFactory(user__first_name="", user__last_name=name)
    expected = ["ahola", "von Wright", "Zorro", "Ängström"]
    assert [client.name for client in Client.objects.all()] == expected
    assert [member.user.last_name for member in StaffMember.objects.all()] == expected
    by_first_word = ["ahola", "von Wright", "Zorro", "Ängström"]
    assert [office.name for office in Office.objects.all()] == by_first_word
    assert [service.name for service in Service.objects.all()] == by_first_word


def test_to_order_by_a_name_is_to_order_by_its_key():
    assert order_of(Client, "name") == "sort_key"
    assert order_of(Client, "-name") == "-sort_key"
    assert order_of(Client, "created_on") == "created_on"


@pytest.mark.parametrize(
    "query",
    [
        "åke", "ÅKE", "A\u030ake", "öhman", "ÖHMAN O\u0308HMAN", "Öhman, Åke", "hma åk",
        "AB1DE-12345", "ab1de12345", "abide-12345", "DE-123", "0401234567",
        "+358 40 123 4567", "00358401234567", "040-1234567", "ake.ohman@example.org",
        "@EXAMPLE.org", "Åke & Öhman", "åke 4567",
    ],
)  # fmt: skip
def test_a_client_is_found(query):
    client = ClientFactory(
        name="Åke Öhman", register_number="AB1DE-12345", email="ake.ohman@example.org"
    )
    ClientFactory(name="Ake Ohmann", phone="+358501234568", email="toinen@example.com")
    assert searched(query) == [client]


@pytest.mark.parametrize("query", ["ake", "ohman åke", "%", "_", "ÅK_", "\\", "…", "0409"])
def test_nothing_else_is(query):
    ClientFactory(name="Åke Öhman", email="x@example.org")
    assert searched(query) == []


def test_a_client_is_found_by_number_alone_where_names_are_not_asked():
    assignment = AssignmentFactory(
        content_object__register_number="AB1DE-12345", content_object__name="Åke"
    )
    AssignmentFactory(content_object__register_number="ZZZZZ-99999")

    def asked(query):
        condition = found(
            Assignment,
            query,
            keys=["user__staff_member__search_key"],
            numbers=["content_object__register_number"],
        )
        return list(Assignment.objects.filter(condition))

    for query in ("AB1DE-12345", "ab1de12345", "abide", "e123", "E-1"):
        assert asked(query) == [assignment], query
    assert asked("åke") == []


def test_a_bookkeeping_row_is_found_by_the_name_in_it():
    row = BookkeepingRowFactory(name="Åke Öhman")
    BookkeepingRowFactory(name="Ake Ohman")
    condition = found(BookkeepingRow, "öhman ÅKE", keys=["sort_key", "reference"])
    assert BookkeepingRow.objects.filter(condition).get() == row
    condition = found(BookkeepingRow, row.reference.upper(), keys=["sort_key", "reference"])
    assert BookkeepingRow.objects.filter(condition).get() == row


def test_the_list_is_read_from_the_index():
    """Whoever sees all clients gets a page of them without sorting them."""
    ordered = Client.objects.order_by("sort_key", "id")[:20]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = ordered.explain()
    assert "client_by_sort_key" in plan
    assert "TEMP B-TREE" not in plan


def test_each_key_is_declared_with_its_row():
    for model in (Client, BookkeepingRow, StaffMember, Office, Service):
        assert tuple(key.name for key in keys_of(model)) == inventory[model._meta.label].derived


class Hits(TestCase):
    """A word is found where a Python reading of the rule finds it."""

    @given(name=st.text("åÅäaAöo eé%_-", min_size=1), word=st.text("åäaöeé%_", min_size=1))
    def test_it_is_where_it_is_in_the_name(self, name, word):
        Client.objects.all().delete()
        ClientFactory(name=name, phone="", email="x@y.fi", register_number="00000-00000")
        bare = {ord("é"): "e", ord("%"): " ", ord("-"): " "}
        asked = word.lower().translate(bare).split()
        expected = bool(asked) and all(
            each in f"{name.lower().translate(bare)} x@y.fi" for each in asked
        )
        assert bool(searched(word)) == expected
