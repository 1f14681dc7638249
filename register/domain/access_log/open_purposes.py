"""A purpose is open once clients have been told of it (C19; Art. 13(3) GDPR).

The inventory says for what data is used; the table of published purposes says of which of that
clients were told. What stands in the first and not in the second is shut.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps as installed
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from register.exceptions import UntoldPurpose
from register.inventory import inventory
from register.inventory.vocabulary import Category, Purpose, Subject
from register.models import PublishedPurpose

Pair = tuple[str, str]

# What this process knows to be open. A pair never shuts again while the inventory declares it, so
# that what was true once is true; what is not in here is asked each time.
_known: set[Pair] = set()


def require_open(purpose: Purpose, model: type[Model]) -> None:
    """UntoldPurpose while clients have not been told that such data is used for it."""
    wanted = pairs_for(purpose, model._meta.label)
    if wanted <= _known:
        return
    found = opened()
    # Not before the commit: what is rolled back was never open.
    transaction.on_commit(lambda: _known.update(found))
    if shut := wanted - found:
        raise UntoldPurpose(
            _("Clients have not yet been told that their data is used like this: %(purposes)s.")
            % {"purposes": "; ".join(in_words(shut))}
        )


def pairs_for(purpose: Purpose | str, label: str) -> set[Pair]:
    """Return the (category, purpose) pairs by which a model's data is used for the purpose."""
    return {
        (category.value, str(purpose))
        for category in inventory[label].categories
        if purpose in inventory.terms(category).purposes
    }


def opened() -> set[Pair]:
    return set(PublishedPurpose.objects.opened().values_list("category", "purpose"))


def declared() -> set[Pair]:
    """Return each pair of the inventory by which data about clients is used."""
    return {
        (category.value, purpose.value)
        for declaration in inventory.of(Subject.CLIENT)
        for category in declaration.categories
        for purpose in inventory.terms(category).purposes
    }


def untold() -> set[Pair]:
    """Return the pairs of the inventory of which no published version has told."""
    return declared() - set(PublishedPurpose.objects.values_list("category", "purpose"))


def in_words(pairs: Iterable[Pair]) -> list[str]:
    """Return the pairs as people read them, in the order of the inventory's words."""
    order = (list(Category.values), list(Purpose.values))
    ordered = sorted(pairs, key=lambda pair: (order[0].index(pair[0]), order[1].index(pair[1])))
    return [
        f"{Purpose(purpose).label} ({Category(category).label})" for category, purpose in ordered
    ]


def remember() -> None:
    """Learn in one query what is open, as a process that has used data knows it."""
    found = opened()
    transaction.on_commit(lambda: _known.update(found))


def begin(apps: Any = installed, using: str = "default", **kwargs: Any) -> None:
    """Fill an empty table from the inventory; what exists is left as it is.

    Runs after `migrate`. A new installation has no client who could have been told otherwise; an
    old one begins with what it did when this came.
    """
    try:
        model = apps.get_model("register.PublishedPurpose")
    except LookupError:  # migrated back, to before there was one
        return
    rows = model._base_manager.using(using)
    if not rows.exists():
        rows.bulk_create(
            model(category=category, purpose=purpose) for category, purpose in sorted(declared())
        )
