"""Ways to break C30 and C31: no agreement, a training that ran out, an unread instruction."""

from datetime import timedelta

from django.contrib.auth import get_user_model

from privacy_notice.models.states import State
from register.models import StaffDocument, StaffMember
from register.models.staff import Role
from register.reference.clock import moment
from tests.factories import AcknowledgementFactory, DocumentVersionFactory


def unsigned(world):
    StaffMember.objects.filter(user=world.people[Role.BILLING]).update(agreement_signed_on=None)


def signed_tomorrow(world):
    StaffMember.objects.filter(user=world.people[Role.EDITOR]).update(
        agreement_signed_on=world.today + timedelta(days=1)
    )


def never_trained(world):
    StaffMember.objects.filter(user=world.people[Role.BILLING]).update(law_trained_on=None)


def trained_long_ago(world):
    StaffMember.objects.filter(user=world.people[Role.BILLING]).update(
        law_valid_until=world.today - timedelta(days=1)
    )


def trained_in_the_law_alone(world):
    StaffMember.objects.filter(user=world.people[Role.COUNSELLOR]).update(
        practices_trained_on=None, practices_valid_until=None
    )


def without_a_log_in():
    return StaffMember.objects.filter(user__is_active=False)


def unsigned_without_a_log_in(world):
    without_a_log_in().update(agreement_signed_on=None)


def untrained_without_a_log_in(world):
    without_a_log_in().update(practices_valid_until=world.today - timedelta(days=1))


def an_unread_instruction(world):
    """Published so long ago that all should have acknowledged it."""
    get_user_model().objects.update(date_joined=moment(world.today - timedelta(days=90)))
    DocumentVersionFactory(published_on=world.today - timedelta(days=31))


def an_unread_version_after_one_that_was_read(world):
    get_user_model().objects.update(date_joined=moment(world.today - timedelta(days=90)))
    read = DocumentVersionFactory(published_on=world.today - timedelta(days=60))
    for member in StaffMember.objects.all():
        AcknowledgementFactory(
            document_version=read,
            member=member,
            acknowledged_on=world.today - timedelta(days=50),
        )
    assert world.look("C31").state is State.KEPT
    DocumentVersionFactory(
        document=read.document, number=2, published_on=world.today - timedelta(days=31)
    )


def without_an_instruction(world):
    StaffDocument.objects.update(withdrawn_on=world.today)


OF_STAFF = {
    "C30": (unsigned, signed_tomorrow, unsigned_without_a_log_in),
    "C31": (
        never_trained,
        trained_long_ago,
        trained_in_the_law_alone,
        untrained_without_a_log_in,
        an_unread_instruction,
        an_unread_version_after_one_that_was_read,
        without_an_instruction,
    ),
}
