"""Answers to the public feedback form (C19)."""

from .registry import Declaration, inventory
from .terms import feedback
from .vocabulary import Subject

inventory.declare(
    Declaration(
        model="register.Feedback",
        subject=Subject.CLIENT,
        personal={"answers_encrypted": feedback("C19")},
        not_personal=("id", "received_on"),
    )
)
