"""What is in force is there as a PDF, whose making stops no publication (C01)."""

import pytest

from privacy_notice.conditions import printed
from privacy_notice.models import NoticePdf, NoticeVersion, PrivacyNoticePage
from privacy_notice.pdf import reading, typesetting
from privacy_notice.versions import printing
from register.domain.operations.finding import Level
from register.models import Controller
from tests.notices import publish_notice
from tests.privacy_notice.pdf.documents import unpacked

pytestmark = pytest.mark.usefixtures("site_content")
PAGE = "/tietosuojaseloste/"
PDF = f"{PAGE}pdf/"


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    def publish(title="Uusi seloste"):
        page = PrivacyNoticePage.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            publish_notice(page, title=title)
        return NoticeVersion.objects.current(page)

    return publish


@pytest.fixture
def broken(monkeypatch):
    """A typesetter that quotes the contact person when it fails."""

    def fail(*args, **kwargs):
        raise RuntimeError(Controller.objects.get().contact_name)

    with monkeypatch.context() as patch:
        patch.setattr(typesetting, "typeset", fail)
        yield patch


def test_a_publication_makes_it_and_the_page_leads_to_it(client, publish):
    assert client.get(PDF).status_code == 404
    assert f'href="{PDF}"' not in client.get(PAGE).content.decode()
    publish()
    assert f'href="{PDF}" download="tietosuojaseloste.pdf"' in client.get(PAGE).content.decode()
    answer = client.get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    made = unpacked(answer.content)
    assert b"/StructTreeRoot" in made
    assert b"(Uusi seloste)" in made
    again = client.get(PDF, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_it_is_the_same_bytes_for_the_same_version(publish):
    version = publish()
    assert bytes(NoticePdf.objects.get().content) == printing.pdf_of(version)


def test_the_next_publication_takes_the_former_one_away(client, publish):
    first = publish()
    second = publish("Kolmas")
    assert [each.version for each in NoticePdf.objects.all()] == [second]
    # As by a process that was slow to make the former one.
    printing.make(first)
    assert [each.version for each in NoticePdf.objects.all()] == [second]


def test_one_that_fails_stops_nothing_names_nobody_and_is_made_at_night(
    client, publish, broken, caplog
):
    publish()
    assert "Uusi seloste" in client.get(PAGE).content.decode()
    assert client.get(PDF).status_code == 404
    assert "RuntimeError" in caplog.text
    assert Controller.objects.get().contact_name not in caplog.text
    assert printed(None).level is Level.WRONG
    broken.undo()
    assert [printing.try_to_make(each) for each in printing.without_pdf()] == [True]
    assert client.get(PDF).status_code == 200
    assert printed(None).level is Level.WELL


def test_a_former_contact_person_is_in_none(publish):
    name = Controller.objects.get().contact_name
    former = publish()
    assert name in str(reading.read(former.shown(), address=""))
    Controller.objects.update(contact_name="Uusi Henkilö", contact_email="uusi@example.org")
    publish("Kolmas")
    former.refresh_from_db()
    assert name not in str(reading.read(former.shown(), address=""))
    assert NoticePdf.objects.count() == 1
