"""Answers to the public feedback form (C19)."""

from .ends import AfterTheYear
from .registry import Declaration, inventory
from .terms import feedback
from .vocabulary import Subject

inventory.declare(
    Declaration(
        model="register.Feedback",
        subject=Subject.CLIENT,
        ends=AfterTheYear(),
        # The client sends it, on that day.
        consent_shown_by="received_on",
        personal={"answers_encrypted": feedback("C19")},
        entries=("received_on",),
        not_personal=("id",),
    )
)
