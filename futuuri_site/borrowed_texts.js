// Texts of Wagtail's scripts that its own Finnish or Swedish catalogue lacks. No page loads this.
ngettext("%(num)s min", "%(num)s mins", 1);
gettext("A network error occurred.");
gettext("A server error occurred.");
gettext("Autosave in progress…");
gettext("Changes have been autosaved.");
gettext("Complex");
gettext("Fair");
gettext("Good");
gettext("Pin toolbar");
gettext("Search options…");
gettext("Toggle section");
gettext("Unpin toolbar");
