"""The register's fixed vocabularies. Labels are what people see; values are what is stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a staff member may do (C33). Roles combine: in a firm of five one person has several."""

    COUNSELLOR = "counsellor", _("Counsellor")
    BILLING = "billing", _("Billing")
    MAIN_USER = "main_user", _("Main user")
    DATA_PROTECTION = "data_protection", _("Data protection contact")
    EDITOR = "editor", _("Editor")


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


class AtEnd(TextChoices):
    """What happens to a field when its retention ends (C44–C46)."""

    ERASED = "erased", _("Erased")
    COUNTED = "counted", _("Erased; an anonymous count remains")
    KEPT_FOR_BOOKKEEPING = "kept_for_bookkeeping", _("Kept as long as the Accounting Act requires")
    OWN_CLOCK = "own_clock", _("Kept for a time of its own, then erased")


class ErasedWith(TextChoices):
    """The unit with which a row leaves: a service order, or the client after the last one."""

    ORDER = "order", _("Service order")
    CLIENT = "client", _("Client")


class Manner(TextChoices):
    """Manner of delivery (C15)."""

    IN_PERSON = "in_person", _("In person")
    REMOTE = "remote", _("Remote")
    MIXED = "mixed", _("In person and remote")


class NoteBasis(TextChoices):
    """Where a note comes from, which decides its legal basis (C20)."""

    TOLD_BY_CLIENT = "told_by_client", _("Told by the client (consent)")
    AROSE_IN_DELIVERY = "arose_in_delivery", _("Arose in delivery (legitimate interest)")

    @property
    def legal_basis(self) -> LegalBasis:
        return {
            NoteBasis.TOLD_BY_CLIENT: LegalBasis.CONSENT,
            NoteBasis.AROSE_IN_DELIVERY: LegalBasis.LEGITIMATE_INTEREST,
        }[self]


class HoldGround(TextChoices):
    """Why an erasure is postponed (DOMAIN 3, legal hold)."""

    REQUEST = "request", _("Open request of the client")
    BREACH = "breach", _("Personal data breach")
    MANUAL = "manual", _("Other ground, set by hand")


class BatchState(TextChoices):
    """The life of an export batch, from the claim to the removal of its file."""

    OPEN = "open", _("Being made")
    WRITTEN = "written", _("Ready for download")
    RECEIVED = "received", _("Received by the finance provider")
    EXPIRED = "expired", _("File removed")


class ProcessorKind(TextChoices):
    """What a processor does for the controller (C40)."""

    FINANCE = "finance", _("Finance administration")
    HOSTING = "hosting", _("Hosting")
    MAIL = "mail", _("E-mail")


class Action(TextChoices):
    """What was done, as the log of use tells it (C38)."""

    LIST = "list", _("Listed")
    VIEW = "view", _("Viewed")
    CREATE = "create", _("Added")
    CHANGE = "change", _("Changed")
    HISTORY = "history", _("Viewed history")
    ASSIGN = "assign", _("Assigned")
    EXPORT = "export", _("Exported")
    DISCLOSE = "disclose", _("Disclosed")
    DOWNLOAD = "download", _("Downloaded")
    HOLD = "hold", _("Erasure postponed")
    RELEASE = "release", _("Hold released")
    ERASE = "erase", _("Erased")
