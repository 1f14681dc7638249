"""What stands in REGISTER is refused at start, by its name, where it can't be used."""

import base64
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from register import conf
from register.inventory.vocabulary import Category, LegalBasis
from register.setting_values import BASES, KINDS_OF_DATA

KEY = base64.b64encode(b"k" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()
SHORT = base64.b64encode(b"k" * 31).decode()
UNFIT = [
    *(("PRIVATE_DIR", value) for value in (None, "", "private", Path("private"), 7)),
    *(
        ("ENCRYPTION_KEYS", value)
        for value in (
            *(None, {}, KEY, [KEY], {"a": SHORT}, {"a": "no base64"}, {"a": None}),
            *({"": KEY}, {"20.26": KEY}, {"ä": KEY}, {"a": KEY, "b": SHORT}),
            *({"K1": KEY}, {"a_b": KEY}, {"a" * 31: KEY}, {7: KEY}),
            *({"2026-1": KEY, "20261": OTHER}, {"2026-l": KEY, "2026-1": OTHER}),
            *({"k0": KEY, "ko": OTHER}, {"a": KEY, "b": KEY}),
        )
    ),
    *(
        ("ACCOUNTING_PERIOD_END", value)
        for value in (
            *((13, 1), (0, 1), (6, 31), (2, 30), (4, 0), (12, -1)),
            *((12,), (12, 31, 2026), ("12", "31"), "12-31", None, 12),
        )
    ),
    *(("VOUCHER_YEARS", value) for value in (5, -6, 6.5, "6", None, True)),
    *(
        (name, value)
        for name in ("REQUEST_YEARS", "LOG_YEARS", "BREACH_YEARS", "STAFF_YEARS")
        for value in (0, 11, 2.5, "2", None, True)
    ),
    *(
        ("LEGAL_BASES", value)
        for value in (
            *(None, ["bookkeeping"], {"voucher": ["contract"]}, {"bookkeeping": "contract"}),
            *({"bookkeeping": []}, {"bookkeeping": ["habit"]}),
        )
    ),
    *(("BILLING_FILE_ENCODING", value) for value in ("utf-8", "utf8-sig", "UTF-8-SIG", "", None)),
    *(
        ("OTHER_MODELS", value)
        for value in (["home"], {"client": ["home"]}, {"nobody": "home"}, {"staff": [7]}, None)
    ),
    ("EXPIRED_TRAINING_LOCKS_AFTER", timedelta(days=-1)),
    ("EXPIRED_TRAINING_LOCKS_AFTER", 30),
    ("ACKNOWLEDGE_WITHIN", timedelta(days=-1)),
    ("ACKNOWLEDGE_WITHIN", 30),
    *(("LINKS_BY_MAIL", value) for value in (1, "yes", None)),
    *(("NOTICE_IN_FORCE", value) for value in ("in_force", "a b.c", None)),
    *(
        (name, value)
        for name in (
            "ASSESSMENT_VALID",
            "HEARTBEAT_LIMIT",
            "SLICE",
            "LINK_TIME",
            "SHOWN_LINK_TIME",
        )
        for value in (timedelta(0), timedelta(seconds=-1), 45, None)
    ),
]
FIT = [
    ("PRIVATE_DIR", "/srv/private"),
    ("PRIVATE_DIR", Path("/srv/private")),
    ("ENCRYPTION_KEYS", {"2026-11-26": KEY, "2026-11-27": OTHER}),
    *(("ACCOUNTING_PERIOD_END", value) for value in ((2, 28), (2, 29), [6, 30], (1, 1))),
    ("VOUCHER_YEARS", 10),
    ("LOG_YEARS", 1),
    ("STAFF_YEARS", 10),
    ("LEGAL_BASES", {"bookkeeping": ["legitimate_interest"], "service": ("contract",)}),
    ("BILLING_FILE_ENCODING", "iso-8859-15"),
    ("OTHER_MODELS", {"nobody": ["home"], "staff": ("search.Query",)}),
    ("EXPIRED_TRAINING_LOCKS_AFTER", timedelta(0)),
    ("ACKNOWLEDGE_WITHIN", timedelta(0)),
    ("SLICE", timedelta(milliseconds=1)),
]


@pytest.fixture
def told(settings):
    """Return what the system checks say of one changed entry."""

    def of(name, value):
        settings.REGISTER = {**settings.REGISTER, name: value}
        found = run_checks(tags=["register"])
        return [problem.msg for problem in found if problem.id == "register.E030"]

    return of


@pytest.mark.parametrize(("name", "value"), UNFIT, ids=lambda value: str(value)[:20])
def test_what_does_not_fit_is_refused_with_its_name_and_what_to_put_there(told, name, value):
    [problem] = told(name, value)
    assert problem == f'REGISTER["{name}"] does not fit: put {conf.SETTINGS[name].put} there.'
    with pytest.raises(ImproperlyConfigured, match=name):
        conf.refuse_unfit()


@pytest.mark.parametrize(("name", "value"), FIT, ids=lambda value: str(value)[:20])
def test_what_fits_passes(told, name, value):
    assert told(name, value) == []
    conf.refuse_unfit()


def test_no_key_is_ever_shown(told):
    assert SHORT not in "".join(told("ENCRYPTION_KEYS", {"a": SHORT}))


def test_a_misspelt_name_is_refused_and_the_right_one_told(told):
    [problem] = told("BILLING_FILE_ENCODNIG", "utf-8-sig")
    assert problem == (
        'REGISTER["BILLING_FILE_ENCODNIG"] is no setting: is "BILLING_FILE_ENCODING" meant?'
    )


def test_what_is_no_dict_is_refused(settings):
    settings.REGISTER = ["VOUCHER_YEARS"]
    assert "REGISTER does not fit: put a dict there." in [
        problem.msg for problem in run_checks(tags=["register"])
    ]


def test_every_default_fits_and_every_setting_is_explained():
    for name, setting in conf.SETTINGS.items():
        assert setting.default is None or setting.fits(setting.default), name
        assert setting.decides.endswith("."), name
        assert setting.put, name


def test_legal_bases_and_kinds_of_data_are_called_as_in_the_inventory():
    assert list(BASES) == LegalBasis.values
    assert list(KINDS_OF_DATA) == Category.values


def test_only_what_the_host_must_say_has_no_default():
    without = {name for name, setting in conf.SETTINGS.items() if setting.default is None}
    assert without == {"PRIVATE_DIR", "ENCRYPTION_KEYS"}


@pytest.mark.parametrize("command", [["check"], ["migrate", "--plan"], ["export_billing"]])
def test_no_command_starts_with_a_setting_that_does_not_fit(tmp_path, command):
    own = "from futuuri_site.settings.test import *\nREGISTER |= {'ACCOUNTING_PERIOD_END': (6, 31)}"
    (tmp_path / "own_settings.py").write_text(own)
    answer = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=django_settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "own_settings", "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert answer.returncode != 0
    assert 'REGISTER["ACCOUNTING_PERIOD_END"] does not fit' in answer.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIME_ZONE", "UTC"),
        ("USE_TZ", False),
        ("LANGUAGE_CODE", "en-us"),
        ("PHONENUMBER_DEFAULT_REGION", "SE"),
        ("PHONENUMBER_DB_FORMAT", "NATIONAL"),
        ("PHONENUMBER_DEFAULT_FORMAT", "NATIONAL"),
        ("MESSAGE_STORAGE", "django.contrib.messages.storage.fallback.FallbackStorage"),
        ("ANONYMOUS_USER_NAME", "AnonymousUser"),
        ("WAGTAIL_PASSWORD_RESET_ENABLED", True),
        ("WAGTAIL_GRAVATAR_PROVIDER_URL", "//www.gravatar.com/avatar"),
        ("WAGTAIL_ENABLE_UPDATE_CHECK", True),
    ],
)
def test_a_host_project_is_warned_where_it_differs_from_what_is_assumed(settings, name, value):
    setattr(settings, name, value)
    [warning] = run_checks(tags=["register"])
    assert (warning.id, warning.msg.split()[0]) == ("register.W031", name)
    assert f"{name} = {conf.ASSUMPTIONS[name].value!r}" in warning.hint


def test_a_phone_number_is_stored_in_one_spelling_unless_the_host_says_otherwise(settings):
    del settings.PHONENUMBER_DB_FORMAT
    assert run_checks(tags=["register"]) == []
