"""Every question of the domain: a stranger is told nothing."""

from datetime import date, timedelta

from django.utils import timezone

from register.domain.billing import preview
from register.domain.clients import (
    counsellors,
    duplicates,
    finding,
    hand_over_list,
    without_counsellor,
)
from register.domain.clients.importing import entering
from register.domain.notices import giving
from register.domain.operations import counts, doubtful_day, to_do
from register.domain.retention import status
from register.domain.staff import changes, documents, own_roles
from register.models import Heartbeat, MaterialChange, NoticeGiven, ServiceOrder
from register.models.staff import Role
from tests.factories import (
    AccessChangeFactory,
    AssignmentFactory,
    ClientFactory,
    DocumentVersionFactory,
    HoldFactory,
    RoleRequestFactory,
    ServiceOrderFactory,
    staff,
)
from tests.integration.verb import TODAY
from tests.integration.verbs import a_waiting_list


def a_jump():
    long_ago = timezone.localtime() - timedelta(days=400)
    return Heartbeat.objects.update_or_create(
        pk=1, defaults={"beat_at": long_ago, "trusted_on": long_ago.date()}
    )


def one_to_be_told():
    NoticeGiven.objects.create(client=ClientFactory(), notice_version=2)
    return MaterialChange.objects.get_or_create(notice_version=2, published_on=TODAY)[0]


def an_order_to_see_to():
    return ServiceOrderFactory(planned_end=TODAY - timedelta(days=1), starts_on=date(2020, 1, 1))


def an_absence():
    """A counsellor whose client somebody should hand over."""
    return AssignmentFactory(user=staff(Role.COUNSELLOR)).user.staff_member


# Questions, which give a stranger nothing.
QUESTIONS = {
    "clients.duplicates.own_duplicates": lambda by: duplicates.own_duplicates(
        client=ClientFactory(), by=by, today=TODAY
    ),
    "clients.importing.entering.may_import": lambda by: list(
        filter(None, [entering.may_import(by=by, today=TODAY)])
    ),
    "clients.finding.find": lambda by: finding.find(
        ClientFactory().register_number, by=by, today=TODAY, limit=9
    )[0],
    "clients.finding.last_opened": lambda by: finding.last_opened(
        view="card", by=by, today=TODAY, limit=9
    ),
    "clients.counsellors.offered": lambda by: (
        an_absence() and counsellors.offered(view="hand_over", by=by, today=TODAY)
    ),
    "clients.hand_over_list.counted": lambda by: list(
        an_absence() and hand_over_list.counted(by=by, today=TODAY)
    ),
    "clients.hand_over_list.may_give": lambda by: list(
        filter(None, [hand_over_list.may_give(an_absence(), by=by, today=TODAY)])
    ),
    "clients.hand_over_list.periods_of": lambda by: list(
        hand_over_list.periods_of(an_absence(), by=by, today=TODAY)
    ),
    "clients.hand_over_list.read": lambda by: hand_over_list.read(an_absence(), by=by, today=TODAY),
    "clients.without_counsellor.absent": lambda by: (
        an_absence() and without_counsellor.absent(by=by, today=TODAY)
    ),
    "clients.without_counsellor.count": lambda by: list(
        filter(None, [ServiceOrderFactory() and without_counsellor.count(by=by, today=TODAY)])
    ),
    "clients.without_counsellor.may_look": lambda by: list(
        filter(None, [without_counsellor.may_look(by=by, today=TODAY)])
    ),
    "clients.without_counsellor.read": lambda by: (
        ServiceOrderFactory() and without_counsellor.read(by=by, today=TODAY, start=0, stop=9)
    ),
    "staff.changes.count_unseen": lambda by: list(
        filter(None, [AccessChangeFactory() and changes.count_unseen(by=by, today=TODAY)])
    ),
    "staff.own_roles.count_waiting": lambda by: list(
        filter(None, [RoleRequestFactory() and own_roles.count_waiting(by=by, today=TODAY)])
    ),
    "notices.giving.count": lambda by: list(
        filter(None, [one_to_be_told() and giving.count(by=by, today=TODAY)])
    ),
    "notices.giving.in_order_of_names": lambda by: list(
        filter(None, [giving.in_order_of_names(by=by, today=TODAY)])
    ),
    "notices.giving.tells": lambda by: list(filter(None, [giving.tells(by=by, today=TODAY)])),
    "notices.giving.to_be_told": lambda by: giving.to_be_told(
        one_to_be_told(), by=by, today=TODAY, stop=9
    ),
    "notices.giving.waiting": lambda by: list(giving.waiting(one_to_be_told(), by=by, today=TODAY)),
    "operations.counts.complaints": lambda by: (
        counts.complaints(by=by, today=TODAY, now=timezone.now()) or []
    ),
    "operations.counts.first_day": lambda by: counts.first_day(
        by=by, today=TODAY, now=timezone.now()
    ),
    "billing.preview.unbilled": lambda by: list(
        filter(None, [an_order_to_see_to() and preview.unbilled(by=by, today=TODAY)])
    ),
    "billing.preview.preview": lambda by: list(
        filter(None, [an_order_to_see_to() and preview.preview(by=by, today=TODAY)])
    ),
    "operations.counts.overview": lambda by: counts.overview(by=by, today=TODAY),
    "operations.counts.unreadable_texts": lambda by: counts.unreadable_texts(by=by, today=TODAY),
    "retention.status.holds_to_review": lambda by: list(
        filter(
            None,
            [HoldFactory(review_on=TODAY) and status.holds_to_review(by=by, today=TODAY)],
        )
    ),
    "retention.status.overdue_holds": lambda by: list(
        filter(None, [HoldFactory() and status.overdue_holds(by=by, today=TODAY)])
    ),
    "retention.status.hastened": lambda by: list(
        filter(None, [status.hastened(by=by, today=TODAY)])
    ),
    "operations.doubtful_day.is_asked": lambda by: list(
        filter(None, [doubtful_day.is_asked(by=by, today=TODAY)])
    ),
    "operations.doubtful_day.traces": lambda by: list(
        filter(None, [a_jump() and doubtful_day.traces(by=by, today=TODAY, now=timezone.now())])
    ),
    "retention.status.waiting_lists": lambda by: (
        a_waiting_list() and status.waiting_lists(by=by, today=TODAY, now=timezone.now())
    ),
    "operations.to_do.count": lambda by: list(
        filter(None, an_order_to_see_to() and to_do.count(by=by, today=TODAY).values())
    ),
    "operations.to_do.own": lambda by: an_order_to_see_to() and list(to_do.own(by=by, today=TODAY)),
    "operations.to_do.read": lambda by: (
        an_order_to_see_to() and to_do.read(ServiceOrder.objects.all(), by=by, today=TODAY)
    ),
    "operations.to_do.rows": lambda by: (
        an_order_to_see_to() and list(to_do.rows(to_do.ToDo.EXPIRED, by=by, today=TODAY))
    ),
    "staff.documents.versions": lambda by: documents.versions(
        document=DocumentVersionFactory(published_on=None).document, by=by, today=TODAY
    ),
    "retention.status.failed_run": lambda by: list(
        filter(None, [status.failed_run(by=by, today=TODAY)])
    ),
}
