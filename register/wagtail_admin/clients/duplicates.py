"""Likely duplicates across counsellors, for the data protection contact (C33)."""

from typing import Any

from django.db.models import QuerySet

from register.access.standing import User
from register.models import LikelyDuplicate
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.columns import Column


class LikelyDuplicateAdmin(RegisterModelAdmin):
    """Likely duplicates across counsellors: register numbers only, for the contact (C33)."""

    model = LikelyDuplicate
    ordering = ("-found_on",)
    columns = ("client", "other", Column("found_on", sortable=True))

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("client", "other")
