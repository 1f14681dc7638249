"""A host project hears at start what it does not give."""

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser
from django.core.checks import run_checks
from django.db import connection, models
from django.test.utils import isolate_apps

from register.access.backend import StaffBackend
from register.db.connection import POSTGRESQL, SQLITE
from register.host_checks import (
    MIDDLEWARE,
    accounts_lack,
    is_fit_sqlite,
    nobody_stands_above_the_roles,
)
from tests.factories import UserFactory

FEW = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA secure_delete = ON;"}


class Derived(StaffBackend):
    pass


class Another(ModelBackend):
    pass


def ids() -> list[str]:
    return [problem.id for problem in run_checks(tags=["register"])]


@pytest.mark.parametrize(
    ("backends", "found"),
    [
        (["register.access.backend.StaffBackend"], []),
        ([f"{__name__}.Derived"], []),
        (["django.contrib.auth.backends.ModelBackend"], ["register.E008"]),
        (["register.access.backend.StaffBackend", f"{__name__}.Another"], ["register.E008"]),
    ],
)
def test_a_backend_that_lets_the_suspended_in_is_refused(settings, backends, found):
    """C34: Django's own backend lets a suspended account log in."""
    settings.AUTHENTICATION_BACKENDS = backends
    assert ids() == found


@isolate_apps("register")
def test_accounts_without_what_the_log_shows_are_refused():
    class Card(AbstractBaseUser):
        number = models.CharField(max_length=10, unique=True)
        email = models.EmailField()
        USERNAME_FIELD = "number"

        class Meta:
            app_label = "register"

    [problem] = accounts_lack(Card)
    assert problem.id == "register.E009"
    assert problem.msg == "register.Card has no username, first_name, last_name."
    assert accounts_lack(get_user_model()) == []


@pytest.mark.parametrize("name", MIDDLEWARE)
def test_a_middleware_that_is_left_out_is_told(settings, name):
    settings.MIDDLEWARE = [each for each in django_settings.MIDDLEWARE if each != name]
    assert ids() == ["register.W032"]


@pytest.mark.parametrize("name", [*FEW])
def test_an_sqlite_file_that_keeps_what_is_erased_is_refused(name):
    assert is_fit_sqlite(SQLITE)
    assert is_fit_sqlite(FEW)
    assert not is_fit_sqlite({key: value for key, value in FEW.items() if key != name})


def test_the_check_looks_at_each_sqlite_database(settings):
    engine = "django.db.backends.sqlite3"
    settings.DATABASES = {
        "default": {"ENGINE": engine, "NAME": "a", "OPTIONS": SQLITE},
        "other": {"ENGINE": engine, "NAME": "b"},
    }
    [problem] = run_checks(tags=["register"])
    assert (problem.id, problem.msg.split()[0]) == ("register.E010", "DATABASES['other']")


@pytest.mark.parametrize(
    ("options", "found"), [(POSTGRESQL, []), ({}, ["register.E011"]), (None, ["register.E011"])]
)
def test_values_inside_statements_are_refused(settings, options, found):
    """C38: a cancelled statement would write a name into the server's log."""
    database = {"ENGINE": "django.db.backends.postgresql", "NAME": "a"}
    settings.DATABASES = {"default": database | ({"OPTIONS": options} if options else {})}
    assert ids() == found


@pytest.mark.django_db
def test_an_active_superuser_is_refused_in_production():
    """C33: Wagtail asks a superuser for no permission at all."""

    def found(**where) -> list[str]:
        asked = {"include_deployment_checks": True, "databases": ["default"]} | where
        return [
            each.id for each in run_checks(tags=["database"], **asked) if each.id == "register.E012"
        ]

    user = UserFactory(is_superuser=True)
    assert found() == ["register.E012"]
    assert found(include_deployment_checks=False) == []
    get_user_model().objects.filter(pk=user.pk).update(is_active=False)
    assert found() == []


@pytest.mark.django_db
def test_accounts_are_not_asked_for_before_there_are_any(monkeypatch):
    """Neither by a check without a database nor before the first migration."""
    UserFactory(is_superuser=True)
    assert nobody_stands_above_the_roles(None) == []
    assert nobody_stands_above_the_roles(None, databases=["default"]) != []
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert nobody_stands_above_the_roles(None, databases=["default"]) == []
