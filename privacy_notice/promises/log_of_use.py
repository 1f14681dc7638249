"""What the newest entries of the log of use tell, and whether they stay as they are (C38)."""

import json
import re

from django.db import DatabaseError, connection

from privacy_notice.promises.trial import rolled_back
from register.domain.access_log import protection
from register.models import AccessLogEntry

LOOKED_AT = 1000
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
