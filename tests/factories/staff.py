"""Staff in every role. `staff(Role.COUNSELLOR)` is in good standing unless told otherwise."""

from datetime import date, timedelta

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory

from register.models import AccessChange, OneTimeLink, RoleRequest, StaffMember
from register.models.staff import ChangeKind, Role, StaffHearing

PASSWORD = "oikea hevonen paristo niitti"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"henkilo{n}")
    first_name = factory.Sequence(lambda n: f"Etunimi{n}")
    last_name = factory.Sequence(lambda n: f"Sukunimi{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.django.Password(PASSWORD)


class StaffMemberFactory(DjangoModelFactory):
    class Meta:
        model = StaffMember

    user = factory.SubFactory(UserFactory)
    agreement_signed_on = date(2020, 1, 1)
    law_trained_on = date(2020, 1, 1)
    practices_trained_on = date(2020, 1, 1)
    law_valid_until = date(2100, 1, 1)
    practices_valid_until = date(2100, 1, 1)


class StaffHearingFactory(DjangoModelFactory):
    class Meta:
        model = StaffHearing

    held_on = date(2020, 1, 1)


class OneTimeLinkFactory(DjangoModelFactory):
    class Meta:
        model = OneTimeLink

    member = factory.SubFactory(StaffMemberFactory)
    secret_hash = factory.Sequence(lambda n: f"{n:064x}")
    by_mail = True
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=48))


class AccessChangeFactory(DjangoModelFactory):
    class Meta:
        model = AccessChange

    kind = ChangeKind.LINK
    member = factory.SubFactory(StaffMemberFactory)


class RoleRequestFactory(DjangoModelFactory):
    """Asked by a main user, who wants to be a counsellor as well."""

    class Meta:
        model = RoleRequest

    member = factory.LazyFunction(lambda: staff(Role.MAIN_USER).staff_member)
    roles_before = factory.LazyFunction(lambda: [Role.MAIN_USER.value])
    roles = factory.LazyFunction(lambda: sorted([Role.COUNSELLOR.value, Role.MAIN_USER.value]))


def staff(*roles: Role, **attributes):
    """Return a user with a staff record in good standing, in the given roles."""
    member = StaffMemberFactory(**attributes)
    member.user.groups.add(*Group.objects.filter(name__in=roles))
    return member.user
