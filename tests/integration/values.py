"""Any value that a model's field can hold, made from the field and not from any form."""

from functools import partial

import phonenumbers
from django.contrib.auth import get_user_model
from django.db import models
from hypothesis import strategies as st
from phonenumber_field.modelfields import PhoneNumberField

from register.domain.access_log.typed import free_texts
from register.reference.municipalities import municipalities

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
KINDS = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
# What a form, a template or a browser is prone to mend.
AWKWARD = [
    " alussa",
    "lopussa ",
    "kaksi  väliä",
    "<b>&amp;</b>",
    "\"lainaus\" ja 'toinen'",
    "0",
    "-",
    "–",
    "None",
    "a\tb;c@d",
    "131052-308T",
    "\N{NO-BREAK SPACE}väli",
]
LINES = [
    "\nalussa tyhjä rivi",
    "\n\nkaksi",
    "rivi\nrivi",
    "rivi\r\nrivi",
    "vanha\rMac",
    "lopussa\n",
]
SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"])
CODES = [*municipalities(), "999"]


@st.composite
def phone_numbers(draw):
    """A valid number of any country, as it is stored."""
    region, kind = draw(st.sampled_from(REGIONS)), draw(st.sampled_from(KINDS))
    example = phonenumbers.example_number_for_type(region, kind) or phonenumbers.example_number(
        region
    )
    text = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    tail = draw(st.integers(0, 999))
    varied = phonenumbers.parse(f"{text[:-3]}{tail:03}", None)
    if not phonenumbers.is_valid_number(varied):
        varied = example
    return phonenumbers.format_number(varied, phonenumbers.PhoneNumberFormat.E164)


def texts(longest, *, empty):
    awkward = [text for text in AWKWARD + LINES if len(text) <= longest]
    free = st.text(SIGNS, min_size=0 if empty else 1, max_size=min(longest, 60))
    return st.one_of(st.sampled_from(awkward), free)


def of_field(field):
    """Return a strategy for what the column can hold, rows of before the rules included."""
    if field.name == "home_municipality":
        return st.sampled_from(["", *CODES])
    if isinstance(field, PhoneNumberField):
        return st.just("") | phone_numbers() if field.blank else phone_numbers()
    if field.choices:
        codes = [code for code, _label in field.flatchoices if code != ""]
        return st.sampled_from(["", *codes] if field.blank else codes)
    if isinstance(field, models.EmailField):
        return st.emails().filter(lambda text: len(text) <= field.max_length)
    simple = {
        models.BooleanField: st.booleans,
        models.DateField: st.dates,
        models.PositiveSmallIntegerField: partial(st.integers, 1900, 2200),
    }
    if type(field) in simple:
        values = simple[type(field)]()
        return st.none() | values if field.null else values
    if isinstance(field, models.DecimalField):
        most = 10 ** (field.max_digits - field.decimal_places) - 1
        return st.sampled_from([0, "0.00", "0.01"]) | st.decimals(0, most, places=2)
    if isinstance(field, models.ForeignKey):
        keys = field.related_model.objects.values_list("pk", flat=True)
        return st.deferred(lambda: st.sampled_from(sorted(keys)))
    return texts(field.max_length or 300, empty=field.blank)


def of_row(model, names):
    """Return a strategy for the values of these attributes of a row, those encrypted included."""
    sealed = {text.name for text in free_texts(model) if text.name != text.column}
    strategies = {}
    for name in names:
        if name in sealed:
            strategies[name] = texts(2000, empty=False)
        elif name in {field.name for field in model._meta.get_fields() if field.concrete}:
            strategies[name] = of_field(model._meta.get_field(name))
    return st.fixed_dictionaries(strategies)


def of_account():
    """Return a strategy for what an account says of a person."""
    user = get_user_model()
    fields = [user._meta.get_field(name) for name in ("first_name", "last_name", "email")]
    return st.fixed_dictionaries({field.name: of_field(field) for field in fields})
