"""Handing clients over: a form, a summary of what will happen, and one confirmation (C33, C34)."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.access.gate import may_create
from register.access.standing import effective_access
from register.domain.clients import counsellors, hand_over_list, handing_over
from register.domain.clients.handing_over import HandedOver, Move
from register.domain.clients.stretches import Stretch
from register.exceptions import Stale
from register.models import Assignment, Client, StaffMember
from register.models.staff import Role, named
from register.reference.clock import today
from register.wagtail_admin.base.editing import add_errors
from register.wagtail_admin.base.hand_over_link import NAME, OF_NOBODY, TO_CHOOSE
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.untold import AnswersUntold
from register.wagtail_admin.clients.hand_over_forms import ALL, SHOWN, TICKED, HandOverForm
from register.wagtail_admin.clients.hand_over_words import sentences

SIGNER = Signer(salt="register.hand_over")


@method_decorator(never_cache, name="dispatch")
class HandOverView(AnswersUntold, WagtailAdminTemplateMixin, TemplateView):
    """Whose clients, from when until when, to whom; then what will happen, and one button."""

    template_name = "register/admin/hand_over.html"
    page_title = gettext_lazy("Hand over clients")
    header_icon = "group"
    _show_breadcrumbs = True
    giver: StaffMember | None = None
    chosen = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.asked: dict[str, Any] = {"by": request.user, "today": today()}
        self.find_giver(request.POST.get("from") or request.GET.get("from", ""))
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            raise Http404 from None

    def find_giver(self, sent: str) -> None:
        """Find whose clients are handed over: one's own, or whose a main user chose."""
        who = effective_access(self.asked["by"], today=self.asked["today"])
        self.is_main_user = may_create(self.asked["by"], Assignment, today=self.asked["today"])
        self.chosen = True
        if sent == OF_NOBODY:
            self.giver = None
        elif sent and sent != TO_CHOOSE:
            key = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
            self.giver = StaffMember.objects.filter(pk=key).select_related("user").first()
            if self.giver is None:
                raise Http404
        elif who.has(Role.COUNSELLOR) and not (sent and self.is_main_user):
            self.giver = who.staff_member
        else:
            self.chosen = False
        if not hand_over_list.may_give(self.giver, **self.asked):
            raise Http404

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "plan" in request.POST:
            return self.decide(request)
        form = self.form(request.POST)
        return self.summary(form) if form.is_valid() else self.refuse(form)

    def form(self, data: QueryDict | None = None) -> HandOverForm:
        rows = hand_over_list.read(self.giver, **self.asked) if self.chosen else []
        offered = counsellors.offered(view=hand_over_list.VIEW, **self.asked)
        return HandOverForm(
            data,
            rows=rows,
            colleagues=[each for each in offered if each.member != self.giver],
            initial=self.absence(),
        )

    def absence(self) -> dict[str, date | None]:
        """Return the days of the giver's absence that runs or comes next; else today."""
        day: date = self.asked["today"]
        for away in hand_over_list.absences(self.giver, today=day) if self.giver else []:
            return {"valid_from": max(away.first, day), "valid_until": away.last}
        return {"valid_from": day}

    def refuse(self, form: HandOverForm) -> HttpResponse:
        """Show the form again; what was ticked and typed is still there."""
        return self.render_to_response(self.get_context_data(form=form))

    def summary(self, form: HandOverForm) -> HttpResponse:
        """Say what will happen, and ask for one confirmation."""
        data, moves = form.cleaned_data, form.moves()
        days = Stretch(data["valid_from"], data["valid_until"])
        try:
            handing_over.refuse_days(days, self.asked["today"])
            told = sentences(form.rows, moves, days, colleagues=form.names)
        except ValidationError as refused:
            add_errors(form, refused)
            return self.refuse(form)
        return self.render_to_response(
            self.get_context_data(form=form, told=told, plan=self.sealed(moves, days))
        )

    def sealed(self, moves: Collection[Move], days: Stretch) -> str:
        """Return what was asked for, signed for this person, to be sent back as it was shown."""
        return SIGNER.sign_object(
            {
                "by": self.request.user.pk,
                "giver": self.giver.pk if self.giver else None,
                "days": [day.isoformat() if day else "" for day in days],
                "moves": [[move.client.hex, move.to, move.seen] for move in moves],
            },
            compress=True,
        )

    def decide(self, request: HttpRequest) -> HttpResponse:
        """Carry out what the summary said, or go back to the form with all that was chosen."""
        try:
            plan = SIGNER.unsign_object(request.POST["plan"])
        except (BadSignature, ValueError):
            raise Http404 from None
        if (plan["by"], plan["giver"]) != (
            request.user.pk,
            self.giver.pk if self.giver else None,
        ):
            raise Http404
        first, last = (date.fromisoformat(day) if day else None for day in plan["days"])
        if "back" in request.POST or first is None:
            return self.refuse(self.form(self.as_typed(plan)))
        try:
            done = handing_over.hand_over(
                giver=self.giver,
                moves=[Move(UUID(client), to, seen) for client, to, seen in plan["moves"]],
                valid_from=first,
                valid_until=last,
                **self.asked,
            )
        except (Stale, ValidationError) as refused:
            form = self.form(self.as_typed(plan))
            form.full_clean()
            if isinstance(refused, ValidationError):
                add_errors(form, refused)
            else:
                form.add_error(
                    None,
                    _(
                        "Somebody changed meanwhile who is responsible for these clients. Nothing "
                        "was done: look at them again."
                    ),
                )
            return self.refuse(form)
        self.say(done)
        return redirect(self.where_next())

    def as_typed(self, plan: dict[str, Any]) -> QueryDict:
        """Return the plan as the form sends it."""
        data = QueryDict(mutable=True)
        days = [date.fromisoformat(day) if day else None for day in plan["days"]]
        data["valid_from"], data["valid_until"] = (
            f"{day:%-d.%-m.%Y}" if day else "" for day in days
        )
        receivers = {to for _client, to, _seen in plan["moves"]}
        if len(receivers) == 1:
            data["to"] = str(receivers.pop())
        for client, to, _seen in plan["moves"]:
            key = str(UUID(client))
            data.appendlist(TICKED, key)
            data[f"to-{key}"] = "" if "to" in data else str(to)
        return data

    def say(self, done: HandedOver) -> None:
        if done.now:
            words = ngettext(
                "%(count)d client was handed over.", "%(count)d clients were handed over.", done.now
            )
            messages.success(self.request, words % {"count": done.now})
        if done.before:
            words = ngettext(
                "%(count)d client had been handed over like this before.",
                "%(count)d clients had been handed over like this before.",
                done.before,
            )
            messages.info(self.request, words % {"count": done.before})
        if done.erased:
            words = ngettext(
                "%(count)d client was erased meanwhile.",
                "%(count)d clients were erased meanwhile.",
                done.erased,
            )
            messages.warning(self.request, words % {"count": done.erased})

    def where_next(self) -> str:
        if self.giver is None:
            return reverse("register_without_counsellor")
        if self.giver.user_id == self.request.user.pk:
            return address(Client, "index")
        return address(self.giver, "inspect")

    def givers(self) -> list[tuple[str, str, bool]]:
        """Return (value, label, whether chosen) of those whose clients a main user can give."""
        if not self.is_main_user:
            return []
        counted = hand_over_list.counted(**self.asked)
        members = StaffMember.objects.filter(user__in=list(counted)).select_related("user")
        return [
            (
                str(member.pk),
                f"{named(member.user)}: "
                + ngettext("%(count)d client", "%(count)d clients", counted[member.user_id])
                % {"count": counted[member.user_id]},
                member == self.giver,
            )
            for member in members
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.form()
        return super().get_context_data(
            form=form,
            media=form.media,
            rows=[
                (row, key, key in form.ticked, form.chosen_for(key))
                for key, row in form.rows.items()
            ],
            shown=",".join(form.rows),
            names={"ticked": TICKED, "all": ALL, "shown": SHOWN},
            giver=self.giver,
            giver_name=named(self.giver.user) if self.giver else "",
            is_own=self.giver is not None and self.giver.user_id == self.request.user.pk,
            chosen=self.chosen,
            sent=str(self.giver.pk) if self.giver else OF_NOBODY,
            givers=self.givers(),
            address=reverse(NAME),
            **kwargs,
        )


def urls() -> list[URLPattern]:
    """Return the address of the screen."""
    return [path("luovuta/", HandOverView.as_view(), name=NAME)]
