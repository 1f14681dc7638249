"""The privacy notice for the staff (Art. 13 GDPR, Act 759/2004): what it has to say, as a draft.

It is a document like the instructions, written and published by people, and acknowledged. The
facts in it come from where the system has them, so that what it says is what is done: a version
that lacks one of them is not published, and one that has become untrue is found.
"""

from collections.abc import Iterator
from datetime import date

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from register.conf import register_settings
from register.domain.staff.own_record import OF_ACCOUNT
from register.inventory import inventory
from register.inventory.vocabulary import Category
from register.models import Controller, DocumentVersion, Processor, StaffDocument
from register.models.processors import ProcessorKind
from register.models.staff import DocumentKind

# Whose machines hold what is kept of the staff.
HOLDERS = (ProcessorKind.HOSTING, ProcessorKind.BACKUP, ProcessorKind.MAIL)


def draft(*, today: date) -> tuple[str, str]:
    """Return title and text of a notice that says all that it has to, in the register's language.

    Each fact is a line; the rest is for people to word as they like.
    """
    with translation.override(settings.LANGUAGE_CODE):
        paragraphs = [
            _("Who keeps your data"),
            *_controllers(),
            "",
            _("What is kept of you, and why"),
            *_what(),
            "",
            _("Who gets it"),
            *_recipients(today),
            "",
            _("How long it is kept"),
            *_periods(),
            "",
            _("What the log of use is for"),
            *_log(),
            "",
            _("Your rights"),
            *_rights(),
        ]
        return _("Privacy notice for the staff"), "\n".join(paragraphs)


def facts(*, today: date) -> list[str]:
    """Return the lines that a notice must have: what the system does, keeps and is set to."""
    with translation.override(settings.LANGUAGE_CODE):
        return [
            *_controllers(),
            *_what(),
            *_recipients(today),
            *_periods(),
            *_log(),
            *_rights(),
        ]


def missing(text: str, *, today: date) -> list[str]:
    """Return the facts that are not in the text. How lines are broken makes no difference."""
    said = " ".join(text.split())
    return [fact for fact in facts(today=today) if " ".join(fact.split()) not in said]


def document() -> StaffDocument | None:
    """Return the notice, whether it is published yet or not; None while there is none."""
    notices = StaffDocument.objects.filter(kind=DocumentKind.PRIVACY_NOTICE)
    return notices.exclude(StaffDocument.is_withdrawn.condition).first()


def is_true(*, today: date) -> bool:
    """Whether there is a notice in force, and it says what is so today."""
    in_force = DocumentVersion.objects.in_force().filter(document=document()).first()
    return in_force is not None and not missing(in_force.text, today=today)


def _controllers() -> Iterator[str]:
    for row in Controller.objects.order_by("pk"):
        yield _(
            "%(name)s, %(street)s, %(code)s %(city)s, telephone %(phone)s, e-mail %(email)s."
        ) % {
            "name": row.name,
            "street": row.street_address,
            "code": row.postal_code,
            "city": row.city,
            "phone": row.phone,
            "email": row.email,
        }
        yield _("In matters of data protection: %(name)s, %(phone)s, %(email)s.") % {
            "name": row.contact_name,
            "phone": row.contact_phone,
            "email": row.contact_email,
        }


def _what() -> Iterator[str]:
    staff, log = inventory.terms(Category.STAFF), inventory.terms(Category.LOG)
    yield _("Of your account and your papers: %(data)s.") % {"data": ", ".join(labels())}
    yield _("It comes from you and from the main user who enters it.")
    yield _("Without a name, a user name and a signed agreement nobody gets a log-in.")
    yield _("Purpose: %(purposes)s. Basis: %(bases)s.") % {
        "purposes": ", ".join(str(each.label).lower() for each in staff.purposes),
        "bases": ", ".join(
            str(each.label).lower() for each in inventory.legal_bases(Category.STAFF)
        ),
    }
    yield _(
        "Of your use of the register: what you saw, searched for, changed and sent on, when and "
        "for which purpose."
    )
    yield _("Purpose of that: %(purposes)s. Basis: %(bases)s.") % {
        "purposes": ", ".join(str(each.label).lower() for each in log.purposes),
        "bases": ", ".join(str(each.label).lower() for each in inventory.legal_bases(Category.LOG)),
    }
    yield _("Of an absence the days are kept and no reason.")
    yield _("Nothing about you is decided by a machine alone.")


def labels() -> list[str]:
    """Return what is kept of a member beside the log, each in the words of its field."""
    user = get_user_model()._meta
    found = [str(user.get_field(name).verbose_name) for name in OF_ACCOUNT]  # type: ignore[union-attr]
    found.append(_("roles"))
    for declaration, path in inventory.erased_with_account():
        meta = apps.get_model(declaration.model)._meta
        fields = (
            meta.get_field(name) for name in declaration.personal if name not in ("user", path)
        )
        found += [str(getattr(field, "verbose_name", field.name)) for field in fields]
    found.append(_("when and by whom it was entered, and what became of it"))
    return list(dict.fromkeys(found))


def _recipients(today: date) -> Iterator[str]:
    held = Processor.objects.under_contract(today).filter(kind__in=HOLDERS).order_by("name")
    for each in held:
        yield f"{each.name} ({str(each.get_kind_display()).lower()}, {each.get_country_display()})."
    if not held:
        yield _("Nobody outside the company.")
    yield _("It is transferred to no country outside the European Economic Area.")


def _periods() -> Iterator[str]:
    years = register_settings.STAFF_YEARS
    yield (
        ngettext(
            "Your account and your papers are erased %(years)d year after your account was closed.",
            "Your account and your papers are erased %(years)d years after your account was "
            "closed.",
            years,
        )
        % {"years": years}
    )
    yield _(
        "Your name and user name stay for as long as an order, a note or the log of use names you."
    )
    years = register_settings.LOG_YEARS
    yield (
        ngettext(
            "An entry of the log of use is kept for %(years)d year.",
            "An entry of the log of use is kept for %(years)d years.",
            years,
        )
        % {"years": years}
    )


def _log() -> Iterator[str]:
    yield _("The log of use is there to find errors and misuse, and to improve the service.")
    yield _("It is never used to watch working time or to measure work.")
    yield _(
        "The data protection contact reads it, and gets a weekly summary of what is unusual, in "
        "counts."
    )


def _rights() -> Iterator[str]:
    rights = [
        _("to see your data"),
        _("to have it corrected"),
        _("to have it erased"),
        _("to have its use restricted"),
        _("to object to its use"),
    ]
    yield _("You have the right %(rights)s.") % {"rights": get_text_list(rights, _("and"))}
    yield _("You see your whole record in the register, on the page of your account.")
    yield _("You may complain to the Data Protection Ombudsman: %(address)s.") % {
        "address": "tietosuoja.fi"
    }
