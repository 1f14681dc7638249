"""Adding a client, for oneself or for a colleague (C09–C13, C33)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from register.access.gate import may_see
from register.models.staff import named
from register.wagtail_admin.base.editing import CreateView


class NewClientView(CreateView):
    """Leads to the client's card; who added it for a colleague and keeps no access, to the list."""

    def form_valid(self, form: Any) -> HttpResponse:
        self.responsible = form.cleaned_data["responsible"]
        return super().form_valid(form)

    def saved(self, instance: Any) -> HttpResponse:
        if may_see(self.request.user, instance, today=self.today):
            return super().saved(instance)
        told = {"number": instance, "name": named(self.responsible.user)}
        messages.success(
            self.request, _("Client %(number)s was added; responsible: %(name)s.") % told
        )
        return redirect(self.index_url)
