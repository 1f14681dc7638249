"""Which account a log-in name means, however it is typed."""

from django.contrib.auth import get_user_model

from register.models import StaffMember
from register.text.login_names import login_key


def stored_login_name(typed: str) -> str | None:
    """Return the user name of the account that is meant; None when there is none.

    Capitals and other widths make no difference. Of the staff the database allows no two that
    read alike; a user who is none of them, as a superuser of the host project, is compared here.
    """
    users = get_user_model()._default_manager
    if users.filter(username=typed).exists():
        return typed
    key = login_key(typed)
    members = StaffMember.objects.filter(login_key=key).values_list("user__username", flat=True)
    others = users.filter(staff_member=None).values_list("username", flat=True)
    return members.first() or next((name for name in others if login_key(name) == key), None)
