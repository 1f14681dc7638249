"""What is forgotten fails `manage.py check`."""

import pytest
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps

from register.checks import unclassified
from register.inventory import Declaration, inventory


@pytest.fixture
def declared(monkeypatch):
    """Declare throw-away models for one test."""

    def declare(model: str, *fields: str) -> None:
        added = Declaration(model=model, fields=dict.fromkeys(fields, inventory.plain()))
        monkeypatch.setattr(inventory, "_declarations", {**inventory._declarations, model: added})

    return declare


def ids(model) -> list[str]:
    return [problem.id for problem in unclassified(model)]


def test_the_project_passes():
    assert run_checks(tags=["register"]) == []


@isolate_apps("register")
def test_a_model_that_nobody_classified_fails():
    class Forgotten(models.Model):
        class Meta:
            app_label = "register"

    assert ids(Forgotten) == ["register.E001"]


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
