"""Who somebody is, told by the name and by the user name."""

import pytest
from django.contrib.auth import get_user_model

from register.models.staff import named


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [("Aino", "Ohjaaja", "Aino Ohjaaja (ao)"), ("", "Ohjaaja", "Ohjaaja (ao)"), ("", "", "ao")],
)
def test_a_name_stands_beside_the_user_name(first, last, told):
    assert named(get_user_model()(username="ao", first_name=first, last_name=last)) == told
