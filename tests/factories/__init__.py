from .register import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ClientFactory,
    ExportBatchFactory,
    HoldFactory,
    NoteFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
)
from .staff import StaffMemberFactory, UserFactory, staff

__all__ = [
    "AssignmentFactory",
    "BookkeepingRowFactory",
    "ClientFactory",
    "ExportBatchFactory",
    "HoldFactory",
    "NoteFactory",
    "OfficeFactory",
    "ProcessorFactory",
    "ServiceFactory",
    "ServiceOrderFactory",
    "StaffMemberFactory",
    "UserFactory",
    "staff",
]
