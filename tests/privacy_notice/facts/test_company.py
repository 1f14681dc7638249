"""C05–C08, C53: what is published of the controller, and that all facts can be stored."""

import json

from privacy_notice import facts
from register.models import Controller


def test_the_companys_facts_are_all_that_is_published_of_it():
    told = facts.controller(Controller(pk=7, name="Oy Ab", street_address="Katu 3-7"))
    assert (told["name"], told["street_address"]) == ("Oy Ab", "Katu 3-7")
    assert not {"id", "version", "site"} & set(told)


def test_each_block_gets_plain_data_that_can_be_stored():
    """Nothing is left in it that is translated or counted later."""
    given = [
        facts.controller(Controller(name="Oy Ab", street_address="Katu 1")),
        facts.categories(),
        facts.purposes(),
        facts.recipients(),
        facts.retention(),
    ]
    assert json.loads(json.dumps(given)) == given
