"""Role × object × view, through real addresses (C18, C29, C30, C31, C33)."""

import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.log_actions import log

from register.domain.notices import publication
from register.models import AccessLogEntry, Client, Note, ServiceOrder
from register.models.staff import ChangeKind
from tests.factories import AccessChangeFactory, RoleRequestFactory, ServiceOrderFactory
from tests.forms import open_form
from tests.integration.conftest import ACTORS, NAME, SEES, WRITES, leaks

ACTOR = pytest.mark.parametrize("actor", ACTORS)
MODEL = pytest.mark.parametrize("model", ["asiakkaat", "tilaukset", "muistiinpanot"])


def address(model, action, *args):
    return reverse(f"{model}_modeladmin_{action}", args=args)


def refused(response):
    """Absence or the login page: nothing tells that the object exists."""
    if response.status_code == 302:
        return response["Location"].startswith("/admin/login/")
    return response.status_code == 404


@ACTOR
@MODEL
def test_list_shows_own_clients_only(actor, model, case, log_in):
    response = log_in(actor).get(address(model, "index"))
    assert bool(leaks(response)) == (actor in SEES)
    assert response.status_code == 200 or refused(response)


@ACTOR
@pytest.mark.parametrize("model", ["asiakkaat", "tilaukset"])
def test_search_finds_own_clients_only(actor, model, case, log_in):
    response = log_in(actor).post(address(model, "index"), {"q": NAME}, follow=True)
    shown = response.content.decode().replace(f'value="{NAME}"', "")
    assert (NAME in shown) == (actor in SEES)


@ACTOR
def test_filters_narrow_and_never_widen(actor, case, log_in):
    visitor = log_in(actor)
    shown = [
        state
        for state in ("valid", "soon", "to-come", "lapsed", "over", "cancelled", "postponed")
        if leaks(visitor.get(address("tilaukset", "index"), {"tila": state}))
    ]
    assert len(shown) == (actor in SEES)


@pytest.mark.parametrize(
    "parameter",
    [
        "foo",
        "name__startswith",
        "assignments__user__password__startswith",
        "orders__notes__text_encrypted__contains",
        "holds__reason_encrypted__isnull",
        "tila",
        "ordering",
        "o",
        "p",
        "export",
    ],
)
@pytest.mark.parametrize("value", ["S", "-1", "x" * 5000, "\x00", "csv"])
def test_a_query_parameter_is_no_oracle(parameter, value, case, log_in):
    plain = log_in("owner").get(address("asiakkaat", "index"))
    asked = log_in("owner").get(address("asiakkaat", "index"), {parameter: value})
    assert asked.status_code == 200
    assert list(asked.context["object_list"]) == list(plain.context["object_list"])


@ACTOR
@MODEL
@pytest.mark.parametrize("action", ["inspect", "history"])
def test_an_object_opens_to_who_sees_it(actor, model, action, case, log_in):
    response = log_in(actor).get(address(model, action, case.objects()[model].pk))
    assert (response.status_code == 200) == (actor in SEES)
    if actor not in SEES:
        assert refused(response)
        assert not leaks(response)


@ACTOR
@MODEL
def test_an_object_is_edited_by_its_counsellor_only(actor, model, case, log_in):
    url = address(model, "edit", case.objects()[model].pk)
    visitor = log_in(actor)
    for response in (visitor.get(url), visitor.post(url, {"name": "Muutettu", "text": "muutettu"})):
        assert (response.status_code == 200) == (actor in WRITES)
        if actor not in WRITES:
            assert refused(response)
            assert not leaks(response)
    assert Client.objects.get(pk=case.subject.pk).name == NAME
    assert Note.objects.get(pk=case.note.pk).text == "salainen muistiinpano"


@ACTOR
@MODEL
def test_nobody_deletes_by_hand(actor, model, case, log_in):
    url = address(model, "delete", case.objects()[model].pk)
    visitor = log_in(actor)
    assert refused(visitor.get(url))
    assert refused(visitor.post(url))
    assert Note.objects.filter(pk=case.note.pk).exists()


@ACTOR
@MODEL
def test_lists_of_clients_are_not_exported(actor, model, case, log_in):
    response = log_in(actor).get(address(model, "index"), {"export": "csv"})
    assert "csv" not in response["Content-Type"]


COUNSELLORS = {
    "owner",
    "colleague",
    "formerly assigned",
    "assigned from tomorrow",
    "all roles, no client",
    "counsellor and contact",
}


@ACTOR
def test_a_client_is_added_by_counsellors_in_good_standing_only(actor, case, log_in):
    visitor = log_in(actor)
    before = Client.objects.count()
    posted = {
        "name": "Aivan Uusi",
        "email": "aivan.uusi@example.org",
        "service": case.order.service_id,
        "office": case.order.office_id,
        "manner": "remote",
        "starts_on": case.order.starts_on,
        "planned_end": case.order.planned_end,
    }
    seen = visitor.get(address("asiakkaat", "create"))
    visitor.post(address("asiakkaat", "create"), posted)
    assert (seen.status_code == 200) == (actor in COUNSELLORS)
    assert Client.objects.count() - before == (actor in COUNSELLORS)
    assert not leaks(seen)


