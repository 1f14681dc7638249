"""Who works with the register, and what is kept of it."""

from register.models.staff.attempts import LogInAttempts
from register.models.staff.members import Role, StaffMember, named

__all__ = ["LogInAttempts", "Role", "StaffMember", "named"]
