from .access_log import AccessLogEntry, AccessLogSubject, RegisterLogEntry
from .billing import BookkeepingRow, ExportBatch
from .clients import Assignment, Client, LikelyDuplicate
from .controller import Controller
from .feedback import Feedback
from .processors import Processor
from .retention import Erasure, ErasureRecord, Hold, RetentionRun
from .services import Note, Office, Service, ServiceOrder
from .staff import StaffMember
from .statistics import PublishedYear, Statistic, StatisticTally
from .worker import Heartbeat

__all__ = [
    "AccessLogEntry",
    "AccessLogSubject",
    "Assignment",
    "BookkeepingRow",
    "Client",
    "Controller",
    "Erasure",
    "ErasureRecord",
    "ExportBatch",
    "Feedback",
    "Heartbeat",
    "Hold",
    "LikelyDuplicate",
    "Note",
    "Office",
    "Processor",
    "PublishedYear",
    "RegisterLogEntry",
    "RetentionRun",
    "Service",
    "ServiceOrder",
    "StaffMember",
    "Statistic",
    "StatisticTally",
]
