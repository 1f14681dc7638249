"""The register's own models in the inventory. A new field is classified here, or nothing starts."""

from .enums import AtEnd, Category, ErasedWith, LegalBasis, Purpose, Recipient, Subject
from .inventory import Declaration, Field, Terms, inventory

inventory.set_terms(
    Category.IDENTITY,
    Terms(
        purposes=(Purpose.GUIDANCE, Purpose.BILLING, Purpose.FEEDBACK),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        at_end=AtEnd.ERASED,
    ),
)
inventory.set_terms(
    Category.SERVICE,
    Terms(
        purposes=(Purpose.GUIDANCE, Purpose.BILLING),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        at_end=AtEnd.COUNTED,
    ),
)
inventory.set_terms(
    Category.CONTENT,
    Terms(
        purposes=(Purpose.GUIDANCE,),
        legal_basis=LegalBasis.CONSENT,
        at_end=AtEnd.ERASED,
    ),
)
inventory.set_terms(
    Category.FEEDBACK,
    Terms(
        purposes=(Purpose.FEEDBACK,),
        legal_basis=LegalBasis.CONSENT,
        at_end=AtEnd.ERASED,
    ),
)
inventory.set_terms(
    Category.BOOKKEEPING,
    Terms(
        purposes=(Purpose.BILLING, Purpose.BOOKKEEPING),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        at_end=AtEnd.KEPT_FOR_BOOKKEEPING,
    ),
)
inventory.set_terms(
    Category.PROTECTION,
    Terms(
        purposes=(Purpose.RIGHTS,),
        legal_basis=LegalBasis.LEGAL_OBLIGATION,
        at_end=AtEnd.ERASED,
    ),
)
inventory.set_terms(
    Category.STAFF,
    Terms(
        purposes=(Purpose.ADMINISTRATION,),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        at_end=AtEnd.OWN_CLOCK,
    ),
)
inventory.set_terms(
    Category.LOG,
    Terms(
        purposes=(Purpose.RIGHTS,),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        at_end=AtEnd.OWN_CLOCK,
    ),
)

FINANCE = (Recipient.FINANCE_PROVIDER,)
plain = inventory.plain()


def identity(*clauses: str, recipients: tuple[Recipient, ...] = ()) -> Field:
    return inventory.personal(Category.IDENTITY, *clauses, recipients=recipients)


def service(*clauses: str) -> Field:
    return inventory.personal(Category.SERVICE, *clauses)


def bookkeeping(*clauses: str, recipients: tuple[Recipient, ...] = ()) -> Field:
    return inventory.personal(Category.BOOKKEEPING, *clauses, recipients=recipients)


protection = inventory.personal(Category.PROTECTION)
staff = inventory.personal(Category.STAFF)
log = inventory.personal(Category.LOG, "C38")

