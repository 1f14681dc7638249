"""The last line: what would take the notice off the air is refused on every way (C01).

A screen, Wagtail's own API, a command, a shell: each saves or deletes by the models, which ask
here. `QuerySet.update` and SQL ask nobody.
"""

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db.models.signals import pre_delete, pre_save
from wagtail.models import (
    Locale,
    Page,
    PageViewRestriction,
    Site,
    Task,
    Workflow,
    WorkflowTask,
)
from wagtail.signals import pre_page_move

from privacy_notice.guarding import acts
from privacy_notice.guarding.acts import OffTheAir
from privacy_notice.guarding.current import holds_one, in_force, language_of, notices, site_of
from privacy_notice.guarding.whole import missing

DEFAULT_PORTS = {"http": 80, "https": 443}


def before_saving_a_page(
    instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """Refuse what takes a notice off, or changes its address; give a new one its place.

    Wagtail saves a notice also as a plain page: when its time is up, for one.
    """
    if raw or not isinstance(instance, Page):
        return
    stored = Page.objects.filter(pk=instance.pk).first() if instance.pk else None
    if stored is not None:
        refuse_to_leave(instance, stored)
    if isinstance(instance, notices().model):
        give_its_place(instance)
        if instance.live and (update_fields is None or "sections" in update_fields):
            refuse_incomplete(instance)


def refuse_incomplete(notice: Any) -> None:
    if missing(notice.sections.get_prep_value(), language=language_of(notice)):
        raise OffTheAir(acts.INCOMPLETE)


def refuse_to_leave(page: Page, stored: Page) -> None:
    if stored.live and not page.live and in_force().filter(pk=stored.pk).exists():
        raise OffTheAir(acts.UNPUBLISH)
    if page.live and page.expire_at and notices().filter(pk=stored.pk).exists():
        raise OffTheAir(acts.EXPIRE)
    if page.slug != stored.slug and not stored.is_site_root() and holds_one(stored):
        raise OffTheAir(acts.ADDRESS)


def give_its_place(notice: Any) -> None:
    """Note the notice's site and language, of which it has to be the only one."""
    site = site_of(notice)
    if site:
        # Of two people who add one at the same moment, the second waits here, and is told.
        Site.objects.select_for_update().get(pk=site.pk)
        others = notices().filter(site=site, language_id=notice.locale_id)
        if others.exclude(pk=notice.pk).exists():
            raise OffTheAir(acts.SECOND)
    notice.site, notice.language_id = site, notice.locale_id


def before_deleting_a_notice(instance: Any, **kwargs: Any) -> None:
    """Asked too when the page goes with another one, as the home page or the root."""
    if in_force().filter(pk=instance.pk).exists():
        raise OffTheAir(acts.DELETE)


def before_moving(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """Another place among the same pages is no other address."""
    if url_path_before != url_path_after and holds_one(instance):
        raise OffTheAir(acts.MOVE)


def before_hiding(instance: PageViewRestriction, **kwargs: Any) -> None:
    if instance.restriction_type != PageViewRestriction.NONE and holds_one(instance.page):
        raise OffTheAir(acts.HIDE)


def before_saving_a_site(instance: Site, **kwargs: Any) -> None:
    """Another host name or port is taken only as the settings name it: then the site has moved."""
    if kwargs.get("raw"):
        return
    stored = Site.objects.filter(pk=instance.pk).first()
    if stored and in_force().filter(site=stored).exists():
        if stored.root_page_id != instance.root_page_id:
            raise OffTheAir(acts.SITE)
        if stored.is_default_site and not instance.is_default_site:
            raise OffTheAir(acts.SITE)
        moved = (stored.hostname, stored.port) != (instance.hostname, instance.port)
        if moved and (instance.hostname, instance.port) != address_by_settings():
            raise OffTheAir(acts.HOST)
    elif takes_the_place(instance):
        raise OffTheAir(acts.HOST)


def takes_the_place(site: Site) -> bool:
    """Whether requests for a notice of another site would come to this one."""
    others = in_force().exclude(site=site.pk) if site.pk else in_force()
    if site.is_default_site and others.filter(site__is_default_site=True).exists():
        return True
    names = {name.lower() for name in others.values_list("site__hostname", flat=True) if name}
    if others.filter(site__is_default_site=True).exists():
        names.add(address_by_settings()[0])  # which the default site answers, whatever its name
    return site.hostname.lower() in names


def address_by_settings() -> tuple[str, int]:
    """Return the host name and port that the settings give to the default site."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    return address.hostname or "localhost", address.port or DEFAULT_PORTS.get(address.scheme, 80)


def before_saving_a_language(instance: Locale, raw: bool = False, **kwargs: Any) -> None:
    stored = Locale.objects.filter(pk=instance.pk).first()
    if raw or stored is None or stored.language_code == instance.language_code:
        return
    if in_force().filter(locale=stored.pk).exists():
        raise OffTheAir(acts.LANGUAGE)


def before_saving_a_step(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Refuse to disable the workflow of the notice, or its task. Asked of each kind of task."""
    if not raw and isinstance(instance, Workflow | Task) and not instance.active:
        before_deleting_a_step(instance)


def before_deleting_a_step(instance: Any, **kwargs: Any) -> None:
    """A workflow goes with its tasks, and a task is taken out of it by this link."""
    if isinstance(instance, Workflow | Task | WorkflowTask) and carries_the_notice(instance):
        raise OffTheAir(acts.WORKFLOW)


def carries_the_notice(instance: Workflow | Task | WorkflowTask) -> bool:
    """Whether changes of a notice in force are submitted by what is stored of it."""
    key = {Workflow: "workflow", Task: "task", WorkflowTask: "pk"}
    name = next(name for kind, name in key.items() if isinstance(instance, kind))
    steps = WorkflowTask.objects.filter(**{name: instance.pk}, workflow__active=True)
    approvals = apps.get_model("privacy_notice.NoticeApproval")._default_manager
    ours = approvals.filter(active=True).values("pk")
    return steps.filter(task__in=ours).exists() and in_force().exists()


def before_deleting_a_site(instance: Site, origin: Any = None, **kwargs: Any) -> None:
    """A site goes also with its root page, of which the words are another's."""
    if in_force().filter(site=instance).exists():
        deleted = getattr(origin, "model", type(origin or instance))
        raise OffTheAir(acts.DELETE if issubclass(deleted, Page) else acts.SITE)


def connect() -> None:
    """Ask from now on."""
    pre_save.connect(before_saving_a_page)
    pre_delete.connect(before_deleting_a_notice, sender=notices().model)
    pre_page_move.connect(before_moving)
    pre_save.connect(before_hiding, sender=PageViewRestriction)
    pre_save.connect(before_saving_a_site, sender=Site)
    pre_delete.connect(before_deleting_a_site, sender=Site)
    pre_save.connect(before_saving_a_language, sender=Locale)
    pre_save.connect(before_saving_a_step)
    pre_delete.connect(before_deleting_a_step)
