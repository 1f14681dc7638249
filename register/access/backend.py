"""Who may log in at all: C34's suspended and closed accounts may not, from the next request on."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from register.access import attempts
from register.access.login_names import stored_login_name
from register.models import StaffMember
from register.reference.clock import today


class StaffBackend(ModelBackend):
    """Django's own backend, which also asks whether the login has been removed (C34).

    It is asked on every request of a session, so that a running session ends at once.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Find the account also where the user name is typed in capitals or another width.

        After too many failed attempts nobody is found, and no password looked at (C36). An unknown
        name costs as much as a wrong password: Django hashes it all the same.
        """
        if not username or password is None:
            return None
        if not attempts.begin(username, request):
            return None
        stored = stored_login_name(username) or username
        user = super().authenticate(request, username=stored, password=password, **kwargs)
        if user is not None:
            attempts.succeeded(username, request)
        return user

    def user_can_authenticate(self, user: Any) -> bool:
        if not super().user_can_authenticate(user):
            return False
        staff_member = StaffMember.objects.filter(user=user).first()
        return staff_member is None or not staff_member.is_suspended(today())
