"""What a look finds is put together, told in each language, and kept as the day's last word."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from futuuri_site.content import pages
from privacy_notice.models import PrivacyNoticePage, PromiseResult
from privacy_notice.models.states import State
from privacy_notice.promises.links import section
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import Promise, broken, kept, nothing_yet
from privacy_notice.watch import verifying
from privacy_notice.watch.verifying import look_at, look_at_all, record
from tests.notices import publish_notice
from tests.privacy_notice.promises.world import NAME

pytestmark = pytest.mark.django_db


def promise(check, **more):
    return Promise(
        clause="C37", chapter="name", title="Lupaus", check=check, seen_at=section(), **more
    )


@pytest.mark.parametrize(
    ("found", "missing", "state"),
    [
        (kept("hyvin"), None, State.KEPT),
        (broken("huonosti"), None, State.BROKEN),
        (nothing_yet("tyhjää"), None, State.NOT_YET),
        (kept("hyvin"), "jotakin", State.NOT_YET),
        (broken("huonosti"), "jotakin", State.BROKEN),
    ],
)
def test_the_worst_decides(found, missing, state):
    outcome = look_at(promise(lambda look: found, missing=missing), Look(now=timezone.now()))
    assert outcome.state is state
    assert ("jotakin" in outcome.evidence["fi"]) == bool(missing)


def test_what_is_confirmed_by_hand_is_never_said_to_be_kept(world):
    by_hand = promise(lambda look: kept("hyvin"), by_hand=("Lukot ovat kiinni.",))
    assert look_at(by_hand, Look(now=timezone.now())).state is State.BY_HAND
    nothing = promise(lambda look: nothing_yet(), by_hand=("Lukot ovat kiinni.",))
    assert look_at(nothing, Look(now=timezone.now())).state is State.NOT_YET
    assert (
        look_at(by_hand, Look(now=timezone.localtime() + timedelta(days=400))).state is State.BROKEN
    )


def test_one_that_fails_is_broken_and_tells_no_value(caplog):
    def fails(look):
        raise ValueError(NAME)

    outcome = look_at(promise(fails), Look(now=timezone.now()))
    assert outcome.state is State.BROKEN
    assert "ValueError" in outcome.evidence["fi"]
    assert NAME not in str(outcome.evidence) + caplog.text


def test_each_language_has_its_own_words():
    outcome = look_at(promise(lambda look: nothing_yet()), Look(now=timezone.now()))
    assert len(set(outcome.evidence.values())) == 3
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            assert outcome.told == outcome.evidence[language]
    assert verifying.in_this_language({}) == ""


def test_the_last_look_of_a_day_counts():
    now, today = timezone.now(), timezone.localdate()
    for found in (broken("huonosti"), kept("hyvin")):
        outcome = look_at(promise(lambda look, found=found: found), Look(now=now))
        record([outcome], now=now, today=today)
    row = PromiseResult.objects.get()
    assert (row.state, row.evidence["fi"]) == ("kept", "hyvin")
    record([outcome], now=now, today=today + timedelta(days=1))
    assert PromiseResult.objects.count() == 2


def reads_the_notice(look):
    """Kept in Finnish and English, broken in Swedish, by what the public page says."""
    return broken("huonosti") if look.notice.language == "sv" else kept("hyvin")


@pytest.mark.usefixtures("every_language")
def test_the_notice_is_looked_at_in_each_language_and_the_worst_decides():
    outcome = look_at(promise(reads_the_notice), Look(now=timezone.now()))
    assert outcome.state is State.BROKEN
    assert outcome.told == "Toisenkielisessä selosteessa (sv): huonosti"
    PrivacyNoticePage.objects.filter(locale__language_code="sv").update(live=False)
    assert look_at(promise(reads_the_notice), Look(now=timezone.now())).state is State.KEPT


@pytest.mark.usefixtures("every_language")
def test_what_does_not_ask_the_notice_is_looked_at_once():
    seen = []
    look_at(promise(lambda look: seen.append(look) or kept("hyvin")), Look(now=timezone.now()))
    assert len(seen) == 1


def test_each_promise_that_the_notice_keeps_is_kept_by_its_translations(world):
    """Of what is checked in words, the Swedish and English pages say the same."""
    before = {each.promise.clause: each.state for each in look_at_all(now=timezone.now())}
    pages.create()
    for page in PrivacyNoticePage.objects.not_live():
        publish_notice(page, reviewed_on=world.today)
    after = look_at_all(now=timezone.now())
    changed = {
        each.promise.clause: each.told
        for each in after
        if each.state != before[each.promise.clause]
    }
    assert changed == {}
