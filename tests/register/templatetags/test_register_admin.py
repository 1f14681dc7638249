"""Templates name a screen by its object or its model, not by the name of a URL."""

import uuid

import pytest
from django.template import Context, Template

from register.models import ServiceOrder
from register.wagtail_admin.base import screens


def rendered(tag, **context):
    return Template("{% load register_admin %}" + tag).render(Context(context))


def test_a_tag_gives_the_address_of_an_object():
    order = ServiceOrder(pk=uuid.uuid4())
    assert rendered('{% address order "edit" %}', order=order) == screens.address(order, "edit")


def test_a_tag_gives_the_address_of_a_models_screen():
    assert rendered('{% address "register.Client" "create" %}') == "/admin/asiakkaat/create/"


def test_an_unknown_model_is_an_error():
    with pytest.raises(LookupError):
        rendered('{% address "register.Unicorn" "create" %}')
