"""The first screen after login: where something is wrong, and each role's work, block by block."""

from django.http import HttpRequest
from django.urls import URLPattern
from wagtail.admin.ui.components import Component

from register.wagtail_admin.operations.home import find, last_opened, to_do
from register.wagtail_admin.operations.home.banner import Banner
from register.wagtail_admin.operations.home.billing import BillingBlock
from register.wagtail_admin.operations.home.block import Block
from register.wagtail_admin.operations.home.contact import ContactBlock
from register.wagtail_admin.operations.home.counsellor import CounsellorBlock
from register.wagtail_admin.operations.home.main_user import MainUserBlock
from register.wagtail_admin.operations.home.name import NamePanel
from register.wagtail_admin.operations.home.standing import StandingFooter
from register.wagtail_admin.staff.duties import DutiesPanel

# One a role, stacked in this order for who has several.
BLOCKS: tuple[type[Block], ...] = (CounsellorBlock, BillingBlock, MainUserBlock, ContactBlock)


def panels(request: HttpRequest) -> list[Component]:
    """Return what this person's first screen shows; each panel says by `order` where it stands."""
    blocks = [block for block in (kind(request) for kind in BLOCKS) if block.is_shown()]
    return [
        NamePanel(request),
        Banner(request.user),
        *blocks,
        DutiesPanel(request.user),
        StandingFooter(request.user),
    ]


def urls() -> list[URLPattern]:
    """Return the addresses to which the blocks lead."""
    return [*find.urls(), *last_opened.urls(), *to_do.urls()]
