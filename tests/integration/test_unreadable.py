"""One damaged text hides no other, on any screen, and is never overwritten (C18).

Which screens show which text is found out, not listed: each encrypted attribute of the models gets
a word of its own, and every object's screens are looked at, in good order and then damaged.
"""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from register.db.encryption import encrypt
from register.domain.operations.key_rotation import Column, columns
from register.models import AccessLogEntry, FactorSecret, Feedback, Hold, Note, ServiceOrder
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    HoldFactory,
    NoteFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db

SCREENS = ("inspect", "history", "edit")
ADDRESSES = {
    "register.Client": "asiakkaat",
    "register.ServiceOrder": "tilaukset",
    "register.Note": "muistiinpanot",
    "register.Hold": "poistolykkaykset",
    "register.Feedback": "palautteet",
}
# Nobody reads what opens a door; damaged, it opens none, as the log-in's own tests show.
COLUMNS = {column.label: column for column in columns() if column.model is not FactorSecret}
WORDS = {label: f"tunnussana{n}" for n, label in enumerate(COLUMNS)}
UNREADABLE = "Tätä ei voi lukea"
every_text = pytest.mark.parametrize("label", COLUMNS)
every_damage = pytest.mark.parametrize("damage", ["moved", "cut short", "key missing", "blanked"])


class World:
    """One object of each model that holds an encrypted text, and the people who see them."""

    def __init__(self, client):
        self.browser = client
        self.day = timezone.localdate()
        self.counsellor = staff(Role.COUNSELLOR, Role.DATA_PROTECTION)
        person = ClientFactory()
        AssignmentFactory(user=self.counsellor, content_object=person)
        order = ServiceOrderFactory(
            client=person,
            counsellor=self.counsellor.staff_member,
            starts_on=self.day - timedelta(days=20),
            planned_end=self.day + timedelta(days=20),
            specification=WORDS["register.ServiceOrder.specification"],
            long_validity_reason=WORDS["register.ServiceOrder.long_validity_reason"],
        )
        note = NoteFactory(order=order, met_on=self.day, text=WORDS["register.Note.text"])
        hold = HoldFactory(client=person, reason=WORDS["register.Hold.reason"])
        answers = json.dumps([["Mitä?", WORDS["register.Feedback.answers"]]])
        feedback = Feedback.objects.create(answers=answers)
        rows = (person, order, note, hold, feedback)
        self.rows = {row._meta.label: row for row in rows}

    def pages(self) -> dict[str, object]:
        """Every screen of every object that the counsellor may open, by its address."""
        self.browser.force_login(self.counsellor)
        found = {}
        for label, row in self.rows.items():
            lists = reverse(f"{ADDRESSES[label]}_modeladmin_index")
            objects = (
                reverse(f"{ADDRESSES[label]}_modeladmin_{screen}", args=[row.pk])
                for screen in SCREENS
            )
            for url in (lists, *objects):
                response = self.browser.get(url)
                if response.status_code != 404:
                    found[url] = response
        return found

    def damage(self, column: Column, how: str) -> str:
        """Damage the text in the database; return what is stored now."""
        row = self.rows[column.model._meta.label]
        name = column.attribute.column
        good = getattr(column.model._base_manager.get(pk=row.pk), name)
        bad = {
            "moved": encrypt("tunnussana", context=f"{row._meta.label_lower}:0:text"),
            "cut short": good[:-9],
            "key missing": good.replace("test.", "lost."),
            "blanked": "",
        }[how]
        column.model._base_manager.filter(pk=row.pk).update(**{name: bad})
        return bad


def shown(response) -> str:
    return response.content.decode()


@pytest.fixture
def world(client):
    return World(client)


def test_every_model_with_an_encrypted_text_is_in_this_world(world):
    assert {column.model._meta.label for column in COLUMNS.values()} <= set(world.rows)


@every_text
@every_damage
def test_a_damaged_text_is_shown_as_unreadable_wherever_it_was_shown(world, label, damage):
    column = COLUMNS[label]
    before = world.pages()
    showing = {url for url, response in before.items() if WORDS[label] in shown(response)}
    assert showing
    if damage == "blanked" and column.model._meta.get_field(column.attribute.column).blank:
        return  # an empty one is none
    world.damage(column, damage)

    after = world.pages()

    assert {url: response.status_code for url, response in after.items()} == dict.fromkeys(
        before, 200
    )
    for url in showing:
        assert UNREADABLE in shown(after[url]), url
        assert WORDS[label] not in shown(after[url]), url
    others = [word for other, word in WORDS.items() if other != label]
    for url, response in before.items():
        for word in others:
            assert (word in shown(after[url])) == (word in shown(response)), url


@every_text
def test_each_read_of_it_is_an_incident_that_names_it_by_key(world, label, caplog):
    column, row = COLUMNS[label], world.rows[COLUMNS[label].model._meta.label]
    world.damage(column, "moved")
    world.browser.force_login(world.counsellor)
    address = ADDRESSES[row._meta.label]

    world.browser.get(reverse(f"{address}_modeladmin_inspect", args=[row.pk]))

    entry = AccessLogEntry.objects.get(action=Action.UNREADABLE)
    assert (entry.model, entry.object_key, entry.actor) == (
        row._meta.label,
        str(row.pk),
        world.counsellor.pk,
    )
    assert entry.details == {"fields": [column.attribute.name], "kinds": ["CannotDecrypt"]}
    assert f"Unreadable: {column.attribute.name} of {row._meta.label} {row.pk}." in caplog.text
    assert "Traceback" not in caplog.text


