"""C54–C55: not built; of the instruction a person says that it is there."""

import pytest

from privacy_notice.models import SignOff
from tests.privacy_notice.promises.world import cases, is_broken_by, named


def never_confirmed(world):
    SignOff.objects.all().delete()


BREAKS = {"C54": (never_confirmed,)}


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    is_broken_by(world, clause, breaking)
