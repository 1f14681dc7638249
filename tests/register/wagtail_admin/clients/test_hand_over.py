"""C33, C34: a form, a summary, one confirmation; bad input loses nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from register.models import AccessLogEntry, Assignment, Client
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.base.hand_over_link import hand_over_address
from register.wagtail_admin.base.screens import address
from tests.factories import AssignmentFactory, ClientFactory, ServiceOrderFactory, staff
from tests.forms import form_of, open_form

pytestmark = pytest.mark.django_db
FORM = "form[method=post]"
DAY = timedelta(days=1)


@pytest.fixture
def aino():
    return staff(Role.COUNSELLOR, user__first_name="Aino", user__last_name="Ohjaaja")


@pytest.fixture
def eero():
    return staff(Role.COUNSELLOR, user__first_name="Eero", user__last_name="Kollega")


@pytest.fixture
def clients(aino):
    names = ("Testi Eka", "Testi Kolmas", "Testi Toka")
    return [
        AssignmentFactory(user=aino, content_object=ClientFactory(name=name)).content_object
        for name in names
    ]


def written(day):
    return f"{day.day}.{day.month}.{day.year}"


def summary(browser, user, clients, receiver, **typed):
    browser.force_login(user)
    page = open_form(browser, reverse("register_hand_over"), f"{FORM}:has([name=valid_from])")
    return page.send(
        browser,
        **{
            "client": [str(each.pk) for each in clients],
            "to": str(receiver.staff_member.pk),
            "valid_from": written(today() + DAY),
            "valid_until": written(today() + 9 * DAY),
            **typed,
        },
    )


def confirm(client, page, **pressed):
    return form_of(page, f"{FORM}:has([name=plan])").send(client, **{"back": None, **pressed})


def test_the_summary_says_what_happens_and_one_button_does_it(client, aino, eero, clients):
    page = summary(client, aino, clients[:2], eero)
    text = page.content.decode()
    days = f"{written(today() + DAY)}–{written(today() + 9 * DAY)}"
    assert f"2 asiakasta siirtyy {days} ja palautuu {written(today() + 10 * DAY)}" in text
    assert "Eero Kollega" in text
    assert not Assignment.objects.filter(user=eero).exists()
    assert confirm(client, page).status_code == 302
    assert Assignment.objects.filter(user=eero).count() == 2
    assert confirm(client, page).status_code == 302
    assert Assignment.objects.filter(user=eero).count() == 2


def test_one_box_takes_all_that_were_shown_and_no_other(client, aino, eero, clients):
    client.force_login(aino)
    page = open_form(client, reverse("register_hand_over"), f"{FORM}:has([name=valid_from])")
    later = AssignmentFactory(user=aino).content_object
    shown = page.send(client, all="1", to=str(eero.staff_member.pk))
    confirm(client, shown)
    given = set(Assignment.objects.filter(user=eero).values_list("content_object", flat=True))
    assert given == {each.pk for each in clients}
    assert later.pk not in given


def test_each_row_can_have_its_own_colleague(client, aino, eero, clients):
    liisa = staff(Role.COUNSELLOR)
    beside = {f"to-{clients[0].pk}": str(liisa.staff_member.pk)}
    confirm(client, summary(client, aino, clients, eero, **beside))
    assert Assignment.objects.get(user=liisa).content_object == clients[0]
    assert Assignment.objects.filter(user=eero).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": "eilen"},
        {"valid_from": "1.1.2020"},
        {"valid_until": "1.1.2020"},
        {"to": ""},
        {"to": "999999"},
        {"client": []},
    ],
    ids=str,
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(client, aino, eero, clients, wrong):
    page = summary(client, aino, clients[:1], eero, **wrong)
    assert page.status_code == 200
    assert page.context["form"].errors
    kept = form_of(page, f"{FORM}:has([name=valid_from])").data
    if "client" not in wrong:
        assert kept["client"] == [str(clients[0].pk)]
    if "valid_from" in wrong:
        assert kept["valid_from"] == [wrong["valid_from"]]
    assert not Assignment.objects.filter(user=eero).exists()


def test_back_from_the_summary_all_is_still_chosen(client, aino, eero, clients):
    page = summary(client, aino, clients[:2], eero)
    kept = form_of(confirm(client, page, back="1"), f"{FORM}:has([name=valid_from])").data
    assert set(kept["client"]) == {str(each.pk) for each in clients[:2]}
    assert kept["valid_from"] == [written(today() + DAY)]
    assert kept["to"] == [str(eero.staff_member.pk)]


def test_whom_somebody_gave_away_meanwhile_one_looks_at_again(client, aino, eero, clients):
    page = summary(client, aino, clients, eero)
    Assignment.objects.filter(content_object=clients[0]).update(revoked_on=today())
    answer = confirm(client, page)
    assert "Joku muutti välillä" in answer.content.decode()
    assert not Assignment.objects.filter(user=eero).exists()


def test_a_colleague_suspended_meanwhile_gets_nobody(client, aino, eero, clients):
    page = summary(client, aino, clients, eero)
    eero.staff_member.suspended_from = today()
    eero.staff_member.save()
    assert "Rekisteri ei ole auki" in confirm(client, page).content.decode()
    assert not Assignment.objects.filter(user=eero).exists()


def test_who_was_erased_meanwhile_is_told(client, aino, eero, clients):
    page = summary(client, aino, clients, eero)
    Client.objects.get(pk=clients[0].pk).delete()
    client.post(
        reverse("register_hand_over"), form_of(page, f"{FORM}:has([name=plan])").data | {"back": []}
    )
    assert Assignment.objects.filter(user=eero).count() == 2


def test_another_persons_plan_or_a_made_up_one_is_nothing(client, aino, eero, clients):
    page = summary(client, aino, clients, eero)
    sent = form_of(page, f"{FORM}:has([name=plan])").data
    client.force_login(staff(Role.MAIN_USER))
    for plan in (sent["plan"], ["x"]):
        data = {"from": sent["from"], "plan": plan}
        assert client.post(reverse("register_hand_over"), data).status_code == 404
    assert not Assignment.objects.filter(user=eero).exists()


def test_a_main_user_chooses_whose_and_sees_three_facts(client, aino, eero, clients):
    order = ServiceOrderFactory(client=clients[0], specification="salainen")
    client.force_login(staff(Role.MAIN_USER))
    bare = client.get(reverse("register_hand_over")).content.decode()
    assert "Testi Eka" not in bare
    assert "Aino Ohjaaja" in bare
    page = client.get(hand_over_address(aino.staff_member)).content.decode()
    assert "Testi Eka" in page
    assert str(order.service) in page
    for hidden in (clients[0].email, "salainen", "040"):
        assert hidden not in page
    assert AccessLogEntry.objects.filter(view="hand_over", model="register.Client").count() == 1


def test_an_absence_leads_to_the_clients_with_its_days(client, aino, clients):
    client.force_login(staff(Role.MAIN_USER))
    member = aino.staff_member
    answer = open_form(client, address(member, "edit")).send(
        client,
        suspended_from=written(today() + DAY),
        suspended_until=written(today() + 20 * DAY),
    )
    assert answer["Location"] == hand_over_address(member)
    shown = form_of(client.get(answer["Location"]), f"{FORM}:has([name=valid_from])").data
    assert shown["valid_from"] == [written(today() + DAY)]
    assert shown["valid_until"] == [written(today() + 20 * DAY)]
    assert "client" not in shown or shown["client"] == []


def test_a_client_is_added_for_a_colleague(client, aino, eero):
    order = ServiceOrderFactory()
    client.force_login(aino)
    page = open_form(client, address(Client, "create"))
    assert page.data["responsible"] == [str(aino.staff_member.pk)]
    answer = page.send(
        client,
        name="Aivan Uusi",
        service=str(order.service_id),
        office=str(order.office_id),
        manner="remote",
        starts_on=written(today()),
        planned_end=written(today() + 30 * DAY),
        responsible=str(eero.staff_member.pk),
    )
    added = Client.objects.get(name="Aivan Uusi")
    assert answer["Location"] == address(Client, "index")
    assert list(Client.objects.assigned_to(eero, on=today())) == [added]
    assert not Client.objects.assigned_to(aino, on=today()).exists()
    assert "Eero Kollega" in client.get(answer["Location"]).content.decode()
