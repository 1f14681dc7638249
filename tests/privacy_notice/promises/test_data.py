"""C09–C21: each is kept, and broken by a row, a column or a setting."""

import pytest

from register.access.rules import RULES, Rule
from register.inventory import Terms, inventory
from register.inventory.vocabulary import Category, LegalBasis
from register.models import Assignment, Note, PublishedPurpose
from register.models.staff import Role
from tests.factories import HoldFactory, staff
from tests.privacy_notice.promises.world import (
    cases,
    change_the_log,
    is_broken_by,
    named,
    sql,
    unchecked,
)


def column(table, name, value):
    """Put something into a column that no screen would let in."""

    def put(world):
        sql(f"UPDATE {table} SET {name} = %s", value)

    put.__name__ = f"{name} is {value!r}"
    return put


def off_the_page(world):
    world.without_part("data_categories")


def a_sixth_column(world):
    sql("ALTER TABLE register_client ADD COLUMN street_address varchar(200)")


def a_sixth_fact_in_the_inventory(world):
    """As when a host project declares one."""
    declaration = inventory["register.ServiceOrder"]
    sixth = inventory.personal(Category.IDENTITY)
    changed = {**declaration.personal, "price": sixth}
    world.monkeypatch.setattr(
        inventory,
        "_declarations",
        {
            **inventory._declarations,
            declaration.model: type(declaration)(
                model=declaration.model,
                subject=declaration.subject,
                personal=changed,
                not_personal=declaration.not_personal,
            ),
        },
    )


def born_next_year(world):
    sql("UPDATE register_client SET birth_year = %s", world.today.year + 1)


def ends_before_it_begins(world):
    with unchecked("register_serviceorder", "order_actual_end_after_start"):
        sql("UPDATE register_serviceorder SET actual_end = %s", "2001-01-01")


def nameless_counsellor(world):
    user = world.people[Role.COUNSELLOR]
    type(user).objects.filter(pk=user.pk).update(first_name="", last_name="")


def with_a_key_that_is_gone(world):
    [key] = world.settings.REGISTER["ENCRYPTION_KEYS"].values()
    world.let_in(ENCRYPTION_KEYS={"toinen": key})


def a_gate_without_a_lock(world):
    """A rule that shows all notes to every counsellor."""
    staff(Role.COUNSELLOR)
    rule = RULES[Note]
    world.monkeypatch.setitem(
        RULES,
        Note,
        Rule(see=lambda who: Note.objects.all(), create=rule.create, change=rule.change),
    )


def an_assignment_that_ended(world):
    """The gate still opens what the assignment no longer does."""
    Assignment.objects.update(valid_from="2001-01-01", valid_until="2001-12-31")
    world.monkeypatch.setitem(
        RULES, Note, Rule(see=lambda who: Note.objects.filter(author__user=who.user))
    )


def for_marketing(world):
    change_the_log("UPDATE register_accesslogentry SET purpose = %s", "marketing")


def of_which_nobody_was_told(world):
    PublishedPurpose.objects.filter(category=Category.IDENTITY).delete()


def without_purposes(world):
    world.without_part("purposes")


def basis(found, **changed):
    return Terms(
        purposes=changed.get("purposes", found.purposes),
        legal_bases=changed.get("legal_bases", found.legal_bases),
    )


def on_a_basis_that_nobody_explained(world):
    world.monkeypatch.setattr(
        inventory,
        "_terms",
        {
            **inventory._terms,
            Category.SERVICE: basis(
                inventory.terms(Category.SERVICE), legal_bases=(LegalBasis.CONTRACT,)
            ),
        },
    )


def without_the_explanation(world):
    def change(sections):
        for each in sections:
            for part in each["value"]["body"]:
                if part["type"] == "legal_bases":
                    part["value"] = part["value"].replace("<b>Oikeutettu etu.</b>", "")
        return sections

    world.edit(change)


BREAKS = {
    "C09": (column("register_client", "name", ""), off_the_page),
    "C10": (column("register_client", "email", "ei osoitetta"), off_the_page),
    "C11": (column("register_client", "phone", "0401234567"), off_the_page),
    "C12": (column("register_client", "home_municipality", "999"), off_the_page),
    "C13": (a_sixth_column, a_sixth_fact_in_the_inventory, born_next_year, off_the_page),
    "C14": (
        column("register_serviceorder", "specification_encrypted", "selvää tekstiä"),
        off_the_page,
    ),
    "C15": (column("register_serviceorder", "manner", "telepatia"), off_the_page),
    "C16": (ends_before_it_begins, off_the_page),
    "C17": (nameless_counsellor, off_the_page),
    "C18": (
        column("register_note", "text_encrypted", "selvää tekstiä"),
        with_a_key_that_is_gone,
        a_gate_without_a_lock,
        an_assignment_that_ended,
        off_the_page,
    ),
    "C19": (for_marketing, of_which_nobody_was_told, without_purposes),
    "C20": (column("register_note", "basis", "kuultu kylillä"),),
    "C21": (on_a_basis_that_nobody_explained, without_the_explanation),
}


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    is_broken_by(world, clause, breaking)


def test_a_held_client_is_the_contacts_business_and_breaks_nothing(world):
    """C18."""
    HoldFactory(client=world.client, set_on=world.today, review_on=world.today)
    assert world.look("C18").state == "kept"
