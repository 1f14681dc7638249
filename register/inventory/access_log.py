"""The log of use and the history of the register's objects (C38)."""

from .ends import WithTheLog
from .registry import Declaration, inventory
from .terms import log
from .vocabulary import Subject

inventory.declare(
    Declaration(
        model="register.AccessLogEntry",
        subject=Subject.STAFF,
        ends=WithTheLog(),
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
            "seal",
            "place",
            "mark",
            "salt",
            "commitment",
        ),
    )
)
inventory.declare(
    Declaration(
        model="register.AccessLogSubject",
        subject=Subject.CLIENT,
        ends=WithTheLog(),
        personal={"client": log("C38")},
        entries=("entry", "salt", "commitment"),
        not_personal=("id",),
    )
)
inventory.declare(
    Declaration(
        model="register.RegisterLogEntry",
        subject=Subject.STAFF,
        ends=WithTheLog(),
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
inventory.declare_not_personal(
    "register.Seal",
    "position",
    "kind",
    "sealed_at",
    "count",
    "digest",
    "replaced",
    "replaced_head",
    "previous",
    "head",
    "key_id",
    "mac",
)
