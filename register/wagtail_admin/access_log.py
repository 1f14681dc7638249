"""The log of use, as the data protection contact reads it (C38)."""

from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from register.access.login_names import stored_login_name
from register.access.standing import User
from register.domain.access_log import reading
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, Client, StaffMember
from register.models.access_log import Action
from register.models.staff import named
from register.text.form_fields import Line
from register.text.identifiers import normalise_register_number
from register.wagtail_admin.base import RegisterModelAdmin, uses
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.base.index import IndexView
from register.wagtail_admin.base.inputs import DayField
from register.wagtail_admin.base.listing import SEARCH
from register.wagtail_admin.base.objects import InspectView
from register.wagtail_admin.base.words import changes_in_words

ANY = ("", _("All"))


def what_was_changed(entry: AccessLogEntry) -> str:
    """Return the changed fields, and who was given a client."""
    told = [changes_in_words(entry.model_class, entry.details)]
    if "counsellor" in entry.details:
        told.append(f"{_('Counsellor')}: {by_name(entry.details['counsellor'])}")
    return ", ".join(filter(None, told))


def what_it_is_about(entry: AccessLogEntry) -> str:
    """Return the object's key; of an account, whose it is."""
    if entry.model != StaffMember._meta.label or not entry.object_key:
        return entry.object_key
    member = StaffMember.objects.filter(pk=entry.object_key).first()
    return by_name(member.user_id) if member else entry.object_key


def by_name(key: int) -> str:
    """Return the person's name and user name; the key, once the account is erased."""
    user = get_user_model()._default_manager.filter(pk=key).first()
    return named(user) if user else str(key)


