"""A sentence with a fact that prints nothing is refused, and named as people know it."""

import pytest
from django.core.exceptions import ValidationError

from privacy_notice.models import PrivacyNoticePage
from privacy_notice.prose.tokens import names_in, validate_facts_known
from register.models import Controller

pytestmark = pytest.mark.usefixtures("site_content")
STORED = '<p data-block-key="abcde">Soita <embed embedtype="fact" name="phone"/> heti.</p>'


@pytest.mark.parametrize("name", ["phone", "nonsense", ""])
def test_a_fact_that_prints_nothing_is_refused_by_what_it_is_called(name):
    Controller.objects.update(phone="")
    with pytest.raises(ValidationError) as refused:
        validate_facts_known(f'<p><embed embedtype="fact" name="{name}"/></p>')
    assert ("Puhelinnumero" if name == "phone" else name) in refused.value.messages[0]
    validate_facts_known(STORED.replace("phone", "email"))


def test_it_is_refused_in_introduction_and_sections_alike():
    notice = PrivacyNoticePage.objects.get()
    Controller.objects.update(phone="")
    notice.intro = STORED
    with pytest.raises(ValidationError) as refused:
        notice.full_clean()
    assert "intro" in refused.value.error_dict


def test_names_are_found_however_the_element_is_written():
    stored = '<embed name="a" embedtype="fact"/><embed embedtype="image" name="b"/>'
    assert names_in(stored) == ["a"]
    assert names_in("<p>fact</p>") == []
