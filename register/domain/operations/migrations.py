"""Whether the database is of this version of the software."""

from datetime import datetime

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from register.domain.operations.finding import Finding, well_if


def look(now: datetime) -> Finding:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    told = _("The database is not of this version of the software.")
    return Finding(well_if(not plan), len(plan), 0, told, tuple(str(step[0]) for step in plan[:5]))
