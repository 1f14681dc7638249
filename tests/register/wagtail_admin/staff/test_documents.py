"""C31: instructions on screens: written, published, read, acknowledged, and who has."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from register.domain.staff import documents, privacy_notice
from register.models import Acknowledgement, DocumentVersion, StaffDocument
from register.models.staff import DocumentKind, Role
from register.reference.clock import today
from register.wagtail_admin.base.screens import address
from tests.factories import DocumentVersionFactory, StaffMemberFactory, UserFactory, staff
from tests.forms import open_form

pytestmark = pytest.mark.django_db
CONFIRM = ".register-confirm form"
WORDS = {"title": "Tietoturvan ohje", "text": "Lukitse näyttö.\n\nHävitä paperit."}


@pytest.fixture
def writer(client):
    user = staff(Role.MAIN_USER)
    client.force_login(user)
    return user


@pytest.fixture
def version():
    return DocumentVersionFactory(published_on=today() - timedelta(days=2))


def said(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def test_a_draft_is_written_and_published_on_a_page_that_says_so(client, writer):
    staff(Role.COUNSELLOR)
    client.post(address(StaffDocument, "create"), {"kind": DocumentKind.INSTRUCTION, **WORDS})
    document = StaffDocument.objects.get()
    page = client.get(address(document, "publish")).content.decode()
    assert "2 henkilöä" in page
    assert WORDS["title"] in page
    open_form(client, address(document, "publish"), CONFIRM).send(client)
    assert documents.version_in_force(document).title == WORDS["title"]
    assert client.get(address(document, "publish")).status_code == 404


def test_editing_what_is_published_begins_a_new_version(client, writer, version):
    url = address(version.document, "edit")
    form = open_form(client, url)
    assert form.data["title"] == [version.title]
    form.send(client, text="Uusi teksti.")
    assert [each.number for each in DocumentVersion.objects.draft()] == [2]
    assert "Uusi teksti." in client.get(address(version.document, "versions")).content.decode()


def test_two_who_write_at_once_are_told_and_lose_nothing(client, writer, version):
    url = address(version.document, "edit")
    form = open_form(client, url)
    form.send(client, text="Ensimmäinen.")
    answer = form.send(client, text="Toinen.")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Toinen." in page
    assert "Ensimmäinen." in page
    assert DocumentVersion.objects.draft().get().text == "Ensimmäinen."


def test_reading_is_recorded_and_then_there_is_a_button(client, version):
    # In training: nothing else is open yet.
    reader = staff(Role.COUNSELLOR, law_trained_on=None, agreement_signed_on=None)
    client.force_login(reader)
    url = address(version.document, "read")
    refused = client.post(url, {"number": "1"})
    assert said(refused) == ["Avaa asiakirja ensin ja lue se."]
    page = client.get(url).content.decode()
    assert "Olen lukenut ja noudatan" in page
    row = Acknowledgement.objects.get()
    assert (row.member.user, row.opened_on, row.acknowledged_on) == (reader, today(), None)
    client.post(url, {"number": "1"})
    row.refresh_from_db()
    assert row.acknowledged_on == today()
    page = client.get(url).content.decode()
    assert "Olen lukenut ja noudatan" not in page


def test_a_version_that_was_replaced_meanwhile_says_so(client, version):
    client.force_login(staff(Role.BILLING))
    url = address(version.document, "read")
    client.get(url)
    DocumentVersionFactory(
        document=version.document, number=2, title="Uudempi", published_on=today()
    )
    answer = client.post(url, {"number": "1"}, follow=True)
    page = answer.content.decode()
    assert "ei ole enää voimassa" in page
    assert "Uudempi" in page
    assert not Acknowledgement.objects.given().exists()


@pytest.mark.parametrize("number", ["", "x", "2", "-1", "9" * 40, "²"])
def test_a_number_that_was_never_shown_acknowledges_nothing(client, version, number):
    client.force_login(staff(Role.BILLING))
    url = address(version.document, "read")
    client.get(url)
    answer = client.post(url, {"number": number})
    assert answer.status_code == 404
    assert not Acknowledgement.objects.given().exists()


def test_a_reader_sees_no_draft_and_nothing_of_others(client, version, writer):
    document = version.document
    documents.write(
        document=document, title="Salaa", text="Luonnos", seen=None, by=writer, today=today()
    )
    draft = DocumentVersionFactory(published_on=None)
    client.force_login(staff(Role.COUNSELLOR))
    listed = client.get(address(StaffDocument, "index")).content.decode()
    assert version.title in listed
    for action in ("inspect", "versions", "read"):
        page = client.get(address(document, action)).content.decode()
        assert version.title in page
        assert "Salaa" not in page
        assert client.get(address(draft.document, action)).status_code == 404
    for action in ("edit", "publish", "withdraw", "acknowledged"):
        assert client.get(address(document, action)).status_code == 404
    assert client.get(address(StaffDocument, "create")).status_code == 404


def test_who_has_and_who_has_not_is_seen_by_the_contact_and_papers_are_the_main_user_s(
    client, version
):
    contact = staff(Role.DATA_PROTECTION)
    cleaner = StaffMemberFactory(user=UserFactory(is_active=False))
    client.force_login(contact)
    url = address(version.document, "acknowledged")
    page = client.get(url).content.decode()
    assert cleaner.name in page
    assert contact.get_full_name() in page
    paper = {"member": cleaner.pk, "acknowledged_on": today().strftime("%d.%m.%Y")}
    assert client.post(url, paper).status_code == 404

    client.force_login(staff(Role.MAIN_USER))
    assert client.post(url, paper).status_code == 302
    assert Acknowledgement.objects.get().on_paper
    assert "paperilla" in client.get(url).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"acknowledged_on": "1.1.2999"}, {"acknowledged_on": "x"}, {"member": "0"}]
)
def test_a_wrong_paper_is_refused_in_words(client, writer, version, wrong):
    cleaner = StaffMemberFactory(user=UserFactory(is_active=False))
    paper = {"member": cleaner.pk, "acknowledged_on": "1.1.2027", **wrong}
    answer = client.post(address(version.document, "acknowledged"), paper)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) & set(wrong)
    assert not Acknowledgement.objects.exists()


def test_a_withdrawn_document_is_read_in_its_versions_and_edited_no_more(client, writer, version):
    document = version.document
    open_form(client, address(document, "withdraw"), CONFIRM).send(client)
    assert client.get(address(document, "read")).status_code == 302
    assert client.get(address(document, "edit")).status_code == 404
    assert version.title in client.get(address(document, "versions")).content.decode()


def test_the_first_screen_says_what_to_read_and_what_is_late(client, version):
    reader = staff(Role.COUNSELLOR)
    client.force_login(reader)
    page = client.get("/admin/").content.decode()
    assert version.title in page
    assert "Lue ja kuittaa viimeistään" in page
    old = DocumentVersionFactory(title="Vanha ohje", published_on=today() - timedelta(days=90))
    reader.date_joined -= timedelta(days=90)
    reader.save()
    page = client.get("/admin/").content.decode()
    assert "Tämä olisi pitänyt lukea" in page
    client.get(address(old.document, "read"))
    client.post(address(old.document, "read"), {"number": "1"})
    assert "Tämä olisi pitänyt lukea" not in client.get("/admin/").content.decode()


def test_the_first_screen_says_whose_training_ends(client, writer):
    counsellor = staff(Role.COUNSELLOR, practices_valid_until=today() + timedelta(days=10))
    page = client.get("/admin/").content.decode()
    assert "1 henkilön koulutus päättyy 60 päivän kuluessa" in page
    listed = client.get(f"{address(counsellor.staff_member, 'index')}?koulutus=ending")
    assert list(listed.context["object_list"]) == [counsellor.staff_member]
    client.force_login(counsellor)
    page = client.get("/admin/").content.decode()
    assert "Koulutuksesi on voimassa" in page
    assert "henkilön koulutus päättyy" not in page


def test_the_notice_for_the_staff_comes_with_its_draft(client, site_content):
    client.force_login(staff(Role.MAIN_USER))
    path = f"{address(StaffDocument, 'create')}?kind={DocumentKind.PRIVACY_NOTICE}"
    form = client.get(path).context["form"]
    said = form["kind"].value(), form["title"].value(), form["text"].value()
    assert said == (DocumentKind.PRIVACY_NOTICE, *privacy_notice.draft(today=today()))
