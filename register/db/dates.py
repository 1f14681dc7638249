"""Days as both databases count them."""

from typing import Any

from django.db.models import DateField, Func


class AYearAfter(Func):
    """The same day a year later, as the database counts it: SQLite turns 29 February into March."""

    arity = 1
    output_field = DateField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(%(expressions)s + interval '1 year')::date"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "date(%(expressions)s, '+1 year')"
        return self.as_sql(compiler, connection, template=template, **context)
