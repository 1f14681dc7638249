"""The controller's published facts (C03, C05–C08, C53), kept by the editors, not in code."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from register.db.versioned import Versioned, VersionedQuerySet
from register.text.model_fields import BusinessIdField, EmailField, LineField
from register.text.validators import validate_business_id


@register_setting(icon="home")
class Controller(Versioned, BaseSiteSetting):
    """Who keeps the register. The two street addresses are two facts (O3): never merge them.

    Phone numbers and addresses are shown as typed (C08), in the one form of every text.
    """

    register_name = LineField(_("register's name"), max_length=200, blank=True)
    name = LineField(_("controller"), max_length=200, blank=True)
    street_address = LineField(_("street address"), max_length=200, blank=True)
    postal_code = LineField(_("postal code"), max_length=10, blank=True)
    city = LineField(_("city"), max_length=100, blank=True)
    business_id = BusinessIdField(
        _("business ID"), max_length=9, blank=True, validators=[validate_business_id]
    )
    email = EmailField(_("e-mail address"), blank=True)
    phone = LineField(_("phone number"), max_length=40, blank=True)
    website = LineField(_("website"), max_length=200, blank=True)

    contact_name = LineField(_("contact person's name"), max_length=200, blank=True)
    contact_street_address = LineField(
        _("contact person's street address"), max_length=200, blank=True
    )
    contact_postal_code = LineField(_("contact person's postal code"), max_length=10, blank=True)
    contact_city = LineField(_("contact person's city"), max_length=100, blank=True)
    contact_phone = LineField(_("contact person's phone number"), max_length=40, blank=True)
    contact_email = EmailField(_("contact person's e-mail address"), blank=True)

    objects = VersionedQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "register_name",
                    "name",
                    "business_id",
                    "street_address",
                    "postal_code",
                    "city",
                    "email",
                    "phone",
                    "website",
                )
            ],
            heading=_("Controller"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "contact_name",
                    "contact_street_address",
                    "contact_postal_code",
                    "contact_city",
                    "contact_phone",
                    "contact_email",
                )
            ],
            heading=_("Contact person"),
        ),
    ]

    class Meta:
        verbose_name = _("controller")

    def __str__(self) -> str:
        return self.name
