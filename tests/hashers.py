"""How the suite hashes passwords: at once, and otherwise as production does."""

from django.contrib.auth.hashers import MD5PasswordHasher

from register.access.passwords import InNormalForm


class Quick(InNormalForm, MD5PasswordHasher):
    pass
