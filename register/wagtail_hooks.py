"""Registration of the register with Wagtail, and nothing else."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry
from wagtail_modeladmin.options import modeladmin_register

from .models import RegisterLogEntry
from .wagtail_admin import home
from .wagtail_admin.access_log import AccessLogAdmin
from .wagtail_admin.billing import BookkeepingRowAdmin, ExportBatchAdmin
from .wagtail_admin.clients import ClientAdmin, LikelyDuplicateAdmin
from .wagtail_admin.feedback import FeedbackAdmin
from .wagtail_admin.processors import ProcessorAdmin
from .wagtail_admin.retention import HoldAdmin, RetentionRunAdmin
from .wagtail_admin.services import NoteAdmin, OfficeAdmin, ServiceAdmin, ServiceOrderAdmin
from .wagtail_admin.staff import AssignmentAdmin, StaffMemberAdmin
from .wagtail_admin.statistics import StatisticAdmin

for admin in (
    ClientAdmin,
    ServiceOrderAdmin,
    NoteAdmin,
    FeedbackAdmin,
    ExportBatchAdmin,
    BookkeepingRowAdmin,
    StatisticAdmin,
    StaffMemberAdmin,
    AssignmentAdmin,
    HoldAdmin,
    LikelyDuplicateAdmin,
    RetentionRunAdmin,
    AccessLogAdmin,
    ProcessorAdmin,
    ServiceAdmin,
    OfficeAdmin,
):
    modeladmin_register(admin)


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def keep_register_history_apart(actions: LogActionRegistry) -> None:
    """Route the history of every register model to the register's own log model."""
    for model in RegisterLogEntry._meta.app_config.get_models():
        actions.register_model(model, RegisterLogEntry)


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("register/admin.css"))


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def standing_panel(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [home.StandingPanel(request.user), *panels]
