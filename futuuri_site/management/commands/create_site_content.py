"""`manage.py create_site_content`: the first pages of the site, in Finnish."""

from typing import Any

from django.core.management.base import BaseCommand

from futuuri_site.content import pages


class Command(BaseCommand):
    help = (
        "Make the public pages, the controller's facts and the editors' permissions, "
        "where they are missing. Safe to repeat: edited content stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        pages.create()
        if options["verbosity"] > 0:
            self.stdout.write("The site's pages are in place.")
