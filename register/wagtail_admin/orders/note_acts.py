"""A note written to the wrong client: its author moves or removes it, having seen both ends (C18).

Nothing is done before the page has said when each client is erased, before it and after it.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from register.access.gate import changeable, may_change
from register.access.standing import User
from register.domain.access_log import reading
from register.domain.orders import notes
from register.domain.retention import erasure_date, hastening
from register.domain.retention.erasure_words import sentence
from register.exceptions import ErasesSoon
from register.models import Client, Note, ServiceOrder
from register.wagtail_admin.base import erased_soon
from register.wagtail_admin.base.editing import add_errors
from register.wagtail_admin.base.objects import ObjectView
from register.wagtail_admin.base.seen import seal
from register.wagtail_admin.orders.acts import TOLD, sign
from register.wagtail_admin.orders.parents import client_card, name_and_number, to_the_client


class MoveForm(forms.Form):
    """To which order; of one's own clients, with the client's name."""

    to = forms.ChoiceField(label=gettext_lazy("Right client and service"))

    def __init__(self, *args: Any, orders: dict[str, ServiceOrder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.orders = orders
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose…")),
            *((key, f"{name_and_number(each)}, {each.service}") for key, each in orders.items()),
        ]

    def clean_to(self) -> ServiceOrder:
        return self.orders[self.cleaned_data["to"]]


class RemoveForm(forms.Form):
    """Nothing is asked."""

    def __init__(self, *args: Any, orders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class NoteActView(ObjectView):
    """The page that says what the act does to each client, and the act."""

    label: Any
    serious = False
    explanation: Any
    done: Any
    form_class: type[Any]
    verb: Callable[..., Note]

    def check_action_permitted(self, user: User) -> bool:
        return may_change(user, self.instance, today=self.today)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(orders=self.own_orders())
        try:
            return self.ask(form, self.foreseen({}) if not form.fields else [])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(client_card(self.instance.order))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, orders=self.own_orders())
        if not form.is_valid() or erased_soon.BACK in request.POST:
            return self.ask(form, [])
        try:
            sentences = self.foreseen(form.cleaned_data)
            if sign(sentences) not in request.POST.getlist(TOLD):
                return self.ask(form, sentences)
            self.carry_out(form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
            return self.ask(form, [])
        except ErasesSoon as soon:
            return self.ask_about_erasure(soon)
        messages.success(request, self.done)
        return redirect(client_card(self.instance.order))

    def own_orders(self) -> dict[str, ServiceOrder]:
        """Return the other orders of one's own clients by key: read, and logged as such."""
        own = changeable(ServiceOrder, by=self.request.user, today=self.today).values("pk")
        found = reading.read(
            ServiceOrder,
            to=self.request.user,
            today=self.today,
            view=self.view_name,
            narrow=lambda rows: (
                rows.filter(pk__in=own)
                .exclude(pk=self.instance.order_id)
                .select_related("client", "service")
                .order_by("client__sort_key", "-starts_on")
            ),
        )
        return {str(each.pk): each for each in found}

    def act(self, values: dict[str, Any], *, seen: int | None) -> Callable[[], Note]:
        asked = {"seen": seen, "by": self.request.user, "today": self.today}
        return partial(type(self).verb, note=self.instance, **values, **asked)

    def clients(self, values: dict[str, Any]) -> list[Client]:
        to = values.get("to")
        return list(dict.fromkeys([self.instance.order.client, *([to.client] if to else [])]))

    def foreseen(self, values: dict[str, Any]) -> list[str]:
        """Return for each client when it is erased now and after the act, which is tried."""
        clients = self.clients(values)
        with transaction.atomic():
            before = [self.erased(client) for client in clients]
            self.act(values, seen=None)()
            after = [self.erased(client) for client in clients]
            transaction.set_rollback(True)
        told = []
        for client, now, then in zip(clients, before, after, strict=True):
            who = f"{client.name} ({client})"
            told.append(_("%(who)s, now: %(erased)s") % {"who": who, "erased": now})
            told.append(_("%(who)s, afterwards: %(erased)s") % {"who": who, "erased": then})
        return told

    def erased(self, client: Client) -> str:
        return sentence(erasure_date.of_client(client), today=self.today)

    def carry_out(self, values: dict[str, Any]) -> None:
        hastening.carry_out(
            self.act(values, seen=self.seen),
            client=self.instance.order.client_id,
            also=[client.pk for client in self.clients(values)],
            confirmed=self.request.POST.get(erased_soon.CONFIRMED, ""),
            by=self.request.user,
            today=self.today,
        )

    def ask(self, form: Any, sentences: list[str]) -> HttpResponse:
        context = {"form": form, "consequences": sentences, "told": sign(sentences)}
        return self.render_to_response(self.get_context_data(**context))

    def ask_about_erasure(self, soon: ErasesSoon) -> HttpResponse:
        context = {
            **self.get_context_data(),
            "erased": erased_soon.in_words(soon.outlook, name=name_and_number(self.instance.order)),
            "typed": erased_soon.typed(self.request.POST),
            "sign": soon.sign,
            "action_url": self.request.get_full_path(),
            "back_name": erased_soon.BACK,
            "confirmed_name": erased_soon.CONFIRMED,
        }
        return TemplateResponse(self.request, "register/admin/erased_soon.html", context)

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*to_the_client(self.instance.order), {"url": "", "label": self.label}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "act": self,
                "object_name": self.model_admin.title_of(self.instance),
                "seen": seal(self.instance, by=self.request.user),
                "back_url": client_card(self.instance.order),
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return ["register/admin/note_act.html"]


class MoveNoteView(NoteActView):
    label = gettext_lazy("Move the note")
    explanation = gettext_lazy("For a note written to the wrong client: it is moved as it is.")
    done = gettext_lazy("The note was moved.")
    form_class = MoveForm
    verb = notes.move_note


class RemoveNoteView(NoteActView):
    label = gettext_lazy("Remove the note")
    serious = True
    explanation = gettext_lazy("The note is removed for good. It can't be brought back.")
    done = gettext_lazy("The note was removed.")
    form_class = RemoveForm
    verb = notes.remove_note

    def own_orders(self) -> dict[str, ServiceOrder]:
        return {}


NOTE_ACTS = {"move": MoveNoteView, "remove": RemoveNoteView}