@ACTOR
@MODEL
def test_a_count_counts_what_one_sees(actor, model, case, log_in):
    response = log_in(actor).get(address(model, "index"))
    if response.status_code == 200:
        own_of_the_colleague = actor == "colleague" and model == "asiakkaat"
        expected = 1 if actor in SEES or own_of_the_colleague else 0
        assert response.context["paginator"].count == expected


@ACTOR
def test_the_register_is_counted_for_the_main_user_only(actor, case, log_in):
    page = log_in(actor).get("/admin/").content.decode()
    counted = {"main user", "all roles, no client"}
    assert ("register-counts" in page) == (actor in counted)


@ACTOR
def test_an_order_is_added_to_own_clients_only(actor, case, log_in):
    url = f"{address('tilaukset', 'create')}?client={case.subject.pk}"
    visitor = log_in(actor)
    posted = {
        "service": case.order.service_id,
        "office": case.order.office_id,
        "manner": "remote",
        "starts_on": "1.3.2026",
        "planned_end": "31.3.2027",
        "client": case.subject.pk,
    }
    seen, saved = visitor.get(url), visitor.post(url, posted)
    assert (seen.status_code == 200) == (actor in WRITES)
    assert ServiceOrder.objects.filter(client=case.subject).count() == 1 + (actor in WRITES)
    if actor not in WRITES:
        assert refused(seen)
        assert refused(saved)


@ACTOR
def test_a_note_is_added_to_own_orders_only(actor, case, log_in):
    url = f"{address('muistiinpanot', 'create')}?order={case.order.pk}"
    visitor = log_in(actor)
    posted = {"met_on": case.order.starts_on, "basis": "told_by_client", "text": "uusi"}
    seen, saved = visitor.get(url), visitor.post(url, posted)
    assert (seen.status_code == 200) == (actor in WRITES)
    assert Note.objects.count() == 1 + (actor in WRITES)
    if actor not in WRITES:
        assert refused(seen)
        assert refused(saved)


def test_a_posted_foreign_key_cannot_move_an_order(case, log_in):
    other = colleague_client()
    url = address("tilaukset", "edit", case.order.pk)
    visitor = log_in("owner")
    open_form(visitor, url).send(visitor, manner="remote", client=other.pk, counsellor=999)
    case.order.refresh_from_db()
    assert case.order.manner == "remote"
    assert case.order.client == case.subject
    assert case.order.counsellor == case.owner.staff_member


TELLING = COUNSELLORS | {"main user"}


@pytest.fixture
def told(case):
    """The client is to be told of a change of the notice."""
    publication.publish(
        version=2, material=True, reason="Muutos", address="/", today=case.subject.created_on
    )
    return case.subject.notices_given.get()


@ACTOR
def test_who_is_to_be_told_is_shown_to_the_counsellor_and_to_the_main_user(
    actor, case, told, log_in
):
    response = log_in(actor).get(reverse("register_to_be_told"))
    page = response.content.decode()
    assert bool(leaks(response)) == (actor == "owner")
    assert (case.subject.register_number in page) == (
        actor in {"owner", "main user", "all roles, no client"}
    )
    assert response.status_code == 200 if actor in TELLING else refused(response)


@ACTOR
def test_who_is_to_be_told_is_marked_by_the_same(actor, case, told, log_in):
    posted = {"row": str(told.pk), "given_on": case.subject.created_on}
    response = log_in(actor).post(reverse("register_to_be_told"), posted)
    told.refresh_from_db()
    marks = actor in {"owner", "main user", "all roles, no client"}
    assert bool(told.given_on) == marks
    assert marks or refused(response)


@ACTOR
def test_who_is_to_be_told_is_counted_for_the_same(actor, case, told, log_in):
    page = log_in(actor).get("/admin/").content.decode()
    assert ("kerrottavat" in page) == (actor in {"owner", "main user", "all roles, no client"})


GIVING_CLIENTS = {"main user", "all roles, no client"}


@ACTOR
def test_clients_without_a_counsellor_are_shown_to_the_main_user_by_number(actor, case, log_in):
    waiting = Client.objects.get(
        pk=ServiceOrderFactory(planned_end=case.order.planned_end).client_id
    )
    visitor = log_in(actor)
    response = visitor.get(reverse("register_without_counsellor"))
    assert (response.status_code == 200) == (actor in GIVING_CLIENTS)
    page = response.content.decode()
    assert (waiting.register_number in page) == (actor in GIVING_CLIENTS)
    assert waiting.name not in page
    assert not leaks(response)
    assert actor in GIVING_CLIENTS or refused(response)


CONTACTS = {"contact", "contact in matter", "counsellor and contact", "all roles, no client"}


