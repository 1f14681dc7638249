"""The drawing of floors and wings is that of today's imports."""

from graphlib import CycleError

import pytest

from docs import architecture


def test_the_drawing_is_current():
    text = architecture.DOCUMENT.read_text(encoding="utf-8")
    assert architecture.redrawn(text) == text, "run make drawing"


def test_each_module_of_the_register_stands_on_a_floor():
    imported = architecture.imports()
    nowhere = {module for module in imported if architecture.floor_of(module) is None}
    assert {module for module in nowhere if ".migrations" not in module} == {"register"}
    assert architecture.floor_of("register.domain.billing.claims") == "domain"
    assert architecture.wing_of("register.domain.billing.claims") == "billing"
    assert architecture.floor_of("register.text.validators") == "ground floor"


def test_an_arrow_leads_from_place_to_place():
    imported = {"a.x": {"a.y", "b.x"}, "a.y": {"b.x"}, "b.x": {"c"}, "c": set()}
    place = {"a.x": "a", "a.y": "a", "b.x": "b", "c": None}
    assert architecture.arrows(imported, place) == {"a": {"b"}, "b": set()}


def test_an_arrow_that_follows_from_others_is_left_out():
    found = {"a": {"b", "c", "d"}, "b": {"c"}, "c": {"d"}, "d": set()}
    assert architecture.reduced(found) == {"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": set()}


def test_arrows_that_go_round_are_not_drawn():
    with pytest.raises(CycleError):
        architecture.reduced({"a": {"b"}, "b": {"a"}})
