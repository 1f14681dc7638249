"""`manage.py create_site_content`: the first pages of the site, in its three languages."""

from typing import Any

from futuuri_site.content import pages
from register.management.plain import PlainCommand


class Command(PlainCommand):
    help = (
        "Make the public pages, the controller's facts and the editors' permissions, "
        "where they are missing. Safe to repeat: edited content stays, and what is missing of "
        "Swedish and English on a site that is in use becomes drafts."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        pages.create()
        if options["verbosity"] > 0:
            self.stdout.write("The site's pages are in place.")
