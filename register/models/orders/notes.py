"""What arises in delivering a service: its notes (C18, C20)."""

import uuid

from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from register.db.encryption import Encrypted
from register.db.states import State
from register.db.versioned import Versioned, VersionedQuerySet
from register.inventory.vocabulary import LegalBasis


class NoteBasis(TextChoices):
    """Where a note comes from, which decides its legal basis (C20)."""

    TOLD_BY_CLIENT = "told_by_client", _("Told by the client (consent)")
    AROSE_IN_DELIVERY = "arose_in_delivery", _("Arose in delivery (legitimate interest)")

    @property
    def legal_basis(self) -> LegalBasis:
        return {
            NoteBasis.TOLD_BY_CLIENT: LegalBasis.CONSENT,
            NoteBasis.AROSE_IN_DELIVERY: LegalBasis.LEGITIMATE_INTEREST,
        }[self]


class NoteKind(TextChoices):
    """What a note is about. A no-show prolongs nothing (C18, C44)."""

    MEETING = "meeting", _("Meeting")
    CALL = "call", _("Call")
    MESSAGE = "message", _("Message")
    NO_SHOW = "no_show", _("No-show")


class NoteQuerySet(VersionedQuerySet["Note"]):
    def prolonging(self) -> "NoteQuerySet":
        """Notes of which the day keeps an order that nobody ended: the client was there (C44)."""
        return self.filter(Note.is_prolonging.condition)


class Note(Versioned):
    """Information that arises in delivering the service (C18). No attachments (C23)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(
        "register.ServiceOrder",
        on_delete=models.CASCADE,
        related_name="notes",
        verbose_name=_("order"),
        editable=False,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NoteKind, default=NoteKind.MEETING)
    met_on = models.DateField(_("day"))
    basis = models.CharField(
        _("where the information comes from"), max_length=20, choices=NoteBasis
    )
    text_encrypted = models.TextField(_("note"), editable=False)
    text = Encrypted(max_length=20_000)
    author = models.ForeignKey(
        "register.StaffMember",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
        editable=False,
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    is_prolonging = State(~Q(kind=NoteKind.NO_SHOW))

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-met_on", "-written_at"]
        indexes = [models.Index(fields=["order", "met_on"], name="note_by_order")]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]
