"""Who works with the register, and what is kept of it."""

from register.models.staff.attempts import FailedLogIns, LogInAttempts
from register.models.staff.documents import (
    Acknowledgement,
    DocumentKind,
    DocumentVersion,
    StaffDocument,
)
from register.models.staff.hearings import StaffHearing
from register.models.staff.members import Role, StaffMember, named

__all__ = [
    "Acknowledgement",
    "DocumentKind",
    "DocumentVersion",
    "FailedLogIns",
    "LogInAttempts",
    "Role",
    "StaffDocument",
    "StaffHearing",
    "StaffMember",
    "named",
]
