"""Forms of the import: the file, and what its columns are."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.clients.importing import choices as choosing
from register.domain.clients.importing.choices import Choices
from register.domain.clients.importing.columns import Column, letter
from register.domain.clients.importing.kept import Upload
from register.models.orders import Manner


class UploadForm(forms.Form):
    """The file, and what makes it one that may be moved here (C22)."""

    required_css_class = "required"
    file = forms.FileField(
        label=gettext_lazy("List of clients"),
        help_text=gettext_lazy("An Excel workbook (.xlsx) or a CSV file."),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )
    is_own = forms.BooleanField(
        label=gettext_lazy(
            "The list is the company's own, and the clients on it gave their data themselves"
        ),
        error_messages={
            "required": gettext_lazy(
                "Only the company's own earlier list of the same clients may be moved here: the "
                "privacy notice says that the data comes from the clients."
            )
        },
    )


class ColumnsForm(forms.Form):
    """Sheet, row of headings, and a choice for each column.

    Attributes:
        columns: (heading, letter, samples, bound field) of each column, for the page.
    """

    required_css_class = "required"

    def __init__(self, upload: Upload, data: Any = None) -> None:
        super().__init__(data)
        self.upload, choices = upload, upload.choices
        sheets = upload.table.sheets
        if len(sheets) > 1:
            self.fields["sheet"] = forms.TypedChoiceField(
                label=_("Sheet"),
                choices=[(number, each.name) for number, each in enumerate(sheets)],
                coerce=int,
                initial=choices.sheet,
            )
        sheet = sheets[choices.sheet]
        self.fields["heading_row"] = forms.IntegerField(
            label=_("Row of the headings"),
            min_value=1,
            max_value=max(len(sheet.rows), 1),
            initial=choices.heading_row,
        )
        self.fields["manner"] = forms.ChoiceField(
            label=_("Manner of delivery of rows that name none"),
            choices=[("", _("Not chosen")), *Manner.choices],
            required=False,
            initial=choices.manner,
        )
        self.fields["leaves_out"] = forms.BooleanField(
            label=_("Columns that are “left out” are not imported"),
            required=False,
            initial=choices.leaves_out,
        )
        self.headings = choosing.headings(sheet, choices.heading_row)
        for number, _heading in enumerate(self.headings):
            chosen = choices.columns[number] if number < len(choices.columns) else ""
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=_("Column %(letter)s") % {"letter": letter(number + 1)},
                choices=[("", _("Left out")), *Column.choices],
                required=False,
                initial=chosen,
            )

    @property
    def columns(self) -> list[dict[str, Any]]:
        sheet, row = self.upload.table.sheets[self.upload.choices.sheet], self.upload.choices
        return [
            {
                "heading": heading,
                "letter": letter(number + 1),
                "samples": choosing.samples(sheet, row.heading_row, number),
                "field": self[f"column_{number}"],
            }
            for number, heading in enumerate(self.headings)
        ]

    @property
    def place(self) -> tuple[int, int]:
        sheet = self.cleaned_data.get("sheet", self.upload.choices.sheet)
        return sheet, self.cleaned_data["heading_row"]

    def is_another_place(self) -> bool:
        """Whether another sheet or row was chosen, whose columns are other ones."""
        return self.place != (self.upload.choices.sheet, self.upload.choices.heading_row)

    def guessed_anew(self) -> Choices:
        """Return the choices of the other place, its columns guessed."""
        sheet, row = self.place
        chosen = replace(self.upload.choices, sheet=sheet, manner=self.cleaned_data["manner"])
        is_same_sheet = sheet == self.upload.choices.sheet
        return choosing.guess(self.upload.table, chosen, heading_row=row if is_same_sheet else None)

    def chosen(self) -> Choices:
        """Return what was chosen."""
        numbers = range(len(self.headings))
        return replace(
            self.upload.choices,
            columns=tuple(self.cleaned_data[f"column_{number}"] for number in numbers),
            manner=self.cleaned_data["manner"],
            leaves_out=self.cleaned_data["leaves_out"],
        )
