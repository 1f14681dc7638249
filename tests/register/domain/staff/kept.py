"""Something of each kind that is kept of a member of the staff, as the inventory declares it."""

from datetime import date

from register.models import TrainingWarning
from register.models.staff import Training
from tests.factories import (
    AccessChangeFactory,
    AcknowledgementFactory,
    OneTimeLinkFactory,
    RoleRequestFactory,
)
from tests.factors import with_app


def something_of_each_kind(user):
    member = user.staff_member
    for make in (
        AcknowledgementFactory,
        AccessChangeFactory,
        RoleRequestFactory,
        OneTimeLinkFactory,
    ):
        make(member=member)
    TrainingWarning.objects.create(
        member=member, training=Training.LAW, valid_until=date(2027, 1, 1), days=60
    )
    with_app(user)
