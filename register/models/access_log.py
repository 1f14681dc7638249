"""The log of use (C38): who read or changed what, when and why. It holds no personal value."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseLogEntry
from wagtail.models.audit_log import ModelLogEntryManager

from register.inventory.vocabulary import Purpose
from register.reference.clock import local

HASH, SALT = 64, 32  # hexadecimal digits


class Action(TextChoices):
    """What was done, as the log of use tells it (C38)."""

    LIST = "list", _("Listed")
    SEARCH = "search", _("Searched")
    VIEW = "view", _("Viewed")
    CREATE = "create", _("Added")
    CHANGE = "change", _("Changed")
    HISTORY = "history", _("Viewed history")
    ASSIGN = "assign", _("Assigned")
    EXPORT = "export", _("Exported")
    DISCLOSE = "disclose", _("Disclosed")
    DOWNLOAD = "download", _("Downloaded")
    HOLD = "hold", _("Erasure postponed")
    REVIEW = "review", _("Hold reviewed")
    RELEASE = "release", _("Hold released")
    CONFIRM = "confirm", _("Confirmed")
    DENY = "deny", _("Found not right")
    HASTEN = "hasten", _("Erased by the next run")
    RESTRICT = "restrict", _("Restricted")
    ERASE = "erase", _("Erased")
    DELETE = "delete", _("Deleted")
    UNREADABLE = "unreadable", _("Could not be read")
    LOG_IN = "log_in", _("Logged in")
    LOG_OUT = "log_out", _("Logged out")
    LOG_FAILED = "log_failed", _("Failed to log in")
    SETTINGS = "settings", _("Settings changed")


class AppendOnly(models.QuerySet[Any]):
    """Rows that are written once. Retention has its own way (`register.domain.erasure`)."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("The log of use is never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The log of use is never deleted from by hand.")


class AccessLogEntry(models.Model):
    """One request or task that used personal data. No foreign keys: it outlives what it names.

    `seal`, `place` and what follows them are set once, when the row is sealed: `mark` is the hash
    of the row, in which a salted commitment stands for the object's key.
    """

    at = models.DateTimeField(_("at"), default=timezone.now)
    actor = models.PositiveBigIntegerField(_("user"), null=True, blank=True)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    model = models.CharField(_("kind of data"), max_length=50)
    object_key = models.CharField(_("object"), max_length=36, blank=True)
    view = models.CharField(_("view"), max_length=50)
    recipient = models.PositiveBigIntegerField(_("recipient"), null=True, blank=True)
    count = models.PositiveIntegerField(_("rows"), default=0)
    details = models.JSONField(_("details"), default=dict, blank=True)
    seal = models.PositiveBigIntegerField(_("seal"), null=True, blank=True, editable=False)
    place = models.PositiveIntegerField(_("place"), null=True, blank=True, editable=False)
    mark = models.CharField(_("mark"), max_length=HASH, blank=True, editable=False)
    salt = models.CharField(_("salt"), max_length=SALT, blank=True, editable=False)
    commitment = models.CharField(_("commitment"), max_length=HASH, blank=True, editable=False)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log of use")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["at"], name="access_log_by_time"),
            models.Index(fields=["actor", "at"], name="access_log_by_actor"),
            models.Index(fields=["action", "at"], name="access_log_by_action"),
            models.Index(fields=["object_key"], name="access_log_by_object"),
            models.Index(
                fields=["model", "object_key"],
                condition=Q(action=Action.UNREADABLE),
                name="access_log_unreadable",
            ),
            models.Index(fields=["at", "id"], condition=Q(seal=None), name="access_log_unsealed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["seal", "place"],
                condition=Q(seal__isnull=False),
                name="one_row_in_each_place_of_a_seal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The log of use is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The log of use is never deleted from by hand.")

    @property
    def local_time(self) -> str:
        return f"{local(self.at):%d.%m.%Y %H:%M:%S}"

    @property
    def model_class(self) -> type[models.Model]:
        """The kind of data, as a model."""
        return apps.get_model(self.model)

    @property
    def model_name(self) -> str:
        """The kind of data, as people call it."""
        return str(self.model_class._meta.verbose_name)


class AccessLogSubject(models.Model):
    """A client whose data an entry is about: an opaque id, kept after the client is erased.

    Sealed is the commitment alone, so that key and salt can be erased and the seal stays valid.
    """

    entry = models.PositiveBigIntegerField(_("log entry"), db_index=True)
    client = models.UUIDField(_("client"), null=True, db_index=True)
    # With a default of the database's own: many clients are noted without a model's instance.
    salt = models.CharField(
        _("salt"), max_length=SALT, blank=True, editable=False, default="", db_default=""
    )
    commitment = models.CharField(
        _("commitment"), max_length=HASH, blank=True, editable=False, default="", db_default=""
    )

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("client in the log of use")
        verbose_name_plural = _("clients in the log of use")

    def __str__(self) -> str:
        return f"{self.pk}"


class SealKind(TextChoices):
    """Why a seal was made."""

    ROWS = "rows", _("Rows sealed")
    RESTORE = "restore", _("Database restored")
    ERASED = "erased", _("Old segments erased")


class Seal(models.Model):
    """A segment of the log that was sealed, chained to the seal before it (C38).

    Attributes:
        count: how many rows were sealed, or erased.
        digest: the hash of the marks of the segment's rows, in the order of their places; of what
            was erased, the hash of its heads.
        replaced: the newest seal that the checkpoint file knew when a database was restored; the
            last one that was erased, where segments were. `replaced_head` is its head.
        head: the hash of all the above and of the head before it: of the whole log until here.
        mac: the head, signed with the encryption key of that id.
    """

    position = models.PositiveBigIntegerField(_("position"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=10, choices=SealKind)
    sealed_at = models.DateTimeField(_("sealed at"))
    count = models.PositiveIntegerField(_("rows"))
    digest = models.CharField(_("digest"), max_length=HASH, editable=False)
    replaced = models.PositiveBigIntegerField(_("replaced"), null=True, blank=True)
    replaced_head = models.CharField(
        _("replaced head"), max_length=HASH, blank=True, editable=False
    )
    previous = models.CharField(_("previous head"), max_length=HASH, blank=True, editable=False)
    head = models.CharField(_("head"), max_length=HASH, editable=False)
    key_id = models.CharField(_("key"), max_length=30, editable=False)
    mac = models.CharField(_("signature"), max_length=HASH, editable=False)

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("seal of the log of use")
        verbose_name_plural = _("seals of the log of use")
        ordering = ["position"]
        indexes = [
            models.Index(fields=["replaced"], condition=Q(kind="erased"), name="seals_of_erasure"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class RegisterLogEntryManager(ModelLogEntryManager):
    def viewable_by_user(self, user: Any) -> models.QuerySet["RegisterLogEntry"]:
        """Nothing, to anyone: Wagtail's site history is no way into the register (C33)."""
        return self.none()


class RegisterLogEntry(BaseLogEntry):
    """Wagtail's history of the register's objects, apart from the site's own.

    Labels are register numbers (`str(obj)`); each object's history is shown by the base
    ModelAdmin after the access gate, and by nothing else.
    """

    object_id = models.CharField(max_length=255, db_index=True)

    objects = RegisterLogEntryManager()

    class Meta:
        ordering = ["-timestamp", "-id"]
        verbose_name = _("register history entry")
        verbose_name_plural = _("register history entries")

    def __str__(self) -> str:
        return f"{self.pk}"
