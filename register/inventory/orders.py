"""Ordered services, what arises in them, and the catalogue they are chosen from (C14–C18, O9)."""

from .ends import WithUnit
from .registry import Declaration, inventory
from .terms import content, service, staff
from .vocabulary import ErasureUnit, Subject

inventory.declare(
    Declaration(
        model="register.Note",
        subject=Subject.CLIENT,
        client_path="order__client",
        ends=WithUnit(ErasureUnit.ORDER, "order"),
        consent_shown_by="basis",
        personal={
            "kind": content("C18"),
            "met_on": content("C18"),
            "text_encrypted": content("C18", "C20"),
            "author": staff(),
        },
        entries=("basis", "written_at"),
        not_personal=("id", "version", "order"),
    )
)
inventory.declare(
    Declaration(
        model="register.ServiceOrder",
        subject=Subject.CLIENT,
        client_path="client",
        ends=WithUnit(ErasureUnit.ORDER, "pk"),
        counted=("service", "manner", "office"),
        personal={
            "service": service("C14"),
            "specification_encrypted": service("C14"),
            "manner": service("C15"),
            "office": service("C46"),
            "counsellor": service("C17"),
            "starts_on": service("C16"),
            "planned_end": service("C16"),
            "actual_end": service("C16"),
            "cancelled_on": service("C16"),
            "long_validity_reason_encrypted": service("C16"),
            "price": service("C21"),
            "billed_before": service("C21"),
        },
        entries=("created_on", "restricted_on"),
        not_personal=("id", "version", "client"),
    )
)
inventory.declare_not_personal(
    "register.Service", "id", "version", "name", "price", "active", derived=("sort_key",)
)
inventory.declare_not_personal(
    "register.Office", "id", "version", "name", "active", derived=("sort_key",)
)
