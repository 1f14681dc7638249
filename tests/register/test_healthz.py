"""C37, C44: /healthz tells a monitor, and nobody else, what is wrong."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from register.domain.operations import heartbeat
from tests.register.domain.operations.conditions import all_well

pytestmark = pytest.mark.django_db
TOKEN = "t" * 40


@pytest.fixture
def well():
    all_well(now=timezone.now())


def test_it_is_well_when_every_condition_holds(client, well):
    response = client.get("/healthz")
    told = response.json()
    assert (response.status_code, told["ok"], told["wrong"]) == (200, True, [])
    assert told["worker_heartbeat_age"]["value"] < 30
    assert "no-store" in response["Cache-Control"]


def test_it_is_unwell_when_one_does_not_and_says_which(client, well):
    heartbeat.beat(now=timezone.now() - timedelta(minutes=4))
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["wrong"] == ["worker_heartbeat_age"]
    assert (
        response.json()["worker_heartbeat_age"]["value"]
        > response.json()["worker_heartbeat_age"]["limit"]
    )


def test_it_is_json_without_a_database_too(client, monkeypatch):
    def refused(*args):
        raise OperationalError("no such host, secret-name")

    monkeypatch.setattr(connection, "cursor", refused)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["wrong"] == ["database"]
    assert "secret-name" not in response.content.decode()


@pytest.mark.parametrize(
    ("far", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "192.0.2.7"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        # As nginx on this machine passes others' requests on.
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 404),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}, 200),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
    ],
)
def test_it_answers_this_machine_and_who_brings_the_token(settings, client, well, far, status):
    settings.REGISTER = settings.REGISTER | {"HEALTH_TOKEN": TOKEN}
    assert client.get("/healthz", follow=True, **far).status_code == status


def test_without_a_token_in_the_settings_none_is_right(settings, client, well):
    far = {"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer "}
    assert client.get("/healthz", follow=True, **far).status_code == 404


def test_a_monitor_may_ask_by_address_and_without_encryption(settings, client, well):
    settings.ALLOWED_HOSTS = ["rekisteri.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz", headers={"host": "192.0.2.1"}).status_code == 200


def test_it_takes_no_post(client):
    assert client.post("/healthz").status_code == 405
