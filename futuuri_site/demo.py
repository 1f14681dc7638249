"""Demo logins, whose password everybody knows: for development only.

They are made only where `settings.DEMO_CONTENT_ALLOWED` is true, which is in the development
settings. A database that holds one is recognised by its e-mail domain, which nobody can own
(RFC 2606), or by its user name; production refuses to start on it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from register.models.staff import Role

EMAIL_DOMAIN = "demo.invalid"
PASSWORD = "demo-salasana-2026"  # noqa: S105 - known on purpose, refused in production


@dataclass(frozen=True, slots=True)
class Login:
    username: str
    first_name: str
    last_name: str
    roles: tuple[Role, ...]
    description: str

    @property
    def email(self) -> str:
        return f"{self.username}@{EMAIL_DOMAIN}"


LOGINS = (
    Login("demo-ohjaaja", "Aino", "Ohjaaja", (Role.COUNSELLOR,), "counsellor"),
    Login("demo-ohjaaja2", "Eero", "Ohjaaja", (Role.COUNSELLOR,), "another counsellor"),
    Login("demo-laskutus", "Lasse", "Laskuttaja", (Role.BILLING,), "billing"),
    Login("demo-paakayttaja", "Paula", "Pääkäyttäjä", (Role.MAIN_USER,), "main user"),
    Login(
        "demo-tietosuoja",
        "Tiina",
        "Tietosuoja",
        (Role.DATA_PROTECTION,),
        "data protection contact",
    ),
    Login("demo-sisalto", "Sami", "Sisältö", (Role.EDITOR,), "editor"),
    Login(
        "demo-kaikki",
        "Kaisa",
        "Monitoimi",
        (Role.COUNSELLOR, Role.BILLING, Role.MAIN_USER, Role.EDITOR),
        "counsellor, billing, main user and editor in one person",
    ),
)


def demo_logins_exist() -> bool:
    """Whether the database holds a login whose password everybody knows."""
    names = [login.username for login in LOGINS]
    marked = Q(email__iendswith=f"@{EMAIL_DOMAIN}") | Q(username__in=names)
    return get_user_model()._default_manager.filter(marked).exists()


def refuse_demo_logins() -> None:
    """Raise ImproperlyConfigured when this is no demonstration and its logins are there."""
    if not settings.DEMO_CONTENT_ALLOWED and demo_logins_exist():
        raise ImproperlyConfigured(
            "This database holds demo logins, whose password is public. "
            "Start production on a database of its own."
        )
