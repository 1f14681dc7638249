"""A column of a list is named after a field; the first one leads to the object."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import FieldDoesNotExist
from wagtail.admin.ui.tables import BooleanColumn, Table

from register.models import Client, ExportBatch, Hold, Processor, RetentionRun
from register.models.retention import HoldGround
from register.wagtail_admin.base.columns import Column, ValueColumn, table_columns
from register.wagtail_admin.base.screens import address


def shown(model, name, **values):
    """Return what the column shows of an object, where it is not the first one."""
    _, column = table_columns(model, [Column("pk", label="Numero"), name])
    return column.get_value(model(**values))


def test_the_first_column_alone_links_to_the_object():
    client = Client(pk=uuid.uuid4(), name="Aino Esimerkki", email="aino@example.org")
    table = Table(table_columns(Client, ["name", "email"]), [client])
    page = table.render_html({})
    assert page.count("<a") == 1
    assert f'<a href="{address(client, "inspect")}">' in page
    assert page.index("<a") < page.index("Aino Esimerkki") < page.index("</a>")


def test_a_column_is_headed_by_the_fields_verbose_name_or_by_better_words():
    name, country = table_columns(Processor, ["name", Column("country", label="Maa")])
    assert (str(name.label), country.label) == ("Nimi", "Maa")


def test_what_is_no_field_needs_a_label():
    with pytest.raises(FieldDoesNotExist):
        table_columns(Client, ["nickname"])


def test_a_date_is_written_out_and_a_missing_value_is_a_dash():
    assert shown(Hold, "review_on", review_on=date(2027, 2, 1)) == "1.2.2027"
    assert shown(Hold, "released_on", released_on=None) == "–"
    at_noon = datetime(2027, 2, 1, 10, 0, tzinfo=UTC)
    assert shown(RetentionRun, "finished_at", finished_at=at_noon) == "1.2.2027 12.00"


def test_a_date_that_leads_to_the_object_is_written_as_all_are():
    hold = Hold(pk=uuid.uuid4(), review_on=date(2027, 2, 1))
    page = Table(table_columns(Hold, ["review_on"]), [hold]).render_html({})
    assert "1.2.2027" in page


def test_a_choice_is_shown_as_a_person_reads_it():
    assert shown(Hold, "ground", ground=HoldGround.BREACH) == HoldGround.BREACH.label


def test_yes_and_no_are_shown_as_signs():
    _, active = table_columns(Processor, ["name", "active"])
    assert isinstance(active, BooleanColumn)


def test_a_column_may_order_the_list_or_give_way_on_a_phone():
    made_on, rows = table_columns(
        ExportBatch, [Column("made_on", sortable=True), Column("row_count", desktop_only=True)]
    )
    assert (made_on.sort_key, rows.sort_key) == ("made_on", None)
    assert (made_on.classname, rows.classname) == (None, "register-wide")


def test_a_value_may_come_from_elsewhere():
    _, kind = table_columns(
        RetentionRun,
        ["today", Column("kind", label="Laji", accessor=lambda run: "koe" if run.dry else "")],
    )
    assert isinstance(kind, ValueColumn)
    assert kind.get_value(RetentionRun(dry=True)) == "koe"
