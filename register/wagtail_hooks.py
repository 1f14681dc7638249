"""Registration of the register with Wagtail, and nothing else."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import admin_search_areas
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry
from wagtail_modeladmin.options import modeladmin_register

from register.access.standing import User
from register.domain.access_log import recording
from register.models import RegisterLogEntry
from register.models.access_log import Action
from register.wagtail_admin import controller, notices
from register.wagtail_admin.access_log import AccessLogAdmin
from register.wagtail_admin.base import menu
from register.wagtail_admin.billing import making
from register.wagtail_admin.billing.batches import ExportBatchAdmin
from register.wagtail_admin.billing.bookkeeping import BookkeepingRowAdmin
from register.wagtail_admin.clients import hand_over, importing, without_counsellor
from register.wagtail_admin.clients.assignments import AssignmentAdmin
from register.wagtail_admin.clients.duplicates import LikelyDuplicateAdmin
from register.wagtail_admin.clients.screens import ClientAdmin
from register.wagtail_admin.feedback import FeedbackAdmin
from register.wagtail_admin.operations import day, home
from register.wagtail_admin.orders.catalogue import OfficeAdmin, ServiceAdmin
from register.wagtail_admin.orders.notes import NoteAdmin
from register.wagtail_admin.orders.orders import ServiceOrderAdmin
from register.wagtail_admin.processors import ProcessorAdmin
from register.wagtail_admin.retention.erasure_lists import ErasureListAdmin
from register.wagtail_admin.retention.holds import HoldAdmin
from register.wagtail_admin.retention.runs import RetentionRunAdmin
from register.wagtail_admin.staff import own_record, session
from register.wagtail_admin.staff.changes import AccessChangeAdmin
from register.wagtail_admin.staff.documents import StaffDocumentAdmin
from register.wagtail_admin.staff.hearings import StaffHearingAdmin
from register.wagtail_admin.staff.role_requests import RoleRequestAdmin
from register.wagtail_admin.staff.screens import StaffMemberAdmin
from register.wagtail_admin.statistics import StatisticAdmin

for admin in (
    ClientAdmin,
    ServiceOrderAdmin,
    NoteAdmin,
    FeedbackAdmin,
    ExportBatchAdmin,
    BookkeepingRowAdmin,
    StatisticAdmin,
    StaffDocumentAdmin,
    StaffMemberAdmin,
    StaffHearingAdmin,
    AssignmentAdmin,
    HoldAdmin,
    LikelyDuplicateAdmin,
    ErasureListAdmin,
    RetentionRunAdmin,
    AccessChangeAdmin,
    RoleRequestAdmin,
    AccessLogAdmin,
    ProcessorAdmin,
    ServiceAdmin,
    OfficeAdmin,
):
    modeladmin_register(admin)


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def keep_register_history_apart(actions: LogActionRegistry) -> None:
    """Route the history of every register model to the register's own log, in its own words."""
    for model in RegisterLogEntry._meta.app_config.get_models():
        actions.register_model(model, RegisterLogEntry)
    for action in Action:
        name = recording.wagtail_action(action)
        if action not in recording.READS and not name.startswith("wagtail."):
            actions.register_action(name, action.label, action.label)


@hooks.register("register_admin_urls", order=-1)  # type: ignore[untyped-decorator]
def controller_urls() -> list[URLPattern]:
    return controller.urls()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def day_urls() -> list[URLPattern]:
    return day.urls()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def home_urls() -> list[URLPattern]:
    return home.urls()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def batch_urls() -> list[URLPattern]:
    return making.urls()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def notices_urls() -> list[URLPattern]:
    return notices.urls()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def importing_urls() -> list[URLPattern]:
    return importing.urls()


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def without_counsellor_urls() -> list[URLPattern]:
    return without_counsellor.urls()


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def menu_in_groups(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu.in_groups(request, menu_items)


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def hand_over_urls() -> list[URLPattern]:
    return hand_over.urls()


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("register/admin.css"))


@hooks.register("insert_global_admin_js")  # type: ignore[untyped-decorator]
def session_script() -> SafeString:
    passkey = format_html('<script src="{}"></script>', static("register/passkey.js"))
    return passkey + session.script()


@hooks.register("register_account_menu_item")  # type: ignore[untyped-decorator]
def own_record_item(request: HttpRequest) -> dict[str, str]:
    return own_record.menu_item(request)


@hooks.register("get_avatar_url")  # type: ignore[untyped-decorator]
def same_picture_for_all(user: User, size: int) -> str:
    """Nobody's face, and nobody's file: whatever a profile holds is not shown."""
    return static("wagtailadmin/images/default-user-avatar.png")


# The sidebar would show the first of these on every screen, and a client's name typed there would
# end up in an address. Pages are searched where they are listed, by whoever may edit them.
admin_search_areas.registered_search_areas = []


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def home_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [*home.panels(request), *panels]
