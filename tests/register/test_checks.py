"""What is forgotten fails `manage.py check`."""

import pytest
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from register import admin_urls
from register.checks import the_account_page_is_ours, the_installation_is_well, unclassified
from register.inventory.registry import Declaration, inventory


@pytest.fixture
def declared(monkeypatch):
    """Declare throw-away models for one test."""

    def declare(model: str, *fields: str) -> None:
        added = Declaration(model=model, not_personal=fields)
        monkeypatch.setattr(inventory, "_declarations", {**inventory._declarations, model: added})

    return declare


def ids(model) -> list[str]:
    return [problem.id for problem in unclassified(model)]


class WithoutTheRegister:
    urlpatterns = [path("admin/", include(wagtailadmin_urls))]


class AfterWagtail:
    urlpatterns = [*WithoutTheRegister.urlpatterns, path("admin/", include(admin_urls))]


class NoAdmin:
    urlpatterns = []


@pytest.mark.parametrize(
    ("urls", "found"),
    [(WithoutTheRegister, ["register.E007"]), (AfterWagtail, ["register.E007"]), (NoAdmin, [])],
)
def test_a_project_with_wagtails_account_page_fails(settings, urls, found):
    settings.ROOT_URLCONF = urls
    assert [problem.id for problem in the_account_page_is_ours(None)] == found


def test_the_project_passes():
    assert run_checks(tags=["register"]) == []


@isolate_apps("register")
def test_a_model_that_nobody_classified_fails():
    class Forgotten(models.Model):
        class Meta:
            app_label = "register"

    assert ids(Forgotten) == ["register.E001"]


@isolate_apps("register")
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({}, ["register.W001"]),
        ({"nobody": ["shop.Book"]}, ["register.W001"]),
        ({"nobody": ["shop"]}, []),
        ({"staff": ["shop.Basket"]}, []),
    ],
)
def test_of_its_own_models_the_host_says_whose_data_they_hold(settings, said, found):
    settings.REGISTER = {**settings.REGISTER, "OTHER_MODELS": said}

    class Basket(models.Model):
        class Meta:
            app_label = "shop"

    assert ids(Basket) == found


@isolate_apps("register")
def test_a_field_that_nobody_classified_fails(declared):
    declared("register.Grown", "id")

    class Grown(models.Model):
        street_address = models.CharField(max_length=100)

        class Meta:
            app_label = "register"

    assert ids(Grown) == ["register.E002"]


@isolate_apps("register")
def test_a_many_to_many_field_counts_as_well(declared):
    declared("register.Linked", "id")

    class Linked(models.Model):
        others = models.ManyToManyField("self")

        class Meta:
            app_label = "register"

    assert ids(Linked) == ["register.E002"]


@isolate_apps("register")
def test_a_sixth_fact_of_a_client_fails():
    class Client(models.Model):
        register_number = models.CharField(max_length=11)
        name = models.CharField(max_length=200)
        email = models.EmailField()
        phone = models.CharField(max_length=20)
        home_municipality = models.CharField(max_length=3)
        birth_year = models.PositiveSmallIntegerField()
        created_on = models.DateField()
        restricted_on = models.DateField()
        version = models.PositiveIntegerField()
        search_key = models.TextField()
        sort_key = models.CharField(max_length=255)
        personal_identity_code = models.CharField(max_length=11)

        class Meta:
            app_label = "register"

    [problem] = unclassified(Client)
    assert (problem.id, problem.msg) == (
        "register.E002",
        "register.Client.personal_identity_code is not classified.",
    )


@isolate_apps("register")
def test_a_classified_field_that_is_gone_fails(declared):
    declared("register.Shrunk", "id", "nickname")

    class Shrunk(models.Model):
        class Meta:
            app_label = "register"

    assert ids(Shrunk) == ["register.E003"]


def test_what_needs_no_database_is_checked_before_deployment(settings, private_dir):
    """As `manage.py doctor` does, with how to mend it."""
    private_dir.mkdir(mode=0o755)
    found = {message.msg: message for message in the_installation_is_well(None)}
    told = next(each for each in found if each.startswith("Oikeudet yksityisiin tiedostoihin"))
    assert str(private_dir) in told
    assert "chmod" in found[told].hint
    private_dir.chmod(0o700)
    assert told not in {message.msg for message in the_installation_is_well(None)}


@pytest.mark.django_db
def test_the_check_for_deployment_asks_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        the_installation_is_well(None)
