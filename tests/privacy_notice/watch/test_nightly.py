"""The night's watch: looked at, kept, told."""

import pytest
from django.utils import timezone

from privacy_notice.models import PromiseResult, SignOff
from privacy_notice.watch import nightly
from register.reference.clock import today
from register.tasks import entry


def test_it_looks_at_all_and_tells_of_what_broke(world, mails):
    done = entry.watch_promises()
    assert PromiseResult.objects.filter(day=today()).count() == 55
    assert done["kept"] > 30
    assert done["told"] == done["broken"] == 2  # no encrypted connections in a test
    SignOff.objects.all().delete()
    assert nightly.watch(now=timezone.now())["told"] == 2
    of_promises = [each for each in mails if "lupau" in str(each["Subject"])]
    assert len(of_promises) == 2, [str(each["Subject"]) for each in mails]


@pytest.mark.django_db
def test_a_project_without_a_notice_looks_at_nothing(settings):
    settings.REGISTER = {**settings.REGISTER, "WATCH_PROMISES": ""}
    assert entry.watch_promises() == {"promises": 0}
    assert not PromiseResult.objects.exists()
