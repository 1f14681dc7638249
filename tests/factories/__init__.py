from tests.factories.lists import list_of_last_evening, night_of, run_on
from tests.factories.register import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ClientFactory,
    ErasureListFactory,
    ExportBatchFactory,
    HoldFactory,
    NoteFactory,
    OfficeFactory,
    ProcessorFactory,
    RetentionRunFactory,
    ServiceFactory,
    ServiceOrderFactory,
)
from tests.factories.staff import StaffMemberFactory, UserFactory, staff

__all__ = [
    "AssignmentFactory",
    "BookkeepingRowFactory",
    "ClientFactory",
    "ErasureListFactory",
    "ExportBatchFactory",
    "HoldFactory",
    "NoteFactory",
    "OfficeFactory",
    "ProcessorFactory",
    "RetentionRunFactory",
    "ServiceFactory",
    "ServiceOrderFactory",
    "StaffMemberFactory",
    "UserFactory",
    "list_of_last_evening",
    "night_of",
    "run_on",
    "staff",
]
