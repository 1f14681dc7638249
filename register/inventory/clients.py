"""Clients, who is assigned to whom, and who may be one person (C09–C13, C33)."""

from .ends import WithUnit
from .registry import Declaration, inventory
from .terms import FINANCE, identity, protection, service
from .vocabulary import ErasureUnit, Subject

inventory.declare(
    Declaration(
        model="register.Client",
        subject=Subject.CLIENT,
        client_path="pk",
        ends=WithUnit(ErasureUnit.CLIENT, "pk"),
        personal={
            "name": identity("C09", "C25", recipients=FINANCE),
            "email": identity("C10", "C25", recipients=FINANCE),
            "phone": identity("C11"),
            "home_municipality": identity("C12"),
            "birth_year": identity("C13"),
        },
        entries=("register_number", "created_on", "restricted_on"),
        not_personal=("id", "version"),
        derived=("search_key", "sort_key"),
    )
)
inventory.declare(
    Declaration(
        model="register.Assignment",
        subject=Subject.CLIENT,
        client_path="content_object",
        ends=WithUnit(ErasureUnit.CLIENT, "content_object"),
        personal={"user": service("C17")},
        entries=("valid_from", "valid_until", "revoked_on"),
        not_personal=("id", "version", "permission", "content_object"),
    )
)
inventory.declare(
    Declaration(
        model="register.LikelyDuplicate",
        subject=Subject.CLIENT,
        client_path="client",
        ends=WithUnit(ErasureUnit.CLIENT, "client"),
        personal={"client": protection(), "other": protection()},
        entries=("found_on", "resolved_on"),
        not_personal=("id",),
    )
)
