"""Addresses of Wagtail's admin that the register answers itself.

A project includes them under the same prefix as Wagtail's, and before them; a check insists.
"""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from register.access import sessions
from register.domain.staff import links
from register.wagtail_admin.staff import own_record as own
from register.wagtail_admin.staff.account import AccountView
from register.wagtail_admin.staff.own_record import OwnRecordView
from register.wagtail_admin.staff.session import session
from register.wagtail_admin.staff.setting_password import LinkView

own_record = require_admin_access(OwnRecordView.as_view())
account = never_cache(require_admin_access(AccountView.as_view()))

urlpatterns = [
    path("account/", account, name="wagtailadmin_account"),
    path("omat-tiedot/", own_record, name=own.NAME),
    path("session/", session, name=sessions.ASKED),
    path("salasana/", LinkView.as_view(), name=links.NAME),
]
