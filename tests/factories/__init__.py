from tests.factories.documents import (
    AcknowledgementFactory,
    DocumentVersionFactory,
    StaffDocumentFactory,
)
from tests.factories.lists import list_of_last_evening, night_of, run_on
from tests.factories.register import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ClientFactory,
    ErasureListFactory,
    ExportBatchFactory,
    HoldFactory,
    MaterialChangeFactory,
    NoteFactory,
    NoticeGivenFactory,
    OfficeFactory,
    ProcessorFactory,
    RetentionRunFactory,
    ServiceFactory,
    ServiceOrderFactory,
)
from tests.factories.staff import StaffMemberFactory, UserFactory, staff

__all__ = [
    "AcknowledgementFactory",
    "AssignmentFactory",
    "BookkeepingRowFactory",
    "ClientFactory",
    "DocumentVersionFactory",
    "ErasureListFactory",
    "ExportBatchFactory",
    "HoldFactory",
    "MaterialChangeFactory",
    "NoteFactory",
    "NoticeGivenFactory",
    "OfficeFactory",
    "ProcessorFactory",
    "RetentionRunFactory",
    "ServiceFactory",
    "ServiceOrderFactory",
    "StaffDocumentFactory",
    "StaffMemberFactory",
    "UserFactory",
    "list_of_last_evening",
    "night_of",
    "run_on",
    "staff",
]
