"""What the register is (C04)."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from privacy_notice.promises.links import screen
from privacy_notice.promises.looking import Look
from privacy_notice.promises.registry import Found, broken, kept, nothing_yet, promise
from register.models import Client, ServiceOrder


@promise("C04", _("Only people who buy guidance are in it"), seen_at=screen(Client))
def buyers_only(look: Look) -> Found:
    """Whoever is in it has ordered something: it holds no prospects."""
    clients = Client.objects.count()
    if not clients:
        return nothing_yet()
    ordered = Exists(ServiceOrder.objects.filter(client=OuterRef("pk")))
    without = Client.objects.filter(~ordered).count()
    if without:
        return broken(
            ngettext_lazy(
                "%(count)d client has ordered nothing.",
                "%(count)d clients have ordered nothing.",
                "count",
            ),
            count=without,
        )
    return kept(
        ngettext_lazy(
            "The register holds %(count)d client, who has ordered a service.",
            "The register holds %(count)d clients, and each has ordered a service.",
            "count",
        ),
        count=clients,
    )
