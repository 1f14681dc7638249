"""What the newest entries of the log of use tell, and whether they stay as they are (C38)."""

import json
import re
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.db.models import Exists, OuterRef

from privacy_notice.promises.trial import rolled_back
from register.domain.access_log import protection
from register.domain.erasure.log_of_use import first_kept
from register.models import AccessLogEntry
from register.models.access_log import Action

LOOKED_AT = 1000
# Between the log-in and its entry.
A_MOMENT = timedelta(minutes=1)
# What is over is erased at night, in whole segments, unless the clock is in doubt for some days.
WAITS = timedelta(days=7)
# An entry names fields, keys, roles and days. A value of a person has one of these.
OF_A_PERSON = re.compile(r"@|\+\d{6}|\b\d{6}[-+A-FU-Y]\d{3}\w\b")


def newest() -> list[AccessLogEntry]:
    """Return the entries that are looked at, the newest first."""
    return list(AccessLogEntry.objects.order_by("-at", "-pk")[:LOOKED_AT])


def tells_of_a_person(entry: AccessLogEntry) -> bool:
    """Whether an e-mail address, a telephone number or an identity code stands in it."""
    return bool(OF_A_PERSON.search(json.dumps(entry.details)))


def can_be_changed(entry: AccessLogEntry) -> bool:
    """Whether the software lets an entry be changed; it is tried, and undone."""
    with rolled_back():
        try:
            AccessLogEntry.objects.filter(pk=entry.pk).update(view="")
        except TypeError:
            return False
        except DatabaseError:
            # The triggers refused what the software would have let through.
            return True
    return True


def is_refused_by_the_database() -> bool:
    """Whether the database itself refuses to change what was sealed."""
    return not protection.missing(connection)


def lacks_a_log_in() -> bool:
    """Whether somebody's last log-in has no entry, since log-ins are written down."""
    entries = AccessLogEntry.objects.filter(action=Action.LOG_IN).order_by()
    first = entries.order_by("at").first()
    if first is None:
        return False
    its_entry = entries.filter(
        actor=OuterRef("pk"),
        at__gte=OuterRef("last_login") - A_MOMENT,
        at__lte=OuterRef("last_login") + A_MOMENT,
    )
    users = get_user_model()._default_manager.filter(last_login__gte=first.at)
    return users.filter(~Exists(its_entry)).exists()


def outlives_its_time(today: date) -> bool:
    """Whether something sealed is there that should have been erased by the owner's clock (O8)."""
    over = AccessLogEntry.objects.filter(at__lt=first_kept(today) - WAITS, seal__isnull=False)
    return over.exists()
