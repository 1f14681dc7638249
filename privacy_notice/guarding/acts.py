"""The acts that would take the notice off the air, and what to do instead of each (C01)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One act that is refused while the notice is in force.

    Attributes:
        words: why it is refused, and what to do instead.
        screen: Wagtail's view that begins it, where the permission tester refuses the page itself.
    """

    words: Any
    screen: str = ""


class OffTheAir(Exception):
    """The act would take the notice in force off the air, or put a second one beside it."""

    def __init__(self, act: Act) -> None:
        super().__init__(act)
        self.act = act

    def __str__(self) -> str:
        return str(self.act.words)


DELETE = Act(
    words=_(
        "This would delete the privacy notice in force, and the law wants it to be public at all "
        "times. To change what it says, edit it and publish the change."
    ),
    screen="wagtailadmin_pages:delete",
)
UNPUBLISH = Act(
    words=_(
        "This would take the privacy notice in force off the site, and the law wants it to be "
        "public at all times. To change what it says, edit it: until you publish the change, "
        "readers see the earlier text."
    ),
    screen="wagtailadmin_pages:unpublish",
)
MOVE = Act(
    words=_(
        "This would change the address of the privacy notice in force, which stands in letters "
        "and on forms. To show the notice elsewhere as well, make a link to it there."
    ),
    screen="wagtailadmin_pages:move",
)
CONFIRM_MOVE = Act(words=MOVE.words, screen="wagtailadmin_pages:move_confirm")
COPY = Act(
    words=_(
        "This would make a second privacy notice, and there is one only. To prepare a new text, "
        "edit the notice and save it as a draft: readers see the earlier text until you publish."
    ),
    screen="wagtailadmin_pages:copy",
)
HIDE = Act(
    words=_(
        "This would hide the privacy notice in force, and the law wants everybody to be able to "
        "read it. Make only those pages private below which the notice does not stand."
    ),
    screen="wagtailadmin_pages:set_privacy",
)
ADDRESS = Act(
    words=_(
        "The address of the privacy notice in force can't be changed: it stands in letters and on "
        "forms. Keep the address, and change the title or the headings instead."
    )
)
EXPIRE = Act(
    words=_(
        "A privacy notice can't be set to expire, since the law wants it to be public at all "
        "times. Leave the time of expiry empty; when the text changes, publish the change."
    )
)
SECOND = Act(
    words=_("The site has a privacy notice in this language already. Edit that one instead.")
)
SITE = Act(
    words=_(
        "This would take the privacy notice in force off the site. The site can't be deleted, its "
        "root page can't be another one, and it stays the default site; its name can be changed."
    )
)
HOST = Act(
    words=_(
        "This would change the host name or the port under which the privacy notice in force is "
        "read, or give them to another site. If the site really moves, write its new address into "
        "the setting BASE_URL and run manage.py create_site_content."
    )
)
LANGUAGE = Act(
    words=_(
        "A privacy notice is published in this language, at an address that has the language in "
        "it. Leave the language as it is, and add another one beside it."
    )
)
WORKFLOW = Act(
    words=_(
        "The privacy notice is published by approval, and this would leave nobody to whom a "
        "change can be submitted. The workflow and its task stay as they are; their names can be "
        "changed."
    )
)
INCOMPLETE = Act(
    words=_(
        "This version of the privacy notice lacks what must be in it, so it can't be published. "
        "Open it for editing, press “Put back what is missing”, and publish it then."
    )
)
UNAPPROVED = Act(
    words=_(
        "The privacy notice is published by approval, with the facts that were approved. Save a "
        "draft, submit it, and let the data protection contact approve it."
    )
)
# What the permission tester refuses, by the view that asks it.
BY_SCREEN = {
    act.screen: act for act in (DELETE, UNPUBLISH, MOVE, CONFIRM_MOVE, COPY, HIDE) if act.screen
}
