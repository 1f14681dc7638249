"""Who may log in at all: C34's suspended and closed accounts may not, from the next request on."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from .models import StaffMember


class StaffBackend(ModelBackend):
    """Django's own backend, which also asks whether the login has been removed (C34).

    It is asked on every request of a session, so that a running session ends at once.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        if not super().user_can_authenticate(user):
            return False
        staff_member = StaffMember.objects.filter(user=user).first()
        return staff_member is None or not staff_member.is_suspended(timezone.localdate())
