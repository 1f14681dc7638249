"""Legal holds, erasure lists, and the runs that count what they erased (C44)."""

from .ends import WithUnit
from .registry import Declaration, inventory
from .terms import protection, staff
from .vocabulary import ErasureUnit, Subject

inventory.declare(
    Declaration(
        model="register.Hold",
        subject=Subject.CLIENT,
        client_path="client",
        ends=WithUnit(ErasureUnit.CLIENT, "client"),
        personal={
            "ground": protection(),
            "reason_encrypted": protection(),
            "set_by": staff(),
        },
        entries=("set_on", "review_on", "reviewed_on", "released_on"),
        not_personal=("id", "version", "client"),
    )
)
inventory.declare_not_personal(
    "register.RetentionRun",
    "id",
    "today",
    "dry",
    "started_at",
    "finished_at",
    "cursor",
    "without_orders",
    "attempts",
    "passes",
    "one_by_one_until",
    "clients_erased",
    "orders_erased",
    "clients_held",
    "clients_deferred",
    "clients_failed",
    "feedback_erased",
    "vouchers_erased",
    "files_removed",
    "steps_failed",
    "clients_waiting",
    "orders_waiting",
    "waits",
)
inventory.declare_not_personal(
    "register.ErasureList",
    "id",
    "version",
    "kind",
    "year",
    "due_on",
    "begun_on",
    "frozen_at",
    "erases_at",
    "confirmed_on",
    "told_at",
    "run",
    "cursor",
    "without_orders",
    "clients",
    "orders",
    "feedback",
    "vouchers",
)
# An opaque key, as in the records of what was erased: it goes before or with what it names.
inventory.declare_not_personal("register.ListedUnit", "key", "kind", "erasure_list")
