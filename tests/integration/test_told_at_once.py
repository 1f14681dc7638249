"""C19: of two who mark at once each client is marked once, and the last one opens the purpose."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from register.domain.notices import giving, publication
from register.models import MaterialChange, NoticeGiven
from register.models.staff import Role
from tests.factories import ClientFactory, staff

TODAY = date(2027, 3, 1)


@pytest.fixture
def while_uncommitted(transactional_db):
    """Runs the first function, and the second one before the first is committed."""

    def run(first, second):
        began = Event()

        def other():
            began.wait(30)
            try:
                return second()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as thread:
            answer = thread.submit(other)
            with transaction.atomic():
                told = first()
                began.set()
                sleep(0.5)  # the second one comes to the lock; without one it goes past
            return told, answer.result(30)

    return run


def published():
    ClientFactory.create_batch(2)
    publication.publish(version=2, material=True, reason="Muutos", address="/", today=TODAY)
    return list(NoticeGiven.objects.values_list("pk", flat=True))


def tell(by, *rows):
    return giving.tell(rows=rows, given_on=TODAY, by=by, today=TODAY)


def test_the_last_two_clients_finish_the_change(while_uncommitted):
    by, (one, other) = staff(Role.MAIN_USER), published()
    while_uncommitted(lambda: tell(by, one), lambda: tell(by, other))
    assert MaterialChange.objects.get().finished_on == TODAY


def test_one_client_is_marked_once(while_uncommitted):
    one, other = staff(Role.MAIN_USER), staff(Role.MAIN_USER)
    row, _last = published()
    told = while_uncommitted(lambda: tell(one, row), lambda: tell(other, row))
    assert [(each.now, each.before) for each in told] == [(1, 0), (0, 1)]
    assert NoticeGiven.objects.get(pk=row).given_by == one