class NarrowingForm(forms.Form):
    """What of the log is wanted; all that is filled in must hold. No person gets into a URL."""

    who = Line(label=_("User name"), required=False, max_length=150)
    client = Line(label=_("Client's register number"), required=False, max_length=40)
    action = forms.ChoiceField(label=_("Action"), required=False, choices=[ANY, *Action.choices])
    purpose = forms.ChoiceField(label=_("Purpose"), required=False, choices=[ANY, *Purpose.choices])
    start = DayField(label=_("From"), required=False)
    end = DayField(label=_("Until"), required=False)

    def clean_who(self) -> int | None:
        """Return the account's key."""
        typed = self.cleaned_data["who"]
        if not typed:
            return None
        users = get_user_model()._default_manager.filter(username=stored_login_name(typed) or typed)
        key: int | None = users.values_list("pk", flat=True).first()
        if key is None:
            raise ValidationError(_("There is no account with this user name."))
        return key

    def clean_client(self) -> UUID | None:
        """Return the client's key. Of an erased client only that is left, and may be typed."""
        typed = self.cleaned_data["client"]
        if not typed:
            return None
        try:
            return UUID(typed)
        except ValueError:
            number = normalise_register_number(typed)
        key = Client.objects.filter(register_number=number).values_list("pk", flat=True).first()
        if key is None:
            raise ValidationError(_("There is no client with this register number."))
        return key

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            self.add_error("end", _("The end can't be before the start."))
        return data

    def kept(self) -> dict[str, Any]:
        """Return what is wanted, to be kept: by the keys of account and client, not their names."""
        return {
            name: value if isinstance(value, int) else str(value)
            for name, value in self.wanted.items()
        }

    @classmethod
    def reopened(cls, kept: dict[str, Any]) -> "NarrowingForm":
        """Return the form as it was filled in, from what was kept."""
        data = dict(kept)
        form = cls()
        if "who" in data:
            users = get_user_model()._default_manager.filter(pk=data["who"])
            data["who"] = users.values_list("username", flat=True).first() or "–"
        if "client" in data:
            clients = Client.objects.filter(pk=data["client"])
            number = clients.values_list("register_number", flat=True).first()
            data["client"] = number or data["client"]
        for name in {"start", "end"} & data.keys():
            day = date.fromisoformat(data[name])
            data[name] = form.fields[name].widget.format_value(day)
        return cls(data)

    @property
    def wanted(self) -> dict[str, Any]:
        """Return what was filled in; nothing while something is wrong."""
        if not self.is_bound or not self.is_valid():
            return {}
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, entries: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of the entries that are wanted."""
        wanted = self.wanted
        if "who" in wanted:
            entries = entries.filter(actor=wanted["who"])
        if "client" in wanted:
            entries = entries.filter(pk__in=uses.about(wanted["client"]))
        for name in ("action", "purpose"):
            if name in wanted:
                entries = entries.filter(**{name: wanted[name]})
        if "start" in wanted:
            entries = entries.filter(at__gte=beginning(wanted["start"]))
        if "end" in wanted:
            entries = entries.filter(at__lt=beginning(wanted["end"] + timedelta(days=1)))
        return entries


def beginning(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class LogView(IndexView):
    """The log, narrowed by a form that is posted and kept; a link may ask for an action."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what is wrong; what is well leads to an address that Back finds again."""
        if self.form.errors:
            return self.get(request, *args, **kwargs)
        kept = self.form.kept()
        query = self.state.query(**{SEARCH: self.keep(kept) if kept else ""})
        return redirect(self.index_url + query)

    @cached_property
    def form(self) -> NarrowingForm:
        if self.request.method == "POST":
            return NarrowingForm(self.request.POST)
        if self.kept is not None:
            return NarrowingForm.reopened(self.kept)
        action = self.request.GET.get("action")
        return NarrowingForm({"action": action} if action else None)

    def searched(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = self.form.narrow(rows)
        return rows.none() if self.form.is_bound and self.form.errors else rows

    def asked(self, hits: int) -> dict[str, Any]:
        wanted = self.form.wanted
        return {"searched": sorted(wanted), "hits": hits} if wanted else {}

    def read(
        self,
        action: Action,
        *,
        start: int = 0,
        stop: int | None = None,
        asked: dict[str, Any] | None = None,
    ) -> list[Any]:
        client = self.form.wanted.get("client")
        found = reading.read(
            AccessLogEntry,
            to=self.request.user,
            today=self.today,
            view=self.view_name,
            action=action,
            narrow=lambda rows: self.narrow(rows)[start:stop],
            asked=asked,
            about=[client] if client else (),
        )
        uses.name_clients(found, to=self.request.user, today=self.today)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        narrowed = bool(self.form.wanted) or bool(self.form.is_bound and self.form.errors)
        narrowed |= self.search_is_over
        context = super().get_context_data(**{"form": self.form, "is_narrowed": narrowed, **kwargs})
        context["media"] += self.form.media
        return context


class EntryView(InspectView):
    """One entry, with the clients whom it concerns."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        uses.name_clients(
            [self.instance],
            to=self.request.user,
            today=self.today,
            most=uses.NAMED_ON_A_SCREEN,
        )
        return super().get_context_data(**kwargs)


class AccessLogAdmin(RegisterModelAdmin):
    """Who used what, when and why. Reading the log is logged as well."""

    model = AccessLogEntry
    ordering = ("-at",)
    history_view_enabled = False
    index_view_class = LogView
    index_template_name = "register/admin/log_of_use.html"
    inspect_view_class = EntryView
    columns = (
        uses.TIME,
        uses.USER,
        "action",
        Column("purpose", desktop_only=True),
        uses.KIND_OF_DATA,
        Column("count", desktop_only=True),
        uses.CLIENTS,
    )
    details = (
        uses.TIME,
        uses.USER,
        "action",
        "purpose",
        uses.KIND_OF_DATA,
        Detail("object_key", accessor=what_it_is_about),
        Detail("details", label=_("What was changed"), accessor=what_was_changed),
        "count",
        uses.CLIENTS,
    )

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return uses.with_actors(rows)

    def title_of(self, instance: AccessLogEntry) -> str:
        return str(_("Entry %(number)s") % {"number": instance.pk})