inventory.declare(
    Declaration(
        model="register.Client",
        subject=Subject.CLIENT,
        client_path="pk",
        erased_with=ErasedWith.CLIENT,
        unit_path="pk",
        fields={
            "id": plain,
            "register_number": plain,
            "name": identity("C09", "C25", recipients=FINANCE),
            "email": identity("C10", "C25", recipients=FINANCE),
            "phone": identity("C11"),
            "home_municipality": identity("C12"),
            "birth_year": identity("C13"),
            "created_on": plain,
            "restricted_on": plain,
        },
    )
)
inventory.declare(
    Declaration(
        model="register.Assignment",
        subject=Subject.CLIENT,
        client_path="content_object",
        erased_with=ErasedWith.CLIENT,
        unit_path="content_object",
        fields={
            "id": plain,
            "permission": plain,
            "user": service("C17"),
            "content_object": plain,
            "valid_from": plain,
            "valid_until": plain,
        },
    )
)
inventory.declare(
    Declaration(
        model="register.LikelyDuplicate",
        subject=Subject.CLIENT,
        client_path="client",
        erased_with=ErasedWith.CLIENT,
        unit_path="client",
        fields={
            "id": plain,
            "client": protection,
            "other": protection,
            "found_on": plain,
            "resolved_on": plain,
        },
    )
)
inventory.declare(
    Declaration(
        model="register.Hold",
        subject=Subject.CLIENT,
        client_path="client",
        erased_with=ErasedWith.CLIENT,
        unit_path="client",
        fields={
            "id": plain,
            "client": plain,
            "ground": protection,
            "reason_encrypted": protection,
            "set_on": plain,
            "set_by": staff,
            "review_on": plain,
            "released_on": plain,
        },
    )
)
inventory.declare(
    Declaration(
        model="register.Note",
        subject=Subject.CLIENT,
        client_path="order__client",
        erased_with=ErasedWith.ORDER,
        unit_path="order",
        fields={
            "id": plain,
            "order": plain,
            "met_on": inventory.personal(Category.CONTENT, "C18"),
            "basis": plain,
            "text_encrypted": inventory.personal(Category.CONTENT, "C18", "C20"),
            "author": staff,
            "written_at": plain,
        },
    )
)
inventory.declare(
    Declaration(
        model="register.ServiceOrder",
        subject=Subject.CLIENT,
        client_path="client",
        erased_with=ErasedWith.ORDER,
        unit_path="pk",
        fields={
            "id": plain,
            "client": plain,
            "service": service("C14"),
            "specification_encrypted": service("C14"),
            "manner": service("C15"),
            "office": service("C46"),
            "counsellor": service("C17"),
            "starts_on": service("C16"),
            "planned_end": service("C16"),
            "actual_end": service("C16"),
            "price": service("C21"),
            "created_on": plain,
            "restricted_on": plain,
        },
    )
)
inventory.declare(
    Declaration(
        model="register.BookkeepingRow",
        subject=Subject.CLIENT,
        client_path="order__client",
        fields={
            "id": plain,
            "reference": plain,
            "batch": plain,
            "order": plain,
            "name": bookkeeping("C25", "C45", recipients=FINANCE),
            "email": bookkeeping("C25", recipients=FINANCE),
            "service_name": bookkeeping("C25", "C45", recipients=FINANCE),
            "month": plain,
            "amount": plain,
            "entered_on": plain,
            "keep_until": plain,
        },
    )
)
inventory.declare(
    Declaration(
        model="register.Feedback",
        subject=Subject.CLIENT,
        fields={
            "id": plain,
            "received_on": plain,
            "answers_encrypted": inventory.personal(Category.FEEDBACK, "C19"),
        },
    )
)
inventory.declare(
    Declaration(
        model="register.StaffMember",
        subject=Subject.STAFF,
        fields={
            "id": plain,
            "user": staff,
            "agreement_signed_on": staff,
            "trained_on": staff,
            "training_valid_until": staff,
            "suspended_from": staff,
            "suspended_until": staff,
            "closed_on": staff,
        },
    )
)
inventory.declare(
    Declaration(
        model="register.AccessLogEntry",
        subject=Subject.STAFF,
        fields={
            "id": plain,
            "at": plain,
            "actor": log,
            "action": plain,
            "purpose": plain,
            "model": plain,
            "view": plain,
            "recipient": plain,
            "count": plain,
        },
    )
)
inventory.declare(
    Declaration(
        model="register.AccessLogSubject",
        subject=Subject.CLIENT,
        fields={"id": plain, "entry": plain, "client": log},
    )
)
inventory.declare(
    Declaration(
        model="register.RegisterLogEntry",
        subject=Subject.STAFF,
        fields={
            "id": plain,
            "content_type": plain,
            "label": plain,
            "action": plain,
            "data": plain,
            "timestamp": plain,
            "uuid": plain,
            "user": log,
            "revision": plain,
            "content_changed": plain,
            "deleted": plain,
            "object_id": plain,
        },
    )
)
inventory.declare(
    Declaration(
        model="register.ExportBatch",
        subject=Subject.STAFF,
        fields={
            "id": plain,
            "recipient": plain,
            "state": plain,
            "made_on": plain,
            "made_by": staff,
            "row_count": plain,
            "sha256": plain,
            "received_on": plain,
            "attempts": plain,
            "cursor": plain,
        },
    )
)


def declare_plain(model: str, *fields: str) -> None:
    """Declare a model that holds nobody's personal data."""
    inventory.declare(Declaration(model=model, fields=dict.fromkeys(fields, plain)))


declare_plain("register.Service", "id", "name", "price", "active")
declare_plain("register.Office", "id", "name", "active")
declare_plain(
    "register.Processor",
    "id",
    "name",
    "kind",
    "country",
    "hosting_country",
    "contract_signed_on",
    "contract_valid_until",
    "security_assessed_on",
    "active",
)
declare_plain(
    "register.RetentionRun",
    "id",
    "today",
    "dry",
    "started_at",
    "finished_at",
    "cursor",
    "without_orders",
    "attempts",
    "one_by_one_until",
    "clients_erased",
    "orders_erased",
    "clients_held",
    "clients_deferred",
    "clients_failed",
    "feedback_erased",
    "vouchers_erased",
    "files_removed",
    "steps_failed",
)
declare_plain("register.Erasure", "id", "erased_on", "in_ledger")
declare_plain("register.ErasureRecord", "erased_id", "unit", "erasure")
declare_plain("register.StatisticTally", "id", "year", "service", "manner", "office", "count")
declare_plain("register.Statistic", "id", "year", "service_name", "manner", "office_name", "count")
declare_plain("register.PublishedYear", "year", "published_on")
declare_plain("register.Heartbeat", "id", "beat_at")
# The controller's facts are published: the contact person is named there by duty (C53).
declare_plain(
    "register.Controller",
    "id",
    "site",
    "register_name",
    "name",
    "street_address",
    "postal_code",
    "city",
    "business_id",
    "email",
    "phone",
    "website",
    "contact_name",
    "contact_street_address",
    "contact_postal_code",
    "contact_city",
    "contact_phone",
    "contact_email",
)
