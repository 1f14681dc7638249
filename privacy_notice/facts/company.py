"""What is published of the controller (C03, C05–C08, C53)."""

from register.inventory import inventory
from register.models import Controller

# How the row is kept, and nothing of the company.
NOT_PUBLISHED = ("id", "version", "site")


def controller(found: Controller) -> dict[str, str]:
    """Return what is published of the controller, by the names of the settings.

    Beside its phone number, as it is typed, stands what a telephone dials.
    """
    names = inventory[found._meta.label].fields
    published = [name for name in names if name not in NOT_PUBLISHED]
    return {name: str(getattr(found, name)) for name in (*published, "phone_dialled")}
