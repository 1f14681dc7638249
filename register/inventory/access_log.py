"""The log of use and the history of the register's objects (C38)."""

from .registry import Declaration, inventory
from .terms import log
from .vocabulary import Subject

inventory.declare(
    Declaration(
        model="register.AccessLogEntry",
        subject=Subject.STAFF,
        personal={"actor": log("C38")},
        not_personal=(
            "id",
            "at",
            "action",
            "purpose",
            "model",
            "object_key",
            "view",
            "recipient",
            "count",
            "details",
        ),
    )
)
inventory.declare(
    Declaration(
        model="register.AccessLogSubject",
        subject=Subject.CLIENT,
        personal={"client": log("C38")},
        not_personal=("id", "entry"),
    )
)
inventory.declare(
    Declaration(
        model="register.RegisterLogEntry",
        subject=Subject.STAFF,
        personal={"user": log("C38")},
        not_personal=(
            "id",
            "content_type",
            "label",
            "action",
            "data",
            "timestamp",
            "uuid",
            "revision",
            "content_changed",
            "deleted",
            "object_id",
        ),
    )
)
