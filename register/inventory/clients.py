"""Clients, who is assigned to whom, and who may be one person (C09–C13, C33)."""

from .registry import Declaration, inventory
from .terms import FINANCE, identity, protection, service
from .vocabulary import ErasureUnit, Subject

inventory.declare(
    Declaration(
        model="register.Client",
        subject=Subject.CLIENT,
        client_path="pk",
        erased_with=ErasureUnit.CLIENT,
        unit_path="pk",
        personal={
            "name": identity("C09", "C25", recipients=FINANCE),
            "email": identity("C10", "C25", recipients=FINANCE),
            "phone": identity("C11"),
            "home_municipality": identity("C12"),
            "birth_year": identity("C13"),
        },
        not_personal=("id", "version", "register_number", "created_on", "restricted_on"),
        derived=("search_key", "sort_key"),
    )
)
inventory.declare(
    Declaration(
        model="register.Assignment",
        subject=Subject.CLIENT,
        client_path="content_object",
        erased_with=ErasureUnit.CLIENT,
        unit_path="content_object",
        personal={"user": service("C17")},
        not_personal=(
            "id",
            "version",
            "permission",
            "content_object",
            "valid_from",
            "valid_until",
            "revoked_on",
        ),
    )
)
inventory.declare(
    Declaration(
        model="register.LikelyDuplicate",
        subject=Subject.CLIENT,
        client_path="client",
        erased_with=ErasureUnit.CLIENT,
        unit_path="client",
        personal={"client": protection(), "other": protection()},
        not_personal=("id", "found_on", "resolved_on"),
    )
)
