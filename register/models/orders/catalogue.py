"""What can be ordered, and where: the catalogue of services, and the offices (C14, O9)."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from register.db.fixed import Fixing, FixingQuerySet
from register.db.keys import Keyed, SortKey
from register.db.versioned import Versioned, VersionedQuerySet
from register.text.folding import for_order
from register.text.model_fields import LineField


class ServiceQuerySet(FixingQuerySet["Service"], VersionedQuerySet["Service"]):  # type: ignore[override]
    """Services of the catalogue."""


class Service(Keyed, Fixing, Versioned):
    """A guidance service in the catalogue. Its name is what the invoice says (C25)."""

    name = LineField(_("name"), max_length=100, unique=True)
    price = models.DecimalField(
        _("price (€, VAT included)"),
        max_digits=9,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    active = models.BooleanField(_("can be ordered"), default=True)
    sort_key = SortKey(lambda row: for_order(row.name), sources=("name",))

    fixed_when = {"name": Q(serviceorder__bookkeeping_row__isnull=False)}

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse another name for what was billed under this one."""
        if self.fixed_and_changed():
            refusal = _(
                "The service was billed under this name, so the name can't be changed. Take it "
                "out of use and add a new one."
            )
            raise ValidationError({"name": refusal})


class Office(Keyed, Versioned):
    """An office of the company. Belongs to the service order, never to the client (O9)."""

    name = LineField(_("name"), max_length=100, unique=True)
    active = models.BooleanField(_("in use"), default=True)
    sort_key = SortKey(lambda row: for_order(row.name), sources=("name",))

    objects = VersionedQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name
