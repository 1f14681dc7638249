"""Who works with the register, and what is kept of it."""

from register.models.staff.attempts import FailedLogIns, LogInAttempts
from register.models.staff.changes import AccessChange, ChangeKind
from register.models.staff.documents import (
    Acknowledgement,
    DocumentKind,
    DocumentVersion,
    StaffDocument,
)
from register.models.staff.factors import FactorSecret
from register.models.staff.hearings import StaffHearing
from register.models.staff.links import OneTimeLink
from register.models.staff.members import Role, StaffMember, named
from register.models.staff.role_requests import Decision, RoleRequest
from register.models.staff.trainings import TRAINING_DATES, Training, TrainingWarning

__all__ = [
    "TRAINING_DATES",
    "AccessChange",
    "Acknowledgement",
    "ChangeKind",
    "Decision",
    "DocumentKind",
    "DocumentVersion",
    "FactorSecret",
    "FailedLogIns",
    "LogInAttempts",
    "OneTimeLink",
    "Role",
    "RoleRequest",
    "StaffDocument",
    "StaffHearing",
    "StaffMember",
    "Training",
    "TrainingWarning",
    "named",
]
