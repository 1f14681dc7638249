"""The published notice: its sections, its clauses, and where its facts come from."""

import html
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Site

from futuuri_site.content import pages
from privacy_notice import facts
from privacy_notice.models import PrivacyNoticePage
from register.conf import BACKUP_DAYS
from register.inventory.registry import inventory
from register.models import Controller
from register.models.staff import Role
from register.text.normal_form import one_line
from tests.factories import staff
from tests.notices import publish_notice

SECTIONS = {
    "lyhyesti": "Pääkohdat",
    "nimi": "Rekisterin nimi",
    "mika-rekisteri-on": "Mikä rekisteri on",
    "rekisterinpitaja": "Keitä me olemme",
    "tiedot": "Mitä tietoja käsittelemme ja miksi",
    "tietolahteet": "Mistä tiedot saadaan",
    "luovutukset": "Kenelle tietoja luovutetaan",
    "suojaaminen": "Miten tiedot suojataan",
    "sailytys": "Kuinka kauan tietoja säilytetään",
    "oikeudet": "Mitä oikeuksia sinulla on",
    "muut-oikeudet": "Muut oikeutesi",
    "yhteyshenkilo": "Yhteyshenkilö",
    "tietoturvaloukkaukset": "Tietoturvaloukkaukset",
    "tama-sivusto": "Tämä verkkosivusto",
}
# Where on the page each public promise stands, and a phrase without which it would be gone.
CLAUSES = [
    ("C02", "", "tietosuoja-asetuksen (EU) 2016/679"),
    ("C02", "", "tietosuojalain (1050/2018)"),
    ("C03", "nimi", "Työvalmennus Futuuri Oy:n Yksityisasiakaspalveluiden asiakasrekisteri"),
    ("C04", "mika-rekisteri-on", "yksityishenkilöitä, jotka ostavat meiltä ohjauspalveluja"),
    ("C05", "rekisterinpitaja", "Työvalmennus Futuuri Oy"),
    ("C06", "rekisterinpitaja", "Teknobulevardi 3-7, 01530 Vantaa"),
    ("C07", "rekisterinpitaja", "1937104-7"),
    ("C08", "rekisterinpitaja", "futuuri@tyovalmennus.fi"),
    ("C08", "rekisterinpitaja", "010 420 4140"),
    ("C08", "rekisterinpitaja", "www.tyovalmennus.fi"),
    (
        "C19",
        "tiedot",
        "ohjauspalvelujen toteuttamiseen ja kehittämiseen, laskutukseen ja palautteen",
    ),
    ("C20", "tiedot", "Suostumukseesi perustuu se, mitä kerrot itsestäsi palvelun aikana"),
    ("C20", "tiedot", "Voit peruuttaa suostumuksesi milloin tahansa"),
    ("C20", "tiedot", "nimenomaisen suostumuksesi (tietosuoja-asetuksen 9 artikla)"),
    ("C21", "tiedot", "Ilman niitä emme voisi toimittaa sitä, mitä olet tilannut"),
    ("C22", "tietolahteet", "sinulta itseltäsi"),
    ("C23", "tiedot", "Pidämme niiden määrän kohtuullisena ja säilytämme niitä kohtuullisen ajan"),
    (
        "C24",
        "luovutukset",
        "laskutusta varten tietoja ulkopuoliselle taloushallinnon palveluntarjoajalle",
    ),
    ("C26", "luovutukset", "suomalainen yritys. Sen järjestelmät ovat Suomessa ja EU:n"),
    ("C27", "luovutukset", "sekä tekninen että hallinnollinen tietoturvansa ja tietosuojansa"),
    ("C28", "luovutukset", "ei siirretä EU:n eikä Euroopan talousalueen ulkopuolelle"),
    ("C29", "suojaaminen", "suljettu ulkopuolisilta"),
    ("C30", "suojaaminen", "Kaikilla työntekijöillämme on salassapitovelvollisuus"),
    ("C30", "suojaaminen", "allekirjoittaneet salassapitosopimuksen"),
    ("C31", "suojaaminen", "sekä lainsäädäntöön että sisäisiin käytäntöihimme"),
    ("C31", "suojaaminen", "heidän on noudatettava molempia"),
    ("C32", "suojaaminen", "vartiointi ja kulunvalvonta sekä palo- ja murtohälytys"),
    ("C32", "suojaaminen", "Aineiston käsittelystä on sisäinen ohje"),
    ("C33", "suojaaminen", "vain siinä laajuudessa kuin hänen tehtävänsä"),
    ("C34", "suojaaminen", "poistaa määräajaksi, esimerkiksi perhevapaan ajaksi, tai kokonaan"),
    ("C35", "suojaaminen", "Käyttäjätunnuksia hallinnoi pääkäyttäjä"),
    ("C36", "suojaaminen", "vahva salasana"),
    ("C37", "suojaaminen", "alalla yleisesti hyväksytyillä ja kohtuullisilla teknisillä keinoilla"),
    ("C37", "suojaaminen", "palomuurilla, salasanoilla"),
    ("C38", "suojaaminen", "kehitämme palvelua ja selvitämme virheitä ja väärinkäytöksiä"),
    ("C39", "suojaaminen", "lakia, viranomaisten määräyksiä ja alan ohjeita"),
    ("C40", "luovutukset", "kirjallisen sopimuksen perusteella"),
    ("C41", "luovutukset", "vain asianmukaiset henkilöt"),
    ("C42", "luovutukset", "yhteydet ja tekniikka on suojattu"),
    ("C43", "luovutukset", "noudattaa lakia ja meidän, tilaajan, antamia ohjeita"),
    ("C44", "sailytys", "alle vuoden palvelun päättymisestä"),
    ("C44", "sailytys", "palvelun päättymistä seuraavan vuoden tammikuussa"),
    ("C45", "sailytys", "mitä laki ja liiketoiminta, lähinnä kirjanpito, edellyttävät"),
    ("C46", "sailytys", "vain yleiset lukumäärät"),
    ("C46", "sailytys", "toimipaikassa"),
    ("C47", "oikeudet", "koostetieto kaikesta"),
    ("C48", "oikeudet", "Korjaamme virheellisen tiedon, kun pyydät sitä kirjallisesti"),
    ("C49", "oikeudet", "ylläpidollisista, oikeudellisista tai tietoturvaan liittyvistä syistä"),
    ("C50", "oikeudet", "Allekirjoita kirje omakätisesti ja kerro siinä postiosoitteesi"),
    ("C51", "oikeudet", "kirjallisesti kuukauden kuluessa"),
    ("C51", "oikeudet", "postitse ilmoittamaasi osoitteeseen"),
    ("C52", "oikeudet", "maksutonta kerran kalenterivuodessa"),
    ("C52", "oikeudet", "kohtuulliset kustannukset"),
    ("C53", "yhteyshenkilo", "Kirsi Valto"),
    ("C53", "yhteyshenkilo", "Teknobulevardi 3-5, 01530 Vantaa"),
    ("C53", "yhteyshenkilo", "040 767 6884"),
    ("C53", "yhteyshenkilo", "kirsi.valto@tyovalmennus.fi"),
    ("C54", "tietoturvaloukkaukset", "Jokainen työntekijä, joka huomaa loukkauksen tai epäilee"),
    ("C55", "tietoturvaloukkaukset", "Asia tutkitaan heti"),
    ("C55", "tietoturvaloukkaukset", "72 tunnin kuluessa"),
    ("O2", "nimi", "käytetty myös nimeä Kuluttajapalveluiden asiakasrekisteri"),
    ("O12", "oikeudet", "kirje ja allekirjoitus eivät ole pakollisia"),
    ("O13", "oikeudet", "ilmeisen perusteeton tai kohtuuton"),
    ("O13", "oikeudet", "Kerromme maksusta etukäteen, ja voit perua pyyntösi"),
    ("O14", "muut-oikeudet", "valittaa tietosuojavaltuutetulle. Voit valittaa heti"),
    ("O14", "muut-oikeudet", "peruuttaa sen milloin tahansa"),
    ("O14", "muut-oikeudet", "Käsittelyn rajoittaminen"),
    ("O14", "oikeudet", "Voit vastustaa tietojesi käsittelyä"),
    ("O14", "muut-oikeudet", "siirtää toiselle rekisterinpitäjälle"),
    ("O14", "muut-oikeudet", "päätöksiä pelkästään automaattisesti"),
    ("O14", "tiedot", "Vain nimesi on pakollinen"),
    ("O14", "luovutukset", "palvelinten, sähköpostin ja varmuuskopioiden ylläpitäjät"),
    ("O18", "oikeudet", "Helpoimmin teet pyynnön sähköpostilla"),
]


