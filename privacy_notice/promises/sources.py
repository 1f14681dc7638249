"""Where the data comes from, and how much of it (C22–C23)."""

from django.apps import apps
from django.db import connection, models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from privacy_notice.models.states import State
from privacy_notice.promises import todays_facts
from privacy_notice.promises.links import screen
from privacy_notice.promises.looking import Look, column
from privacy_notice.promises.registry import Found, broken, kept, nothing_yet, promise
from register.domain.clients.importing.entering import VIEW
from register.inventory import inventory
from register.inventory.vocabulary import Subject
from register.models import AccessLogEntry, Client
from register.models.access_log import Action

# The newest clients, of whom the log is asked: enough to see an import, and quick.
NEWEST = 500


@promise("C22", _("The data comes from the client"), seen_at=screen(AccessLogEntry))
def no_import(look: Look) -> Found:
    """Each of the newest clients came in by a person, as the log of use tells.

    Either a counsellor added them, or they were moved here from the company's own earlier list of
    the same clients: whoever did that said that it is one.
    """
    newest = list(
        Client.objects.order_by("-created_on", "pk").values_list("pk", flat=True)[:NEWEST]
    )
    if not newest:
        return nothing_yet()
    entries = AccessLogEntry.objects.filter(
        action=Action.CREATE,
        model=Client._meta.label,
        object_key__in=[str(key) for key in newest],
    )
    # The server's own command leaves no person in the log, but says what it was.
    moved = set(entries.filter(view=VIEW).values_list("object_key", flat=True))
    added = set(entries.filter(actor__isnull=False).values_list("object_key", flat=True))
    without = len(newest) - len(moved | added)
    if without:
        return broken(
            ngettext_lazy(
                "%(count)d client came into the register in another way than by a counsellor.",
                "%(count)d clients came into the register in another way than by a counsellor.",
                "count",
            ),
            count=without,
        )
    if moved:
        return kept(
            ngettext_lazy(
                "Of the newest clients %(count)d was moved here from the company's own earlier "
                "list of its clients, as the log of use tells; counsellors added the others.",
                "Of the newest clients %(count)d were moved here from the company's own earlier "
                "list of its clients, as the log of use tells; counsellors added the others.",
                "count",
            ),
            count=len(moved),
        )
    return kept(
        ngettext_lazy(
            "The newest client was added by a counsellor, as the log of use tells.",
            "The newest %(count)d clients were added by a counsellor, as the log of use tells.",
            "count",
        ),
        count=len(newest),
    )


@promise(
    todays_facts.CLAUSE,
    _("Only what is relevant is held"),
    seen_at=screen(Client),
    missing=_("what erases requests and records of breaches when their time is over"),
)
def only_what_is_told(look: Look) -> Found:
    """Nothing is held that nobody classified, and the page lists what is held today."""
    found = nothing_unclassified(look)
    if found.state is State.BROKEN:
        return found
    return todays_facts.otherwise(look) or found


def nothing_unclassified(look: Look) -> Found:
    """Every column that the database has is known and classified, and none holds an attachment.

    What is held of clients has an end, which the engine and the notice both read.
    """
    if not Client.objects.exists():
        return nothing_yet()
    if any(each.ends is None for each in inventory.of(Subject.CLIENT)):
        return broken(_("Of data about clients it is not declared how it ends."))
    columns = 0
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    for declaration in inventory:
        model = apps.get_model(declaration.model)
        if any(isinstance(field, models.FileField) for field in model._meta.local_fields):
            return broken(_("There is a place for attachments in the register."))
        known = {column(model, name) for name in declaration.fields}
        found = look.columns(model)
        if found - known:
            return broken(
                ngettext_lazy(
                    "The database has %(count)d column that nobody has classified.",
                    "The database has %(count)d columns that nobody has classified.",
                    "count",
                ),
                count=len(found - known),
            )
        columns += len(found)
    known_tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    if strange := {each for each in tables - known_tables if each.startswith("register_")}:
        return broken(
            ngettext_lazy(
                "The register has %(count)d table that nobody has classified.",
                "The register has %(count)d tables that nobody has classified.",
                "count",
            ),
            count=len(strange),
        )
    return kept(
        _("The database has %(count)d columns of the register, and each is classified."),
        count=columns,
    )
