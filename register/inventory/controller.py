"""The controller's published facts; the contact person is named there by duty (C05–C08, C53)."""

from .registry import inventory

inventory.declare_not_personal(
    "register.Controller",
    "id",
    "version",
    "site",
    "register_name",
    "name",
    "street_address",
    "postal_code",
    "city",
    "business_id",
    "email",
    "phone",
    "website",
    "contact_name",
    "contact_street_address",
    "contact_postal_code",
    "contact_city",
    "contact_phone",
    "contact_email",
)
