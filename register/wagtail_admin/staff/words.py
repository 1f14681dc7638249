"""Words that several screens of accounts say."""

from django.utils.translation import gettext_lazy as _

SOMEBODY_IS_LEFT = _("Somebody must be left to manage the accounts.")
