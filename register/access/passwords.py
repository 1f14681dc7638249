"""What a new password must be, and how it is hashed (C36, NIST SP 800-63B)."""

from functools import cache
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher, BasePasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from register.models import Controller
from register.text.passwords import (
    LEAST_WEIGHT,
    LONGEST,
    SHORTEST,
    in_normal_form,
    plain,
    read,
    weight,
    words_of,
)

# What a user model calls a person by.
NAMES = ("username", "first_name", "last_name", "email")


class InNormalForm(BasePasswordHasher):
    """Of a password that is typed on two keyboards, one hash."""

    def encode(self, password: str, *args: Any, **kwargs: Any) -> str:
        return super().encode(in_normal_form(password), *args, **kwargs)

    def verify(self, password: str, encoded: str) -> bool:
        return super().verify(in_normal_form(password), encoded)


class Argon2(InNormalForm, Argon2PasswordHasher):
    """Argon2id, slow and hungry for memory. Other hashes become one at the next log-in."""


class Length:
    """At least 12 characters and at most 128, however they are composed."""

    def validate(self, password: str, user: Any = None) -> None:
        length = len(in_normal_form(password))
        if length < SHORTEST:
            raise ValidationError(
                ngettext(
                    "The password is too short: take at least %(count)d character.",
                    "The password is too short: take at least %(count)d characters.",
                    SHORTEST,
                )
                % {"count": SHORTEST},
                code="password_too_short",
            )
        if length > LONGEST:
            raise ValidationError(
                ngettext(
                    "The password is too long: take at most %(count)d character.",
                    "The password is too long: take at most %(count)d characters.",
                    LONGEST,
                )
                % {"count": LONGEST},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return _("From %(least)d to %(most)d characters. Blanks and any letters are welcome.") % {
            "least": SHORTEST,
            "most": LONGEST,
        }


class NotGuessed:
    """Nothing that others would try first.

    Refused is what is little but common words, names of the person, the firm and the site, years,
    and neighbours on the keyboard. `words` are further ones of the site.
    """

    def __init__(self, words: tuple[str, ...] = ()) -> None:
        self.words = words_of(*words)

    def validate(self, password: str, user: Any = None) -> None:
        names = [getattr(user, name, "") or "" for name in NAMES]
        words = self.words | words_of(*names) | firm_words()
        if is_common(password) or weight(password, words) < LEAST_WEIGHT:
            raise ValidationError(
                _(
                    "This password would be guessed: it is made of common words, names, years or "
                    "neighbours on the keyboard. Take four words that have nothing to do with each "
                    "other, with you or with your work."
                ),
                code="password_guessed",
            )

    def get_help_text(self) -> str:
        return _(
            "Easy to remember and hard to guess: four words that have nothing to do with each "
            "other. No names, and not the season and the year."
        )


def firm_words() -> set[str]:
    """Return the names of the firm and its site, as they are published."""
    return {
        word
        for names in Controller.objects.values_list("name", "register_name", "website", "city")
        for word in words_of(*names)
    }


def is_common(password: str) -> bool:
    """Whether it is one of Django's 20,000 common ones, with a number around it or without."""
    texts = {plain(password), *read(password)}
    cores = {text.strip("0123456789 !?.,-_*#+") for text in texts}
    return not common_passwords().isdisjoint(texts | {core for core in cores if len(core) >= 4})


@cache
def common_passwords() -> set[str]:
    return {plain(each) for each in CommonPasswordValidator().passwords}
