"""What a telephone does in a test: it keeps the secret and shows the code of the moment."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)

from register.domain.staff import second_factor
from register.reference.clock import today

DOOR, SECOND_STEP, HOME = "/admin/login/", "/admin/login/vahvistus/", "/admin/"
FACTORS, PROVE = "/admin/vahvistus/", "/admin/vahvistus/tunnistus/"


class Telephone:
    """An authenticator app with one secret."""

    def __init__(self, secret=None):
        self.secret = secret or generate_totp_secret()

    def code(self, *, steps=0):
        """The code that it shows; `steps` half minutes later than now."""
        return format_hotp_value(hotp_value(self.secret, int(time.time()) // 30 + steps))


def with_app(user):
    """Give the user an app, and return the telephone that it is on."""
    telephone = Telephone()
    second_factor.add_app(secret=telephone.secret, by=user, today=today())
    return telephone


def enter(client, user):
    """Let the user in as after a log-in in which a second factor was shown."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def recovery_codes(user):
    return second_factor.recovery_codes(user)


def with_passkey(user, name="Kannettava"):
    """Give the user a passkey of a device that is not at hand."""
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name, "credential": CREDENTIAL}
    )


# What a browser once answered; the device is gone.
CREDENTIAL = {}
