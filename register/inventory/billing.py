"""What is disclosed for billing, and what bookkeeping keeps of it (C24, C25, C45)."""

from .ends import NamesAccount, Voucher
from .registry import Declaration, inventory
from .terms import FINANCE, bookkeeping, staff
from .vocabulary import Subject

inventory.declare(
    Declaration(
        model="register.BookkeepingRow",
        subject=Subject.CLIENT,
        client_path="order__client",
        ends=Voucher(),
        personal={
            "name": bookkeeping("C25", "C45", recipients=FINANCE),
            "email": bookkeeping("C25", recipients=FINANCE),
            "service_name": bookkeeping(
                "C25", "C45", recipients=FINANCE, parts=("month", "amount", "reference")
            ),
        },
        entries=("entered_on", "keep_until"),
        not_personal=("id", "batch", "order"),
        derived=("sort_key",),
    )
)
inventory.declare(
    Declaration(
        model="register.ExportBatch",
        subject=Subject.STAFF,
        ends=NamesAccount(),
        personal={"made_by": staff()},
        not_personal=(
            "id",
            "version",
            "recipient",
            "state",
            "made_on",
            "row_count",
            "sha256",
            "received_on",
            "attempts",
            "cursor",
        ),
    )
)
