import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.contrib.forms.models import FormSubmission

from home.forms import SENDING
from home.models import FeedbackField, FeedbackPage
from register.domain.feedback import LONGEST_ANSWER
from register.models import Feedback
from register.models.staff import Role
from tests.factories import UserFactory, staff
from tests.forms import form_of, open_form

pytestmark = pytest.mark.usefixtures("site_content")
USEFUL = "mika_ohjauksessa_oli_sinulle_hyodyllista"
CHANGE = "mita_meidan_pitaisi_tehda_toisin"
FIT = "kuinka_hyvin_palvelu_vastasi_tarpeitasi"


def send(client, **answers):
    return client.post("/palaute/", answers)


def test_the_form_asks_for_no_name_or_address_and_says_so(client):
    html = client.get("/palaute/").content.decode()
    assert "Emme kysy nimeäsi emmekä osoitettasi" in html
    assert "Älä kirjoita vastauksiin henkilötietoja" in html
    fields = {field.clean_name for field in FeedbackPage.objects.get().form_fields.all()}
    assert fields == {FIT, USEFUL, CHANGE}


def test_kinds_that_ask_for_an_address_are_not_on_offer():
    kinds = dict(FeedbackPage.form_fields.rel.related_model._meta.get_field("field_type").choices)
    assert not kinds.keys() & {"email", "url", "hidden", "date", "datetime", "number"}


def test_answers_go_to_the_register_and_not_to_the_form_builder(client):
    response = send(client, **{FIT: "Hyvin", USEFUL: "Rauha\r\nja aika"})
    assert response.status_code == 302
    answers = json.loads(Feedback.objects.get().answers)
    assert answers == [
        ["Kuinka hyvin palvelu vastasi tarpeitasi?", "Hyvin"],
        ["Mikä ohjauksessa oli sinulle hyödyllistä?", "Rauha\nja aika"],
    ]
    assert not FormSubmission.objects.exists()


def test_the_thank_you_page_can_be_reloaded_without_sending_again(client):
    response = client.post("/palaute/", {USEFUL: "Rauha"}, follow=True)
    assert "Kiitos palautteestasi" in response.content.decode()
    client.get(response.request["PATH_INFO"], {"sent": ""})
    assert Feedback.objects.count() == 1


def test_no_mail_leaves(client, mailoutbox):
    send(client, **{USEFUL: "Rauha"})
    assert mailoutbox == []


@pytest.mark.parametrize(
    "bad",
    ["x" * (LONGEST_ANSWER + 1), "tavallinen ja \x08 merkki", "nolla \x00 merkki"],
    ids=["too long", "control character", "null character"],
)
def test_a_bad_answer_is_refused_and_nothing_typed_is_lost(client, bad):
    response = send(client, **{FIT: "Hyvin", USEFUL: bad, CHANGE: "Tämä säilyy <b>näin</b>"})
    html = response.content.decode()
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {USEFUL}
    assert "Tämä säilyy &lt;b&gt;näin&lt;/b&gt;" in html
    assert bad in html
    assert 'value="Hyvin"' in html
    assert "checked" in html
    assert not Feedback.objects.exists()


def test_the_longest_answer_fits_with_its_line_breaks(client):
    lines = "rivi\r\n" * (LONGEST_ANSWER // 5)
    assert send(client, **{USEFUL: lines}).status_code == 302


def test_the_browser_does_not_cut_a_long_answer(client):
    assert "maxlength" not in client.get("/palaute/").content.decode()


def test_an_empty_form_is_refused(client):
    response = send(client)
    assert response.context["form"].non_field_errors()
    assert not Feedback.objects.exists()


def test_a_choice_that_was_not_offered_is_refused(client):
    assert send(client, **{FIT: "Loistavasti"}).context["form"].errors.keys() == {FIT}


def test_a_post_without_the_token_is_refused(settings):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/palaute/", {USEFUL: "Rauha"})
    assert response.status_code == 403
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "make_user",
    [
        lambda: staff(Role.EDITOR),
        lambda: staff(*Role),
        lambda: UserFactory(is_superuser=True, is_staff=True),
    ],
    ids=["editor", "every role", "superuser"],
)
def test_nobody_reaches_submissions_in_the_form_builder(client, make_user):
    send(client, **{USEFUL: "Salainen palaute"})
    client.force_login(make_user())
    assert "Salainen palaute" not in client.get(reverse("wagtailforms:index")).content.decode()
    page = FeedbackPage.objects.get()
    listing = client.get(reverse("wagtailforms:list_submissions", args=[page.pk]), follow=True)
    assert "Salainen palaute" not in listing.content.decode()
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("wagtailforms:index") not in menu


