"""Versions of the notice, the purposes they tell of, and who was given them (C19)."""

from .ends import WithUnit
from .registry import Declaration, inventory
from .terms import protection, staff
from .vocabulary import ErasureUnit, Subject

inventory.declare(
    Declaration(
        model="register.NoticeGiven",
        subject=Subject.CLIENT,
        client_path="client",
        ends=WithUnit(ErasureUnit.CLIENT, "client"),
        personal={"notice_version": protection("C19"), "given_by": staff()},
        entries=("given_on",),
        not_personal=("id", "version", "client"),
    )
)
inventory.declare_not_personal(
    "register.MaterialChange",
    "id",
    "notice_version",
    "published_on",
    "finished_on",
    "reason",
    "address",
)
inventory.declare_not_personal("register.PublishedPurpose", "id", "category", "purpose", "change")
