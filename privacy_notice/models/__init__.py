from privacy_notice.models.page import PrivacyNoticePage
from privacy_notice.models.promises import PromiseResult, SignOff

__all__ = ["PrivacyNoticePage", "PromiseResult", "SignOff"]
