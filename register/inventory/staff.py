"""Staff members (C30, C31, C34)."""

from datetime import timedelta

from .ends import Clock, WithAccount
from .registry import Declaration, inventory
from .terms import staff
from .vocabulary import Subject

inventory.declare(
    Declaration(
        model="register.StaffMember",
        subject=Subject.STAFF,
        ends=WithAccount("pk"),
        personal={
            "user": staff(),
            "agreement_signed_on": staff("C30"),
            "law_trained_on": staff("C31"),
            "law_valid_until": staff("C31"),
            "practices_trained_on": staff("C31"),
            "practices_valid_until": staff("C31"),
            "suspended_from": staff("C34"),
            "suspended_until": staff("C34"),
            "next_suspended_from": staff("C34"),
            "next_suspended_until": staff("C34"),
            "closed_on": staff("C34"),
        },
        not_personal=(
            "id",
            "version",
        ),
        derived=("search_key", "sort_key", "login_key"),
    )
)

inventory.declare(
    Declaration(
        model="register.TrainingWarning",
        subject=Subject.STAFF,
        ends=WithAccount("member"),
        personal={
            "member": staff(),
            "training": staff("C31"),
            "valid_until": staff("C31"),
            "days": staff("C31"),
            "told_at": staff("C31"),
            "main_users_told_at": staff("C31"),
        },
        not_personal=("id",),
    )
)

# The key is a hash that nobody can make without the site's secret, of whatever was typed.
inventory.declare_not_personal("register.LogInAttempts", "id", "key", "count", "since")

# What the staff read is about nobody.
inventory.declare_not_personal(
    "register.StaffDocument",
    "id",
    "version",
    "kind",
    "withdrawn_on",
)
inventory.declare_not_personal(
    "register.DocumentVersion",
    "id",
    "version",
    "document",
    "number",
    "title",
    "text",
    "published_on",
)
inventory.declare(
    Declaration(
        model="register.Acknowledgement",
        subject=Subject.STAFF,
        ends=WithAccount("member"),
        personal={
            "member": staff(),
            "document_version": staff("C31"),
            "opened_on": staff("C31"),
            "acknowledged_on": staff("C31"),
            "on_paper": staff("C31"),
        },
        not_personal=(
            "id",
            "version",
        ),
    )
)
# Until the log of use is told, which happens within a quarter of an hour.
inventory.declare(
    Declaration(
        model="register.FailedLogIns",
        subject=Subject.STAFF,
        ends=Clock("day", timedelta(days=7)),
        personal={"account": staff("C36", "C38")},
        not_personal=("id", "count", "since", "day"),
    )
)
inventory.declare_not_personal("register.StaffHearing", "id", "version", "held_on")
inventory.declare(
    Declaration(
        model="register.OneTimeLink",
        subject=Subject.STAFF,
        ends=WithAccount("member"),
        personal={"member": staff("C35")},
        entries=("by_mail", "made_at", "expires_at", "used_at", "replaced_at"),
        not_personal=("id", "secret_hash"),
    )
)
inventory.declare(
    Declaration(
        model="register.AccessChange",
        subject=Subject.STAFF,
        ends=WithAccount("member"),
        personal={
            "actor": staff("C35"),
            "member": staff("C35"),
            "roles_before": staff("C33"),
            "roles": staff("C33"),
            "seen_by": staff("C35"),
        },
        # The client's key is an opaque one, as in the log of use, and leads nowhere in the end.
        entries=("kind", "at", "on_server", "seen_at"),
        not_personal=("id", "version", "client"),
    )
)
inventory.declare(
    Declaration(
        model="register.RoleRequest",
        subject=Subject.STAFF,
        ends=WithAccount("member"),
        personal={
            "member": staff("C35"),
            "roles_before": staff("C33"),
            "roles": staff("C33"),
            "decided_by": staff("C35"),
        },
        entries=("asked_at", "decision", "decided_at"),
        not_personal=("id", "version"),
    )
)
# What one person's app or paper holds too; encrypted, and gone with the account.
inventory.declare(
    Declaration(
        model="register.FactorSecret",
        subject=Subject.STAFF,
        ends=WithAccount("user__staff_member"),
        personal={"user": staff("C36")},
        # It opens a door and tells nothing of anybody; no page shows it.
        not_personal=("id", "secret_encrypted"),
    )
)
