"""The controller's published facts (C03, C05–C08, C53), kept by the editors, not in code."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from register.validators import validate_business_id


@register_setting(icon="home")
class Controller(BaseSiteSetting):
    """Who keeps the register. The two street addresses are two facts (O3): never merge them.

    Phone numbers and addresses are shown exactly as typed (C08).
    """

    register_name = models.CharField(_("register's name"), max_length=200, blank=True)
    name = models.CharField(_("controller"), max_length=200, blank=True)
    street_address = models.CharField(_("street address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    business_id = models.CharField(
        _("business ID"), max_length=9, blank=True, validators=[validate_business_id]
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=40, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)

    contact_name = models.CharField(_("contact person's name"), max_length=200, blank=True)
    contact_street_address = models.CharField(
        _("contact person's street address"), max_length=200, blank=True
    )
    contact_postal_code = models.CharField(
        _("contact person's postal code"), max_length=10, blank=True
    )
    contact_city = models.CharField(_("contact person's city"), max_length=100, blank=True)
    contact_phone = models.CharField(_("contact person's phone number"), max_length=40, blank=True)
    contact_email = models.EmailField(_("contact person's e-mail address"), blank=True)

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