@pytest.fixture(scope="module")
def notice(django_db_setup, django_db_blocker):
    """The page as the public gets it, made once: a hundred tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        pages.create(languages=["fi"])
        published = Client().get("/tietosuojaseloste/").content.decode()
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()
    return published


def words(fragment):
    """The words without what only tells where a line may end."""
    return one_line(html.unescape(strip_tags(fragment)))


def section(page, anchor):
    """The words of one section, or of the whole page."""
    if not anchor:
        return words(page)
    return words(re.search(rf'<section[^>]* id="{anchor}".*?</section>', page, re.S)[0])


def test_it_has_its_sections_in_order(notice):
    """C01, O14."""
    found = re.findall(r'<section[^>]* id="([\w-]+)".*?<h2[^>]*>(.*?)</h2>', notice, re.S)
    assert [(anchor, words(heading)) for anchor, heading in found] == list(SECTIONS.items())


def test_the_table_of_contents_leads_to_every_section(notice):
    contents = re.search(r'<nav class="contents".*?</nav>', notice, re.S)[0]
    assert re.findall(r'href="#([\w-]+)"', contents) == list(SECTIONS)


@pytest.mark.parametrize(("clause", "anchor", "phrase"), CLAUSES)
def test_the_promise_stands_on_the_page(notice, clause, anchor, phrase):
    assert phrase in section(notice, anchor)


@pytest.mark.parametrize("clause", [f"C{number:02}" for number in range(9, 19)])
def test_the_data_of_the_clause_is_listed(notice, clause):
    """C09–C18: whatever the inventory files under the clause is in the section on data."""
    labels = [
        facts.label(declaration.model, name)
        for declaration in inventory
        for name, field in declaration.personal.items()
        if clause in field.clauses
    ]
    assert labels
    listed = section(notice, "tiedot").casefold()
    assert all(label.casefold() in listed for label in labels)


def test_every_legal_basis_in_use_is_explained(notice):
    """C20, C21: what a card names, the text below explains."""
    explained = section(notice, "tiedot").split("Millä perusteella käsittelemme tietoja")[1]
    used = {basis["label"] for each in facts.categories() for basis in each["legal_bases"]}
    assert all(f"{basis}." in explained for basis in used)


@pytest.mark.usefixtures("site_content")
def test_the_law_is_linked_and_the_repealed_act_is_the_editors_business(notice):
    """O1, O15."""
    assert 'href="https://www.finlex.fi/fi/lainsaadanto/2018/1050"' in notice
    assert 'href="https://eur-lex.europa.eu/legal-content/FI/TXT/?uri=CELEX:32016R0679"' in notice
    assert "523/1999" not in notice
    assert "523/1999" in PrivacyNoticePage.objects.get().editors_note


@pytest.mark.usefixtures("site_content")
def test_the_controllers_facts_come_from_the_setting(client, notice):
    """C03, C05–C08, C53, O3: change the setting, publish, and the page follows."""
    controller = Controller.objects.get()
    changed = {
        field.name: f"Uusi {field.name}"[: field.max_length]
        for field in Controller._meta.fields
        if field.name not in ("id", "site", "version")
    }
    changed |= {"business_id": "0112038-9", "website": "uusi.example.fi"}
    assert all(str(getattr(controller, name)) in words(notice) for name in changed)
    Controller.objects.update(**changed)
    publish_notice(PrivacyNoticePage.objects.get())
    after = words(client.get("/tietosuojaseloste/").content.decode())
    assert all(value in after for value in changed.values())
    assert controller.contact_name not in after
    assert controller.street_address not in after


@pytest.mark.usefixtures("site_content")
def test_the_review_date_appears_only_after_a_review(client, notice):
    """C39."""
    assert 'class="reviewed"' not in notice
    publish_notice(PrivacyNoticePage.objects.get(), reviewed_on=date(2026, 3, 9))
    assert "9.3.2026" in words(client.get("/tietosuojaseloste/").content.decode())


@pytest.mark.usefixtures("site_content")
def test_a_review_cannot_be_in_the_future():
    page = PrivacyNoticePage.objects.get()
    page.reviewed_on = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "reviewed_on" in refused.value.message_dict


def sections_with(first_anchor):
    field = PrivacyNoticePage._meta.get_field("sections")
    part = {
        "heading": "Otsikko",
        "anchor": "toinen",
        "body": [{"type": "text", "value": "<p>x</p>"}],
    }
    return field.stream_block, field.to_python(
        [
            {"type": "section", "value": {**part, "anchor": first_anchor}},
            {"type": "section", "value": part},
        ]
    )


@pytest.mark.parametrize("anchor", ["toinen", "Iso", "väli lyönti", "9luku", ""])
def test_an_anchor_that_would_not_work_is_refused(anchor):
    block, value = sections_with(anchor)
    with pytest.raises(ValidationError):
        block.clean(value)


def test_good_anchors_pass():
    block, value = sections_with("ensimmainen")
    block.clean(value)


@pytest.mark.usefixtures("site_content")
def test_an_editor_can_edit_the_notice(client):
    client.force_login(staff(Role.EDITOR))
    page = PrivacyNoticePage.objects.get()
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200


@pytest.mark.usefixtures("site_content")
def test_the_preview_shows_the_facts():
    preview = PrivacyNoticePage.objects.get().make_preview_request()
    assert "Kirsi Valto" in preview.content.decode()


def test_the_page_says_how_long_backups_live(client, site_content):
    """R13: the number that old backups are compared with."""
    page = words(client.get("/tietosuojaseloste/").content.decode())
    assert f"enintään {BACKUP_DAYS} päivää" in page
