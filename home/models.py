"""The public pages around the notice: the home page and the feedback form."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from home.blocks import PointBlock
from home.forms import ANSWER_KINDS, SENDING, FeedbackForm, FeedbackFormBuilder
from home.questions import QuestionsForm, refusals
from register.domain import feedback
from register.domain.access_log.typed import refuse_identity_codes
from register.models import Feedback
from register.reference.clock import today
from register.text.model_fields import LineField, LinesField, in_one_form
from register.text.page_fields import RichTextField, StreamField
from register.wagtail_admin.translations import OlderPanel, Translated

PLAIN_TEXT = ["bold", "italic", "link", "ul", "ol"]


class HomePage(Translated, Page):
    """What the company offers to private clients, and the way to the notice and the feedback."""

    lead = LinesField(_("lead"), max_length=600)
    offers = StreamField([("offer", PointBlock())], verbose_name=_("offers"), blank=True)
    steps_heading = LineField(_("heading of the steps"), max_length=120, blank=True)
    steps = StreamField([("step", PointBlock())], verbose_name=_("steps"), blank=True)
    closing = RichTextField(_("closing"), features=PLAIN_TEXT, blank=True)

    content_panels = [
        *Page.content_panels,
        OlderPanel(),
        FieldPanel("lead"),
        FieldPanel("offers"),
        MultiFieldPanel([FieldPanel("steps_heading"), FieldPanel("steps")], heading=_("Steps")),
        FieldPanel("closing"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("home page")

    def clean(self) -> None:
        super().clean()
        refuse_identity_codes(self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Look in the tree of the address's language, and nowhere else.

        Wagtail would show the site's own language instead of a translation that is not there. A
        tree is there also while its home page is a draft, so that the notice in it is.
        """
        language = get_language()
        if self.locale.language_code == language:
            return super().route(request, path_components)
        home = self.get_translations().filter(locale__language_code=language).first()
        if home is None:
            raise Http404
        return home.route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, and say that the answer may be stored: it is the same for everybody."""
        response: HttpResponse = super().serve(request, *args, **kwargs)
        response.storable_in = self.locale.language_code  # type: ignore[attr-defined]
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["linked_pages"] = self.get_children().live().in_menu()
        return context


class FeedbackPage(Translated, AbstractForm):
    """The feedback form (C19). Answers go to the register, encrypted; never to Wagtail's table.

    Editors change the questions and see no answer (C33).
    """

    intro = RichTextField(_("introduction"), features=PLAIN_TEXT, blank=True)
    privacy = RichTextField(
        _("what happens to the answers"),
        features=PLAIN_TEXT,
        help_text=_("Shown before the form: ask for no name or address, and say so."),
    )
    thanks_heading = LineField(_("heading of the thank-you page"), max_length=120)
    thanks = RichTextField(_("text of the thank-you page"), features=PLAIN_TEXT, blank=True)

    content_panels = [
        *Page.content_panels,
        OlderPanel(),
        FieldPanel("intro"),
        FieldPanel("privacy"),
        InlinePanel("form_fields", heading=_("Questions"), label=_("Question")),
        MultiFieldPanel(
            [FieldPanel("thanks_heading"), FieldPanel("thanks")], heading=_("Thank-you page")
        ),
    ]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    base_form_class = QuestionsForm
    form_builder = FeedbackFormBuilder
    template = "home/feedback_page.html"
    landing_page_template = "home/feedback_thanks.html"

    class Meta:
        verbose_name = _("feedback page")

    def clean(self) -> None:
        super().clean()
        refuse_identity_codes(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give each page its own random value; one that comes back with errors keeps it."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["sending_name"] = SENDING
        context["sending"] = request.POST.get(SENDING) or secrets.token_urlsafe(16)
        return context

    def process_form_submission(self, form: FeedbackForm) -> Feedback:
        return feedback.receive(answers=form.answers(), today=today(), sending=form.sending)

    def render_landing_page(
        self, request: HttpRequest, form_submission: Any = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Send the browser on after a submission, so that reloading does not send it again."""
        if form_submission is not None:
            return redirect(f"{self.get_url(request)}?sent")
        response: HttpResponse = super().render_landing_page(request, None, *args, **kwargs)
        return response

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and "sent" in request.GET:
            return self.render_landing_page(request)
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response


class FeedbackField(AbstractFormField):
    """A question. Kinds that ask for an address or a date are not on offer (C23)."""

    page = ParentalKey(FeedbackPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(_("kind of answer"), max_length=16, choices=ANSWER_KINDS)
    field_type.required_on_save = True  # type: ignore[attr-defined]
    label, help_text, choices, default_value = (
        in_one_form(AbstractFormField, name)
        for name in ("label", "help_text", "choices", "default_value")
    )

    class Meta(AbstractFormField.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def clean(self) -> None:
        """Refuse what would make a form that can't be filled in, sent or understood."""
        super().clean()
        refuse_identity_codes(self)
        self.choices = self.choices.strip()
        if not self.label:
            return  # which is said already
        name = self.clean_name or self.get_field_clean_name()
        if found := refusals(name=name, kind=self.field_type, choices=self.choices):
            raise ValidationError(found)
