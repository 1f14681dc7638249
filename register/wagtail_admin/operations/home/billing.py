"""Billing's block of the first screen: what is unbilled, and which batches wait (C24)."""

from typing import Any

from register.access.gate import visible
from register.domain.billing import preview
from register.models import ExportBatch
from register.models.staff import Role
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import plain
from register.wagtail_admin.operations.home.block import Block


class BillingBlock(Block):
    """Counts and sums; whose services they are is behind a click (C38)."""

    role = Role.BILLING
    name = "register_billing"
    order = 30
    template_name = "register/admin/home/billing.html"

    def content(self) -> dict[str, Any]:
        unbilled = preview.unbilled(by=self.user, today=self.today)
        batches = visible(ExportBatch, to=self.user, today=self.today)
        waiting = batches.downloadable().order_by("made_on", "pk")  # type: ignore[attr-defined]
        return {
            "unbilled": unbilled,
            "total": plain(unbilled.total),
            "waiting": [
                (batch, plain(batch.made_on), address(batch, "inspect"))
                for batch in waiting
                if batch.awaits_receipt
            ],
        }