def test_an_editor_can_edit_the_questions(client):
    client.force_login(staff(Role.EDITOR))
    page = FeedbackPage.objects.get()
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
    assert "Mitä meidän pitäisi tehdä toisin?" in response.content.decode()


@pytest.mark.parametrize("kind", ["radio", "checkboxes"])
def test_a_question_with_choices_needs_them(kind):
    question = FeedbackField(label="Mikä?", field_type=kind, page=FeedbackPage.objects.get())
    with pytest.raises(ValidationError) as refused:
        question.full_clean()
    assert refused.value.message_dict.keys() == {"choices"}


def test_a_form_with_every_kind_of_answer_is_stored_in_words(client):
    page = FeedbackPage.objects.get()
    page.form_fields = [
        FeedbackField(label="Rivi", field_type="singleline", required=True),
        FeedbackField(label="Mitkä", field_type="checkboxes", choices="Yksi\nKaksi\nKolme"),
        FeedbackField(label="Suosittelisitko", field_type="checkbox", required=False),
    ]
    page.save()
    assert send(client, mitka=["Yksi"]).context["form"].errors.keys() == {"rivi"}
    assert send(client, rivi="x" * 256, mitka=["Yksi"]).context["form"].errors.keys() == {"rivi"}
    send(client, rivi="Hei", mitka=["Yksi", "Kolme"], suosittelisitko="on")
    assert [answer for _question, answer in json.loads(Feedback.objects.get().answers)][:2] == [
        "Hei",
        "Yksi, Kolme",
    ]


@pytest.mark.parametrize("seen", ["\u200b", "\u3164\u00a0", "\u202e \n"])
def test_an_answer_that_nobody_can_see_is_none(client, seen):
    assert send(client, **{USEFUL: seen}).context["form"].non_field_errors()
    FeedbackPage.objects.get().form_fields.filter(clean_name=USEFUL).update(required=True)
    assert send(client, **{USEFUL: seen, CHANGE: "Jotain"}).context["form"].errors.keys() == {
        USEFUL
    }
    assert not Feedback.objects.exists()


def test_a_double_click_is_one_answer(client):
    form = open_form(client, "/palaute/", "form.form")
    for _click in range(2):
        assert form.send(client, **{USEFUL: "Rauha"}).status_code == 302
    assert Feedback.objects.count() == 1
    form.send(client, **{USEFUL: "Rauha ja aika"})
    open_form(client, "/palaute/", "form.form").send(client, **{USEFUL: "Rauha"})
    assert Feedback.objects.count() == 3


def test_a_form_that_comes_back_with_errors_is_still_the_same_one(client):
    form = open_form(client, "/palaute/", "form.form")
    again = form_of(form.send(client, **{USEFUL: "x\x08y"}), "form.form")
    assert again.data[SENDING] == form.data[SENDING]
    assert open_form(client, "/palaute/", "form.form").data[SENDING] != form.data[SENDING]


def test_what_the_page_gives_its_form_is_no_cookie(client):
    response = client.get("/palaute/")
    assert set(response.cookies) <= {"csrftoken"}
    value = form_of(response, "form.form").data[SENDING][0]
    assert value not in str(response.cookies)
