from privacy_notice.models.page import PrivacyNoticePage
from privacy_notice.models.promises import PromiseResult, SignOff
from privacy_notice.models.stored_pages import Freshness, StoredPage
from privacy_notice.models.versions import NoticePdf, NoticeVersion, PublishedContact

__all__ = [
    "Freshness",
    "NoticePdf",
    "NoticeVersion",
    "PrivacyNoticePage",
    "PromiseResult",
    "PublishedContact",
    "SignOff",
    "StoredPage",
]
