"""The last line: what would take the notice off the air is refused on every way (C01).

A screen, Wagtail's own API, a command, a shell: each saves or deletes by the models, which ask
here. `QuerySet.update` and SQL ask nobody.
"""

from typing import Any

from django.db.models.signals import pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import pre_page_move

from privacy_notice.guarding import acts
from privacy_notice.guarding.acts import OffTheAir
from privacy_notice.guarding.current import holds_one, in_force, language_of, notices, site_of
from privacy_notice.guarding.whole import missing


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
    stored = Site.objects.filter(pk=instance.pk).first()
    if stored and stored.root_page_id != instance.root_page_id:
        before_deleting_a_site(stored)


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
