"""Django's classes that take the type of their rows for the type checker alone.

At run time they take none, unless some companion has changed them while it was imported.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core import paginator
from django.views.generic import edit

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    ModelChoiceField = forms.ModelChoiceField[Any]
    FormMixin = edit.FormMixin[Any]
    Paginator = paginator.Paginator[Any]
else:
    ModelForm = forms.ModelForm
    ModelChoiceField = forms.ModelChoiceField
    FormMixin = edit.FormMixin
    Paginator = paginator.Paginator