@ACTOR
def test_changes_of_access_are_the_contacts(actor, case, log_in):
    change = AccessChangeFactory(kind=ChangeKind.ASSIGNMENT, client=case.subject.pk)
    visitor = log_in(actor)
    for url in (address("muutokset", "index"), address("muutokset", "inspect", change.pk)):
        response = visitor.get(url)
        assert (response.status_code == 200) == (actor in CONTACTS)
        assert NAME not in response.content.decode()
        assert actor in CONTACTS or refused(response)
    visitor.post(address("muutokset", "seen", change.pk))
    request = RoleRequestFactory()
    for action in ("confirm", "refuse"):
        response = visitor.get(address("roolipyynnot", action, request.pk))
        assert (response.status_code == 200) == (actor in CONTACTS)
        assert actor in CONTACTS or refused(response)


def colleague_client():
    from tests.factories import ClientFactory

    return ClientFactory()


@MODEL
@pytest.mark.parametrize("action", ["inspect", "edit", "delete", "history"])
def test_forbidden_and_missing_answer_alike(model, action, case, log_in):
    visitor = log_in("colleague")
    forbidden = visitor.get(address(model, action, case.objects()[model].pk))
    missing = visitor.get(address(model, action, uuid.uuid4()))
    nonsense = visitor.get(address(model, action, "x"))
    assert forbidden.status_code == missing.status_code == nonsense.status_code == 404
    assert forbidden.content == missing.content


def test_a_restricted_client_is_hidden_from_the_counsellor(case, log_in):
    Client.objects.update(restricted_on=case.order.starts_on)
    visitor = log_in("owner")
    assert not leaks(visitor.get(address("asiakkaat", "index")))
    assert refused(visitor.get(address("asiakkaat", "inspect", case.subject.pk)))
    assert refused(visitor.get(address("muistiinpanot", "inspect", case.note.pk)))


def plain_admin_addresses():
    """Yield every admin address that takes no arguments."""

    def walk(patterns, prefix):
        for pattern in patterns:
            name = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, name)
            elif isinstance(pattern, URLPattern) and "<" not in name:
                yield "/" + name.replace("^", "").replace("$", "").replace("\\Z", "")

    for resolver in get_resolver().url_patterns:
        if str(resolver.pattern) == "admin/":
            yield from walk(resolver.url_patterns, "admin/")


@pytest.mark.parametrize(
    "actor", ["colleague", "billing", "editor", "main user", "contact", "untrained", "superuser"]
)
def test_no_admin_address_leaks_a_client(actor, case, log_in):
    """Lists, reports, choosers, site history, search: the whole admin, Wagtail's own included."""
    log_in("owner").get(address("asiakkaat", "inspect", case.subject.pk))
    visitor = log_in(actor)
    visitor.raise_request_exception = False
    addresses = [url for url in plain_admin_addresses() if "logout" not in url]
    assert len(addresses) > 60
    for url in addresses:
        response = visitor.get(url, {"q": "Salainen"})
        assert not leaks(response), url


def test_every_shown_client_is_in_the_log(case, log_in):
    visitor = log_in("owner")
    for model, obj in case.objects().items():
        for url in (address(model, "index"), address(model, "inspect", obj.pk)):
            before = AccessLogEntry.objects.count()
            visitor.get(url)
            assert AccessLogEntry.objects.count() == before + 1, url


def test_answers_are_not_kept_by_the_browser(case, log_in):
    response = log_in("owner").get(address("asiakkaat", "inspect", case.subject.pk))
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("actor", ["editor", "superuser", "main user"])
def test_the_site_history_holds_nothing_of_the_register(actor, case, log_in):
    log(instance=case.subject, action="wagtail.edit", user=case.owner)
    page = log_in(actor).get(reverse("wagtailadmin_reports:site_history"), follow=True)
    assert case.subject.register_number not in page.content.decode()


HANDING_OVER = COUNSELLORS | {"owner", "main user", "all roles, no client"}
# Who reads the name of the owner's client there.
SEES_ALL_OF_THE_OWNERS = {"owner", "main user", "all roles, no client"}


@ACTOR
def test_clients_are_handed_over_by_their_counsellor_and_by_the_main_user(actor, case, log_in):
    visitor = log_in(actor)
    bare = visitor.get(reverse("register_hand_over"))
    assert (bare.status_code == 200) == (actor in HANDING_OVER)
    assert actor in HANDING_OVER or refused(bare)
    asked = visitor.get(reverse("register_hand_over"), {"from": case.owner.staff_member.pk})
    assert (NAME in asked.content.decode()) == (actor in SEES_ALL_OF_THE_OWNERS)
    assert set(leaks(asked)) <= {NAME}
    assert actor in SEES_ALL_OF_THE_OWNERS or refused(asked)
    # It opens no card.
    card = visitor.get(address("asiakkaat", "inspect", case.subject.pk))
    assert (card.status_code == 200) == (actor in SEES)
