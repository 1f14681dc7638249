"""Ordered services, what arises in them, and the catalogue they are chosen from (C14–C18, O9)."""

from .registry import Declaration, inventory
from .terms import content, service, staff
from .vocabulary import ErasureUnit, Subject

inventory.declare(
    Declaration(
        model="register.Note",
        subject=Subject.CLIENT,
        client_path="order__client",
        erased_with=ErasureUnit.ORDER,
        unit_path="order",
        personal={
            "met_on": content("C18"),
            "text_encrypted": content("C18", "C20"),
            "author": staff(),
        },
        not_personal=("id", "version", "order", "basis", "written_at"),
    )
)
inventory.declare(
    Declaration(
        model="register.ServiceOrder",
        subject=Subject.CLIENT,
        client_path="client",
        erased_with=ErasureUnit.ORDER,
        unit_path="pk",
        personal={
            "service": service("C14"),
            "specification_encrypted": service("C14"),
            "manner": service("C15"),
            "office": service("C46"),
            "counsellor": service("C17"),
            "starts_on": service("C16"),
            "planned_end": service("C16"),
            "actual_end": service("C16"),
            "price": service("C21"),
        },
        not_personal=("id", "version", "client", "created_on", "restricted_on"),
    )
)
inventory.declare_not_personal(
    "register.Service", "id", "version", "name", "price", "active", derived=("sort_key",)
)
inventory.declare_not_personal(
    "register.Office", "id", "version", "name", "active", derived=("sort_key",)
)
