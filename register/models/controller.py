"""The controller's published facts (C03, C05–C08, C53), kept by the editors, not in code."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from register.db.versioned import Versioned, VersionedQuerySet
from register.text.model_fields import BusinessIdField, EmailField, HostField, LineField
from register.text.phone_numbers import dialled, validate_can_be_dialled
from register.text.validators import validate_business_id


@register_setting(icon="home")
class Controller(Versioned, BaseSiteSetting):
    """Who keeps the register. The two street addresses are two facts (O3): never merge them.

    None may be empty. Phone numbers and addresses are shown as typed (C08), in the one form of
    every text; a website is a bare host.
    """

    register_name = LineField(_("register's name"), max_length=200)
    name = LineField(_("controller"), max_length=200)
    street_address = LineField(_("street address"), max_length=200)
    postal_code = LineField(_("postal code"), max_length=10)
    city = LineField(_("city"), max_length=100)
    business_id = BusinessIdField(_("business ID"), max_length=9, validators=[validate_business_id])
    email = EmailField(_("e-mail address"))
    phone = LineField(_("phone number"), max_length=40, validators=[validate_can_be_dialled])
    website = HostField(_("website"), max_length=200)

    contact_name = LineField(_("contact person's name"), max_length=200)
    contact_street_address = LineField(_("contact person's street address"), max_length=200)
    contact_postal_code = LineField(_("contact person's postal code"), max_length=10)
    contact_city = LineField(_("contact person's city"), max_length=100)
    contact_phone = LineField(
        _("contact person's phone number"), max_length=40, validators=[validate_can_be_dialled]
    )
    contact_email = EmailField(_("contact person's e-mail address"))

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

    @property
    def phone_dialled(self) -> str:
        return dialled(self.phone)
