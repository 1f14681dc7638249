"""Within one look the same is asked once; from one look to the next nothing is remembered."""

import pytest
from django.utils import timezone

from privacy_notice.promises.looking import Look
from register.models import Client

pytestmark = pytest.mark.usefixtures("every_language")


def test_the_columns_of_a_table_are_asked_once_for_all_languages(django_assert_num_queries):
    look = Look(now=timezone.now())
    swedish, english = look.at_the_others
    assert "birth_year" in look.columns(Client)
    with django_assert_num_queries(0):
        assert swedish.columns(Client) == english.columns(Client) == look.columns(Client)
    assert not Look(now=timezone.now())._columns


def test_each_look_is_at_the_notice_of_its_language():
    look = Look(now=timezone.now())
    assert [each.language for each in (look, *look.at_the_others)] == ["fi", "sv", "en"]
    assert [each.notice.language for each in (look, *look.at_the_others)] == ["fi", "sv", "en"]
    assert look.asked


def test_the_page_is_read_once(django_assert_num_queries):
    look = Look(now=timezone.now())
    first = look.notice
    with django_assert_num_queries(0):
        assert look.notice is first
    assert Look(now=timezone.now()).notice is not first
