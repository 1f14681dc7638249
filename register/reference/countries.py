"""Countries where personal data may be (C28): the European Economic Area."""

from django.utils.translation import gettext_lazy as _

EU = {
    "AT": _("Austria"),
    "BE": _("Belgium"),
    "BG": _("Bulgaria"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DE": _("Germany"),
    "DK": _("Denmark"),
    "EE": _("Estonia"),
    "ES": _("Spain"),
    "FI": _("Finland"),
    "FR": _("France"),
    "GR": _("Greece"),
    "HR": _("Croatia"),
    "HU": _("Hungary"),
    "IE": _("Ireland"),
    "IT": _("Italy"),
    "LT": _("Lithuania"),
    "LU": _("Luxembourg"),
    "LV": _("Latvia"),
    "MT": _("Malta"),
    "NL": _("Netherlands"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "SE": _("Sweden"),
    "SI": _("Slovenia"),
    "SK": _("Slovakia"),
}
COUNTRIES = EU | {"IS": _("Iceland"), "LI": _("Liechtenstein"), "NO": _("Norway")}
EEA = tuple(sorted(COUNTRIES))


def country_choices() -> list[tuple[str, str]]:
    """Return (code, name) pairs in the reader's alphabetical order."""
    return sorted(((code, str(name)) for code, name in COUNTRIES.items()), key=lambda c: c[1])
