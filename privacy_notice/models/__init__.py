from privacy_notice.models.approvals import About, Approval, ToldOf, Withdrawal, approval_of
from privacy_notice.models.page import PrivacyNoticePage
from privacy_notice.models.promises import PromiseResult, SignOff
from privacy_notice.models.stored_pages import Freshness, StoredPage
from privacy_notice.models.versions import NoticePdf, NoticeVersion, PublishedContact
from privacy_notice.models.workflow import NoticeApproval, approval_workflow, make_workflow

__all__ = [
    "About",
    "Approval",
    "Freshness",
    "NoticeApproval",
    "NoticePdf",
    "NoticeVersion",
    "PrivacyNoticePage",
    "PromiseResult",
    "PublishedContact",
    "SignOff",
    "StoredPage",
    "ToldOf",
    "Withdrawal",
    "approval_of",
    "approval_workflow",
    "make_workflow",
]
