"""The words of the inventory. Labels are what people see; values are what is stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """Why personal data is used. The first three are the notice's own (C19)."""

    GUIDANCE = "guidance", _("Delivering and developing guidance services")
    BILLING = "billing", _("Billing")
    FEEDBACK = "feedback", _("Collecting feedback")
    RIGHTS = "rights", _("Data subjects' rights and data protection")
    ADMINISTRATION = "administration", _("Administration of access rights")
    BOOKKEEPING = "bookkeeping", _("Bookkeeping")


class LegalBasis(TextChoices):
    """Art. 6(1) GDPR. The notice states the first two (C20, C21; see O11)."""

    CONSENT = "consent", _("Consent")
    LEGITIMATE_INTEREST = "legitimate_interest", _("Legitimate interest")
    CONTRACT = "contract", _("Contract")
    LEGAL_OBLIGATION = "legal_obligation", _("Legal obligation")


class Subject(TextChoices):
    """Whose data a model holds."""

    NOBODY = "nobody", _("Nobody")
    CLIENT = "client", _("Client")
    STAFF = "staff", _("Staff")


class Category(TextChoices):
    """A group of personal fields with one purpose, basis and end. The notice lists these."""

    IDENTITY = "identity", _("Client's identity and contact details")
    SERVICE = "service", _("Ordered service")
    CONTENT = "content", _("Information that arises in the service")
    FEEDBACK = "feedback", _("Feedback")
    BOOKKEEPING = "bookkeeping", _("Bookkeeping")
    PROTECTION = "protection", _("Data protection measures")
    STAFF = "staff", _("Staff")
    LOG = "log", _("Log of use")


class Recipient(TextChoices):
    """Who gets data from the register (C24, C40)."""

    FINANCE_PROVIDER = "finance_provider", _("Finance provider")
    HOSTING_PROVIDER = "hosting_provider", _("Hosting provider")


class OwnPeriod(TextChoices):
    """A time that law and notice leave to the owner (O8). The value names its setting."""

    REQUESTS = "REQUEST_YEARS", _("Requests about one's own data")
    LOG = "LOG_YEARS", _("Log of use")
    BREACHES = "BREACH_YEARS", _("Records of personal data breaches")
    STAFF = "STAFF_YEARS", _("Records of the staff")


class ErasureUnit(TextChoices):
    """The unit with which a row is erased: a service order, or the client with the last one."""

    ORDER = "order", _("Service order")
    CLIENT = "client", _("Client")
