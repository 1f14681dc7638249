"""The verbs by which clients are given the notice (C01, C19, C20)."""

from futuuri_site.content import pages
from register.domain.notices import giving, handing_out, publication
from register.models.access_log import Action
from register.models.staff import Role
from tests.integration.order_verbs import own_client
from tests.integration.verb import RESULT, TODAY, Verb


def own_client_to_be_told(by):
    client = own_client(by)
    publication.publish(version=2, material=True, reason="Muutos", address="/", today=TODAY)
    return client.notices_given.get()


def own_client_with_a_notice_in_force(by):
    pages.create(languages=["fi"])
    return own_client(by)


NOTICE_VERBS = {
    "notices.giving.tell": Verb(
        run=giving.tell,
        role=Role.COUNSELLOR,
        as_well=Role.MAIN_USER,
        about=own_client_to_be_told,
        wanted=lambda row: {"rows": [row.pk], "given_on": TODAY},
    ),
    "notices.handing_out.hand_out": Verb(
        run=handing_out.hand_out,
        role=Role.COUNSELLOR,
        about=own_client_with_a_notice_in_force,
        wanted=lambda client: {"client": client, "version": 1},
        action=Action.CREATE,
        **RESULT,
    ),
}
