"""C04: it is kept, and broken by a client who ordered nothing."""

import pytest

from tests.factories import ClientFactory
from tests.privacy_notice.promises.world import cases, is_broken_by, named


def a_prospect(world):
    ClientFactory()


BREAKS = {"C04": (a_prospect,)}


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    is_broken_by(world, clause, breaking)
