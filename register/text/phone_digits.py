"""Phone numbers as digits, so that each way of writing finds them."""

import re
import unicodedata

from phonenumber_field.phonenumber import PhoneNumber

# A trunk zero that is dropped when one dials from abroad: +358 (0)40 123 4567.
TRUNK = re.compile(r"\(0\)")
INTERNATIONAL = "00"


def stored_digits(phone: "PhoneNumber | str | None") -> list[str]:
    """Return the digits of a stored number, as dialled from abroad and at home."""
    if isinstance(phone, PhoneNumber) and phone.is_valid():
        return [digits(phone.as_e164), digits(phone.as_national)]
    return [digits(str(phone))] if phone else []


def typed_digits(text: str) -> str:
    """Return the digits of a number, or of a part of one, as somebody typed it."""
    found = digits(TRUNK.sub("", text))
    return found.removeprefix(INTERNATIONAL) or found


def digits(text: str) -> str:
    """Return the digits of a text, of whatever script."""
    return "".join(str(unicodedata.decimal(each)) for each in text if each.isdecimal())
