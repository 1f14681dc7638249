"""Acts on an order's end: each says before it is done what it does to the erasure (C16, C44).

On the client card the usual ones are one click, beside the sentence; each has a page of its own
for the rest. Nothing is saved unless the person was shown the very sentences that hold.
"""

import hashlib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from register.access.gate import may_change
from register.access.standing import User
from register.domain.orders import ending
from register.domain.retention import erasure_date, hastening
from register.domain.retention.erasure_words import order_sentence
from register.exceptions import ErasesSoon
from register.models import ServiceOrder
from register.text.days import written
from register.wagtail_admin.base import erased_soon
from register.wagtail_admin.base.objects import ObjectView
from register.wagtail_admin.base.seen import seal
from register.wagtail_admin.base.words import plain
from register.wagtail_admin.orders import act_forms, act_words
from register.wagtail_admin.orders.parents import client_card, name_and_number, to_the_client

TOLD = "told"


def sign(sentences: list[str]) -> str:
    """Return what tells the sentences that a person was shown from others."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest()


class ActView(ObjectView):
    """The page of one act, and the act itself."""

    label: Any
    serious = False
    form_class: type[Any]
    verb: Callable[..., ServiceOrder]
    told_of: Callable[..., list[str]]

    def check_action_permitted(self, user: User) -> bool:
        return may_change(user, self.instance, today=self.today)

    def is_offered(self) -> bool:
        return bool(self.instance.is_open and not self.instance.is_billed)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_offered():
            raise Http404
        return self.ask(self.form_class(order=self.instance, today=self.today))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, order=self.instance, today=self.today)
        if not form.is_valid() or erased_soon.BACK in request.POST:
            return self.ask(form)
        sentences = self.consequences(form.cleaned_data)
        if sign(sentences) not in request.POST.getlist(TOLD):
            return self.ask(form)
        asked: dict[str, Any] = {"by": request.user, "today": self.today}
        act = partial(
            type(self).verb, order=self.instance, seen=self.seen, **form.cleaned_data, **asked
        )
        try:
            done = hastening.carry_out(
                act,
                client=self.instance.client_id,
                confirmed=request.POST.get(erased_soon.CONFIRMED, ""),
                **asked,
            )
        except ValidationError as error:
            form.complain(error)
            return self.ask(form)
        except ErasesSoon as soon:
            return self.ask_about_erasure(soon)
        ends = erasure_date.of_client(done.client)
        happened = act_words.happened(done, today=self.today)
        erased = order_sentence(ends, ends.of(done.pk), today=self.today)
        messages.success(request, f"{happened} {erased}")
        return redirect(client_card(done))

    def consequences(self, values: dict[str, Any]) -> list[str]:
        ends = erasure_date.of_client(self.instance.client)
        return type(self).told_of(self.instance, ends, today=self.today, **values)

    def ask(self, form: Any) -> HttpResponse:
        """Show the page, with what the act as it is filled in would do."""
        values = form.values()
        sentences = self.consequences(values) if values is not None else []
        return self.render_to_response(
            self.get_context_data(
                form=form, media=form.media, consequences=sentences, told=sign(sentences)
            )
        )

    def ask_about_erasure(self, soon: ErasesSoon) -> HttpResponse:
        context = {
            **self.get_context_data(),
            "erased": erased_soon.in_words(soon.outlook, name=name_and_number(self.instance)),
            "typed": erased_soon.typed(self.request.POST),
            "sign": soon.sign,
            "action_url": self.request.get_full_path(),
            "back_name": erased_soon.BACK,
            "confirmed_name": erased_soon.CONFIRMED,
        }
        return TemplateResponse(self.request, "register/admin/erased_soon.html", context)

    def changed_meanwhile(self) -> HttpResponse:
        super().changed_meanwhile()
        return redirect(client_card(self.instance))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*to_the_client(self.instance), {"url": "", "label": self.label}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "act": self,
                "object_name": f"{self.instance.client.name}, {self.instance.service}",
                "seen": seal(self.instance, by=self.request.user),
                "back_url": client_card(self.instance),
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return ["register/admin/order_act.html"]


class ProlongView(ActView):
    label = gettext_lazy("Prolong")
    form_class = act_forms.ProlongForm
    verb = ending.prolong
    told_of = act_words.of_prolonging


class EndView(ActView):
    label = gettext_lazy("Mark as ended")
    form_class = act_forms.EndForm
    verb = ending.end
    told_of = act_words.of_ending


class CancelView(ActView):
    label = gettext_lazy("Cancel the order")
    serious = True
    form_class = act_forms.CancelForm
    verb = ending.cancel
    told_of = act_words.of_cancelling


class ReopenView(ActView):
    label = gettext_lazy("Take the end back")
    form_class = act_forms.ReopenForm
    verb = ending.reopen
    told_of = act_words.of_reopening

    def is_offered(self) -> bool:
        return bool(not self.instance.is_open and not self.instance.is_billed)


ACTS = {"prolong": ProlongView, "end": EndView, "cancel": CancelView, "reopen": ReopenView}


def on_card(
    order: ServiceOrder, ends: erasure_date.ClientEnds, *, is_billed: bool, by: User, today: Any
) -> dict[str, Any]:
    """Return what the card offers for an order, each with the sentences that go with it."""
    if is_billed:
        return {"is_billed": True}
    shown: dict[str, Any] = {"seen": seal(order, by=by), "is_open": order.is_open}
    if order.is_open:
        shown["prolong"] = [
            _prolonged(order, ends, months, today=today) for months in ending.MONTHS
        ]
        told = act_words.of_ending(order, ends, on=today, today=today)
        form = act_forms.EndForm(order=order, today=today, auto_id=f"end-{order.pk}-%s")
        shown["end"] = {"form": form, "sentences": told, "told": sign(told)}
    return shown


def _prolonged(order: ServiceOrder, ends: Any, months: int, *, today: Any) -> dict[str, Any]:
    until = ending.prolonged_by(order, months, today=today)
    told = act_words.of_prolonging(order, ends, until=until, today=today)
    label = _("%(months)d months, until %(day)s") % {"months": months, "day": plain(until)}
    return {"label": label, "until": written(until), "erased": told[-1], "told": sign(told)}
