"""What the editor's list of facts offers."""

from django.http import HttpRequest, JsonResponse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from privacy_notice.prose.inline_facts import printed, table

FACTS = "privacy_notice_inline_facts"


@require_safe
def facts(request: HttpRequest) -> JsonResponse:
    """List each fact that is set, with what it prints; all of it is on the public page already."""
    known = table()
    rows = zip(known.items(), printed(list(known)), strict=True)
    offered = [
        {"name": name, "label": capfirst(str(fact.label)), "text": text}
        for (name, fact), text in rows
        if text
    ]
    return JsonResponse({"facts": offered})
