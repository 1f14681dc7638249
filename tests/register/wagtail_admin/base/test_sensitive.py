"""Beside each free text about a client stands what may be written of health (O14, Art. 9)."""

import pytest
from django.utils import translation

from register.wagtail_admin.base.sensitive import HEALTH
from register.wagtail_admin.orders.forms import OrderFields
from register.wagtail_admin.orders.note_forms import NoteForm
from register.wagtail_admin.retention.holds import HoldForm

FIELDS = [(NoteForm, "text"), (OrderFields, "specification"), (HoldForm, "reason")]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(("form", "name"), FIELDS, ids=[name for _form, name in FIELDS])
def test_it_stands_beside_each(form, name, language):
    with translation.override(language):
        assert str(HEALTH) in str(form.base_fields[name].help_text)
