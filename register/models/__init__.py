from register.models.access_log import AccessLogEntry, AccessLogSubject, RegisterLogEntry, Seal
from register.models.billing import BookkeepingRow, ExportBatch
from register.models.clients import Assignment, Client, LikelyDuplicate
from register.models.controller import Controller
from register.models.erasure import Erasure, ErasureRecord
from register.models.feedback import Feedback
from register.models.notices import MaterialChange, NoticeGiven, PublishedPurpose
from register.models.operations import EncryptionKey, Heartbeat, KeptResult
from register.models.orders import Note, Office, Service, ServiceOrder
from register.models.processors import Processor
from register.models.retention import ErasureList, Hold, ListedUnit, RetentionRun
from register.models.staff import (
    AccessChange,
    Acknowledgement,
    DocumentVersion,
    FactorSecret,
    FailedLogIns,
    LogInAttempts,
    OneTimeLink,
    RoleRequest,
    StaffDocument,
    StaffHearing,
    StaffMember,
    TrainingWarning,
)
from register.models.statistics import PublishedYear, Statistic, StatisticTally

__all__ = [
    "AccessChange",
    "AccessLogEntry",
    "AccessLogSubject",
    "Acknowledgement",
    "Assignment",
    "BookkeepingRow",
    "Client",
    "Controller",
    "DocumentVersion",
    "EncryptionKey",
    "Erasure",
    "ErasureList",
    "ErasureRecord",
    "ExportBatch",
    "FactorSecret",
    "FailedLogIns",
    "Feedback",
    "Heartbeat",
    "Hold",
    "KeptResult",
    "LikelyDuplicate",
    "ListedUnit",
    "LogInAttempts",
    "MaterialChange",
    "Note",
    "NoticeGiven",
    "Office",
    "OneTimeLink",
    "Processor",
    "PublishedPurpose",
    "PublishedYear",
    "RegisterLogEntry",
    "RetentionRun",
    "RoleRequest",
    "Seal",
    "Service",
    "ServiceOrder",
    "StaffDocument",
    "StaffHearing",
    "StaffMember",
    "Statistic",
    "StatisticTally",
    "TrainingWarning",
]
