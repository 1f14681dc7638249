"""The published notice (C01)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import Page

from privacy_notice import rendering, slots
from privacy_notice.blocks import SectionsBlock
from privacy_notice.guarding import acts
from privacy_notice.guarding.form import MissingPanel, NoticeForm
from privacy_notice.guarding.tester import NoticePermissionTester
from privacy_notice.models.approved import Approved
from privacy_notice.models.earlier_versions import EarlierVersions
from privacy_notice.models.other_forms import OtherForms
from privacy_notice.models.stored_pages import Freshness, Storable
from privacy_notice.models.translations import TranslatedNotice
from privacy_notice.models.versions import NoticeVersion
from privacy_notice.prose import lengths
from privacy_notice.prose.tokens import FEATURE, validate_facts_known
from register.domain.access_log.typed import refuse_identity_codes
from register.models import Controller
from register.text.model_fields import LinesField
from register.text.page_fields import RichTextField, StreamField
from register.text.validators import validate_not_in_future
from register.wagtail_admin.translations import OlderPanel


class PrivacyNoticePage(EarlierVersions, OtherForms, Approved, TranslatedNotice, Page):
    """The privacy notice: sections in the editor's order, with facts from their one source.

    `reviewed_on` is when a person last found all of it true (C39). `site` and `language` are its
    place, which is nobody else's; privacy_notice.guarding keeps them, and the notice in it.
    """

    site = models.ForeignKey(
        "wagtailcore.Site",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("site"),
    )
    language = models.ForeignKey(
        "wagtailcore.Locale",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("language"),
    )

    intro = RichTextField(
        _("introduction"),
        features=[FEATURE, "bold", "italic", "link", "ul", "ol"],
        blank=True,
        validators=[validate_facts_known],
    )
    sections = StreamField(SectionsBlock(), verbose_name=_("sections"))
    reviewed_on = models.DateField(
        _("reviewed on"),
        null=True,
        blank=True,
        validators=[validate_not_in_future],
        help_text=_("The day on which a person last read the whole notice and found it true."),
    )
    editors_note = LinesField(
        _("editor's note"), blank=True, help_text=_("For the editors only: never published.")
    )

    content_panels = [
        *Page.content_panels,
        HelpPanel(
            content=_(
                "Contact details come from the settings, and the lists of data, recipients and "
                "retention times from the register's inventory: they can't be edited here. The "
                "page is public at all times, at the same address: instead of deleting, hiding or "
                "moving it, publish a change."
            )
        ),
        OlderPanel(),
        MissingPanel(),
        FieldPanel("intro"),
        FieldPanel("sections"),
        FieldPanel("reviewed_on"),
        FieldPanel("editors_note"),
    ]
    base_form_class = NoticeForm
    subpage_types: list[str] = []
    private_page_options: list[str] = []

    class Meta:
        verbose_name = _("privacy notice")
        constraints = [
            models.UniqueConstraint(
                fields=["site", "language"], name="notice_one_per_site_and_language"
            ),
        ]

    def permissions_for_user(self, user: Any) -> NoticePermissionTester:
        return NoticePermissionTester(user, self)

    def clean(self) -> None:
        super().clean()
        refuse_identity_codes(self)
        try:
            lengths.validate_length(self.intro)
        except ValidationError as error:
            raise ValidationError({"intro": error}) from error
        self.refuse_to_leave()

    def validate_constraints(self, exclude: Any = None) -> None:
        """Leave it to the guards, who find the place first and have words for a taken one."""

    def refuse_to_leave(self) -> None:
        """Say beside the field what the guards would refuse when it is saved."""
        found: dict[str, Any] = {}
        if self.expire_at:
            found["expire_at"] = acts.EXPIRE.words
        if type(self).objects.live().filter(pk=self.pk).exclude(slug=self.slug).exists():
            found["slug"] = acts.ADDRESS.words
        if found:
            raise ValidationError(found)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer, and let the answer be stored while what was published stands."""
        number = Freshness.objects.number()
        self.refresh_from_db()  # it was found before the number was
        response: HttpResponse = super().serve(request, *args, **kwargs)
        # What is stored is sent as 200: what says that a version is withdrawn is made each time.
        if response.status_code == 200 and NoticeVersion.objects.of(self).exists():
            response.storable = Storable(number, self.locale.language_code)  # type: ignore[attr-defined]
        return response

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Let the page say that its facts are today's, where it is shown from the history."""
        match = getattr(original_request, "resolver_match", None)
        from_history = bool(match and match.url_name == "revisions_view")
        extra = {**(extra_request_attrs or {}), "from_history": from_history}
        response: HttpResponse = super().make_preview_request(original_request, preview_mode, extra)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Give the template what was published; in a preview, what would be if it were today."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        in_preview = getattr(request, "is_preview", False)
        version = None if in_preview else NoticeVersion.objects.current(self)
        if version:
            return {
                **context,
                "version": version,
                "content": version.shown(),
                "controller": version.told()["controller"],
            }
        language = self.locale.language_code
        told = rendering.facts_of(Controller.for_request(request), language=language)
        content = rendering.content(self, told, language=language)
        return {
            **context,
            "content": slots.fill(content, told["controller"]),
            "controller": told["controller"],
        }
