"""A request in another charset than UTF-8 is answered before anything reads it."""

import io
import logging

import pytest
from django.test import Client

from register.models import Feedback

pytestmark = pytest.mark.usefixtures("site_content")
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=raja"
BODIES = {
    FORM: b"mika=Rauha",
    MULTIPART: b'--raja\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--raja--\r\n',
    "application/json": b"{}",
}
COOKIE, TOKEN = "csrftoken", "a" * 32


@pytest.fixture
def visitor():
    """A browser with the cookie of the form, so that Django reads what it posts."""
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    visitor.cookies[COOKIE] = TOKEN
    return visitor


@pytest.fixture
def log():
    """What Django writes to its log."""
    handler = logging.StreamHandler(io.StringIO())
    logging.getLogger("django").addHandler(handler)
    yield handler.stream
    logging.getLogger("django").removeHandler(handler)


@pytest.mark.parametrize("path", ["/palaute/", "/admin/login/", "/admin/asiakkaat/"])
@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize("charset", ["utf-16", '"utf-16"', "utf-7", "latin-1", "nonsense", ""])
def test_another_charset_is_refused_in_finnish_and_one_line(visitor, log, path, kind, charset):
    response = visitor.generic("POST", path, BODIES[kind], f"{kind}; charset={charset}")
    assert response.status_code == 400
    assert "Pyyntöä ei ymmärretty" in response.content.decode()
    assert log.getvalue() == f"Bad Request: {path}\n"


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_it_is_refused_by_whatever_method(visitor, method):
    ask = getattr(visitor, method)
    assert (
        ask("/palaute/", headers={"content-type": f'{FORM}; charset="UTF-16"'}).status_code == 400
    )


@pytest.mark.parametrize("parameter", ["", "; charset=utf-8", '; charset="UTF-8"'])
def test_ours_is_read(client, parameter):
    answer = b"mika_ohjauksessa_oli_sinulle_hyodyllista=%C3%84%C3%A4ni"
    response = client.post("/palaute/", answer, content_type=FORM + parameter)
    assert response.status_code == 302
    assert "Ääni" in Feedback.objects.get().answers


@pytest.mark.parametrize(
    ("kind", "body", "status", "words"),
    [
        (FORM, b"a=1&" * 1100, 413, "liikaa kerralla"),
        (FORM, b"a" * 3_000_000, 413, "liikaa kerralla"),
        ("multipart/form-data", b"--raja--", 400, "Pyyntöä ei ymmärretty"),
    ],
    ids=["too many fields", "too big", "no boundary"],
)
def test_whatever_else_django_refuses_is_refused_in_finnish(visitor, kind, body, status, words):
    response = visitor.post("/palaute/", body, content_type=kind)
    assert response.status_code == status
    assert words in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/eiole/", "/favicon.ico", "/admin/login/", "/robots.txt"])
def test_every_answer_is_ours_alone_and_asks_for_nothing_of_the_machine(client, path):
    answer = client.get(path)
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer
    allowed = dict(each.split("=") for each in answer["Permissions-Policy"].split(", "))
    ours = {name for name, who in allowed.items() if who == "(self)"}
    assert ours == {"publickey-credentials-create", "publickey-credentials-get"}
    assert {name for name, who in allowed.items() if who == "()"} == allowed.keys() - ours
    assert {"camera", "geolocation", "microphone", "payment"} <= allowed.keys()


@pytest.mark.usefixtures("site_content")
def test_a_page_sent_as_stored_has_the_policy_of_every_page(client):
    made, stored = (client.get("/tietosuojaseloste/") for _ in range(2))
    assert stored["Content-Security-Policy"] == client.get("/palaute/")["Content-Security-Policy"]
    assert made["Content-Security-Policy"] == stored["Content-Security-Policy"]
