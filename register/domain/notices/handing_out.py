"""Handing a client the slip, and with it the version of the notice in force (C01, C20)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from register.access.gate import may_change
from register.access.standing import User, looking_anew
from register.domain.access_log.changing import add, changing, locked
from register.domain.notices import in_force, publication
from register.exceptions import NotAllowed
from register.models import Client, NoticeGiven

VIEW = "slip_given"


def hand_out(*, client: Client, version: int, by: User, today: date) -> NoticeGiven:
    """Note that the client was given the slip today, with this version of the notice.

    Who was given that version before keeps the first day. Giving a version tells of all before it.

    Args:
        version: the version that stands on the slip.

    Raises NotAllowed when the client is not the counsellor's own, Erased, and ValidationError when
    another version is in force: what was printed is out of date.
    """
    with transaction.atomic(), looking_anew():
        client = locked(client)
        if not may_change(by, client, today=today):
            raise NotAllowed
        notice = in_force.notice()
        if notice is None or notice.version != version:
            raise ValidationError(_("Another version of the notice is in force: print this anew."))
        row = NoticeGiven.objects.filter(client=client, notice_version=version).first()
        if row is None:
            row = add(
                NoticeGiven(
                    client=client, notice_version=version, given_on=today, given_by_id=by.pk
                ),
                by=by,
                today=today,
                view=VIEW,
                details={"notice_version": version},
            )
        elif row.given_on is None:
            with changing(row, by=by, today=today, view=VIEW, seen=None) as change:
                change.details["notice_version"] = version
                change.set(given_on=today)
                change.row.given_by_id = by.pk
            row = change.row
        publication.finish(today=today)
    return row
