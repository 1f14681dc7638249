"""Addresses of Wagtail's admin that the register answers itself.

A project includes them under the same prefix as Wagtail's, and before them; a check insists.
"""

from typing import Any

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from register.access import second_factor, sessions
from register.domain.staff import links
from register.wagtail_admin.staff import factors, log_in
from register.wagtail_admin.staff import own_record as own
from register.wagtail_admin.staff.account import AccountView
from register.wagtail_admin.staff.own_record import OwnRecordView
from register.wagtail_admin.staff.prove import ProveView
from register.wagtail_admin.staff.session import session
from register.wagtail_admin.staff.setting_password import LinkView

own_record = require_admin_access(OwnRecordView.as_view())
account = never_cache(require_admin_access(AccountView.as_view()))


def owned(view: Any) -> Any:
    """A page of one's own account."""
    return never_cache(require_admin_access(view.as_view()))


urlpatterns = [
    # The one door: Wagtail's own view of that name is never reached.
    path("login/", log_in.log_in, name=second_factor.DOOR),
    path("login/vahvistus/", log_in.second_step, name=second_factor.SECOND_STEP),
    path("account/", account, name="wagtailadmin_account"),
    path("omat-tiedot/", own_record, name=own.NAME),
    path("session/", session, name=sessions.ASKED),
    path("salasana/", LinkView.as_view(), name=links.NAME),
    path("vahvistus/", owned(factors.OverviewView), name=second_factor.OVERVIEW),
    path("vahvistus/tunnistus/", owned(ProveView), name=second_factor.PROVE),
    path("vahvistus/avain/", owned(factors.AddPasskeyView), name=second_factor.ADD_PASSKEY),
    path("vahvistus/avain/<int:pk>/", owned(factors.RenameView), name="register_rename_passkey"),
    path("vahvistus/sovellus/", owned(factors.AddAppView), name=second_factor.ADD_APP),
    path("vahvistus/poista/<int:pk>/", owned(factors.RemoveView), name="register_remove_factor"),
    path("vahvistus/palautuskoodit/", owned(factors.CodesView), name=second_factor.SHOW_CODES),
    path(
        "vahvistus/palautuskoodit/tiedosto/",
        owned(factors.CodesFileView),
        name=second_factor.DOWNLOAD_CODES,
    ),
]