def test_what_is_met_on_the_card_is_an_incident_too(world):
    for label in ("register.ServiceOrder.specification", "register.Note.text"):
        world.damage(COLUMNS[label], "cut short")
    world.browser.force_login(world.counsellor)
    card = reverse("asiakkaat_modeladmin_inspect", args=[world.rows["register.Client"].pk])
    world.browser.get(card)
    entries = AccessLogEntry.objects.filter(action=Action.UNREADABLE)
    assert {entry.model for entry in entries} == {"register.ServiceOrder", "register.Note"}


def stored(row, column):
    return getattr(type(row)._base_manager.get(pk=row.pk), column)


def seen(world, address):
    """The seal of the page: it says which version of the row the person saw."""
    return world.browser.get(address).context["form"]["seen"].value()


def change_note(world, **values):
    note = world.rows["register.Note"]
    day = world.day - timedelta(days=1)
    address = reverse("muistiinpanot_modeladmin_edit", args=[note.pk])
    return world.browser.post(
        address,
        {
            "seen": seen(world, address),
            "met_on": f"{day:%d.%m.%Y}",
            "basis": "arose_in_delivery",
            **values,
        },
    )


def change_order(world, **values):
    order = world.rows["register.ServiceOrder"]
    address = reverse("tilaukset_modeladmin_edit", args=[order.pk])
    return world.browser.post(
        address,
        {
            "seen": seen(world, address),
            "service": order.service_id,
            "office": order.office_id,
            "manner": "mixed",
            "price": "120,00",
            "starts_on": f"{order.starts_on:%d.%m.%Y}",
            "planned_end": f"{order.planned_end:%d.%m.%Y}",
            **values,
        },
    )


FORMS = {
    "register.Note.text": (change_note, lambda note: note.basis == "arose_in_delivery"),
    "register.ServiceOrder.specification": (change_order, lambda order: order.manner == "mixed"),
}


@pytest.mark.parametrize("label", FORMS)
@pytest.mark.parametrize("damage", ["moved", "cut short", "key missing"])
@pytest.mark.parametrize("typed", [None, "toinen", ""])
def test_saving_the_other_fields_keeps_it_byte_for_byte(world, label, damage, typed):
    column, (change, is_changed) = COLUMNS[label], FORMS[label]
    row = world.rows[column.model._meta.label]
    damaged = world.damage(column, damage)
    world.browser.force_login(world.counsellor)
    address = reverse(f"{ADDRESSES[row._meta.label]}_modeladmin_edit", args=[row.pk])
    form = world.browser.get(address).context["form"]
    assert form.fields[column.attribute.name].disabled

    response = change(world, **({} if typed is None else {column.attribute.name: typed}))

    assert response.status_code == 302
    row.refresh_from_db()
    assert is_changed(row)
    assert stored(row, column.attribute.column) == damaged


@pytest.mark.parametrize("label", FORMS)
def test_a_page_that_could_not_show_it_does_not_empty_it_once_it_is_mended(world, label):
    """The key comes back between looking and saving: the page holds no text to save."""
    column, (change, is_changed) = COLUMNS[label], FORMS[label]
    row = world.rows[column.model._meta.label]
    world.browser.force_login(world.counsellor)

    response = change(world)

    assert response.status_code == 302
    row.refresh_from_db()
    assert is_changed(row)
    assert getattr(row, column.attribute.name) == WORDS[label]


@pytest.mark.parametrize("label", COLUMNS)
def test_the_change_of_keys_keeps_it_byte_for_byte(world, label, settings):
    column = COLUMNS[label]
    damaged = world.damage(column, "cut short")
    new = {"new": "bmV3LWtleS1vZi10aGUtdGVzdC1zdWl0ZS0zMi1iISE="}
    keys = new | settings.REGISTER["ENCRYPTION_KEYS"]
    settings.REGISTER = settings.REGISTER | {"ENCRYPTION_KEYS": keys}
    with pytest.raises(CommandError):
        call_command("rotate_encryption_keys")
    assert stored(world.rows[column.model._meta.label], column.attribute.column) == damaged


def home_of(world, *roles) -> str:
    world.browser.force_login(staff(*roles))
    return shown(world.browser.get("/admin/"))


def test_the_main_user_is_told_how_many_and_which_until_they_are_mended(world):
    note, hold = world.rows["register.Note"], world.rows["register.Hold"]
    good = note.text_encrypted
    world.damage(COLUMNS["register.Note.text"], "moved")
    world.damage(COLUMNS["register.Hold.reason"], "blanked")
    assert "ei voi lukea" not in home_of(world, Role.MAIN_USER)
    world.pages()
    world.pages()

    home = home_of(world, Role.MAIN_USER)
    assert "2 tekstiä ei voi lukea" in home
    assert str(note.pk) in home
    assert str(hold.pk) in home

    Note.objects.update(text_encrypted=good)
    Hold.objects.all()._raw_delete("default")
    assert "ei voi lukea" not in home_of(world, Role.MAIN_USER)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MAIN_USER])
def test_nobody_else_is_told_the_keys(world, role):
    world.damage(COLUMNS["register.Note.text"], "moved")
    world.pages()
    assert str(world.rows["register.Note"].pk) not in home_of(world, role)


def test_an_order_without_a_specification_is_no_incident(world):
    ServiceOrder.objects.update(specification_encrypted="")
    assert all(UNREADABLE not in shown(response) for response in world.pages().values())
    assert not AccessLogEntry.objects.filter(action=Action.UNREADABLE).exists()
