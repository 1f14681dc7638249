"""What rights you have (C47–C52): nothing of it is built yet."""

from django.utils.translation import gettext_lazy as _

from privacy_notice.promises.links import section
from privacy_notice.promises.registry import not_built

SEEN_AT = section("oikeudet")

for clause, title, missing in (
    ("C47", _("Clients get a summary of their data"), _("the summary of a client's data")),
    (
        "C48",
        _("Errors are corrected on request"),
        _("requests for correction, with before and after, and who is to be told"),
    ),
    (
        "C49",
        _("Data is erased on request"),
        _("requests for erasure, with a ground for each item that stays"),
    ),
    ("C50", _("Requests are written, with an address"), _("requests of clients")),
    (
        "C51",
        _("Answers are written, within a month"),
        _("letters, due days and days of posting"),
    ),
    (
        "C52",
        _("Looking is free once a year"),
        _("requests, counted by client and calendar year"),
    ),
):
    not_built(__name__, clause, title, missing=missing, seen_at=SEEN_AT)
