"""What an editor can't ask, said beside the question in the page editor."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.forms import SENDING
from home.models import FeedbackField, FeedbackPage
from register.models.staff import Role
from tests.factories import staff
from tests.forms import form_of, open_form

pytestmark = pytest.mark.usefixtures("site_content")


def question(**values):
    return FeedbackField(
        **{"label": "Mikä?", "field_type": "singleline", "page": FeedbackPage.objects.get()}
        | values
    )


def refused(**values):
    """The fields beside which the editor is told what is wrong."""
    try:
        question(**values).full_clean()
    except ValidationError as error:
        return set(error.message_dict)
    return set()


@pytest.mark.parametrize(
    "label",
    ["???", "🙂", "\u200b", "-", "½" * 130, "中" * 60, "csrfmiddlewaretoken", "Form sending"],
    ids=["signs", "emoji", "invisible", "dash", "fractions", "signs of Han", "reserved", "ours"],
)
def test_a_question_without_a_name_of_its_own_is_refused(label):
    assert refused(label=label) == {"label"}


@pytest.mark.parametrize("label", ["Mikä oli hyvää?", "½", "你好吗", "Form", "2"])
def test_an_ordinary_question_is_not(label):
    assert refused(label=label) == set()


@pytest.mark.parametrize(
    "choices",
    [
        "",
        " \n ",
        "\u200b",
        "Hyvin\n\nHuonosti",
        "Hyvin\n\u2060\nHuonosti",
        "Hyvin\n,\nHuonosti",
        "Hyvin\n,\u200b",
        "Hyvin, mutta kalliisti",
        "Hyvin\nHuonosti\nHyvin",
        "Hyvin\nhyvin",
        "Hyvin,\nHyvin",
        "Ｈyvin\nHyvin",
    ],
)
@pytest.mark.parametrize("kind", ["radio", "checkboxes"])
def test_choices_that_cannot_be_told_apart_are_refused(kind, choices):
    assert refused(field_type=kind, choices=choices) == {"choices"}


@pytest.mark.parametrize("choices", ["Hyvin\nHuonosti", "Kyllä, aina\nEi\n", "Yksi"])
def test_ordinary_choices_are_not(choices):
    assert refused(field_type="radio", choices=choices) == set()


def test_the_text_beside_a_question_without_choices_is_nobodys_business():
    assert refused(field_type="multiline", choices="a, b") == set()


WORDS = st.text(alphabet=st.sampled_from("ab ,\n\t?½ß中\u200b_-C"), max_size=60)


@given(label=WORDS, choices=WORDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_taken_makes_a_form_that_can_be_told_apart(label, choices):
    """The oracle is the form that the public gets, as Wagtail builds it."""
    asked = question(label=label, field_type="radio", choices=choices)
    try:
        asked.full_clean()
    except ValidationError:
        return
    page = FeedbackPage.objects.get()
    page.form_fields = [asked]
    form = page.get_form_class()()
    [(name, field)] = form.fields.items()
    assert name
    assert len(name) <= 255
    assert name not in ("csrfmiddlewaretoken", SENDING)
    offered = [value for value, _label in field.choices]
    assert len(set(offered)) == len(offered) >= 1
    assert all(value.strip(" ,\u200b") for value in offered)
    assert sum(map(len, offered)) >= len(asked.choices.replace("\n", "").strip(" ,")) - 2 * len(
        asked.choices
    )


def test_two_questions_of_one_name_are_refused_in_the_editor(client):
    client.force_login(staff(Role.EDITOR))
    page = FeedbackPage.objects.get()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    first = page.form_fields.first()
    form = open_form(client, url, "#page-edit-form")
    index = form.data["form_fields-TOTAL_FORMS"][0]
    new = {
        f"form_fields-{index}-label": first.label.upper(),
        f"form_fields-{index}-field_type": "multiline",
        f"form_fields-{index}-choices": "",
        f"form_fields-{index}-default_value": "",
        f"form_fields-{index}-help_text": "",
        f"form_fields-{index}-ORDER": "9",
        f"form_fields-{index}-id": "",
        "form_fields-TOTAL_FORMS": str(int(index) + 1),
    }
    page_shown = BeautifulSoup(form.send(client, **new).content, "html.parser")
    assert "Kysy toisin sanoin" in page_shown.get_text()
    assert page.form_fields.count() == 3

    other = new | {f"form_fields-{index}-label": "csrfmiddlewaretoken"}
    assert "Kysy toisin sanoin" in form.send(client, **other).content.decode()


def test_the_editor_saves_other_questions(client):
    client.force_login(staff(Role.EDITOR))
    page = FeedbackPage.objects.get()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = client.get(url)
    form = form_of(shown, "#page-edit-form")
    answer = form.send(client, **{"form_fields-1-label": "Mikä oli parasta?"})
    assert answer.status_code == 302
    content = FeedbackPage.objects.get().get_latest_revision().content
    assert "Mikä oli parasta?" in [each["label"] for each in content["form_fields"]]
