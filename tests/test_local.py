"""Who is local: as the table says, by the buyers' areas, else by road km, on both sides of the limit."""

from dataclasses import replace
from decimal import Decimal

import pytest
from small_case import files

from foodlots.geo import Roads
from foodlots.local import is_local, local_areas
from foodlots.reading import read_case


def local(producer="hill", buyers=("town", "trust"), **changes) -> bool:
    """Whether the producer of the small case is local; its own columns and the settings' may be changed."""
    case, settings, _ = read_case(files())
    own = {name: changes.pop(name) for name in ("local", "area_code") if name in changes}
    settings = replace(settings, case=replace(settings.case, **changes))
    return is_local(
        replace(case.producers[producer], **own), buyers, case, settings, Roads.of(case, settings.costs.road_factor)
    )


def km_from(producer, *sites):
    case, settings, _ = read_case(files())
    roads = Roads.of(case, settings.costs.road_factor)
    return Decimal(repr(min(roads.km(producer, site) for site in sites)))


def test_the_producers_own_word_goes_first():
    assert local(local=True, local_km=Decimal(1), local_areas={"*": ("E99",)})
    assert not local(local=False, local_km=Decimal(900))


@pytest.mark.parametrize(
    ("areas", "code", "found"),
    [
        ({"*": ("E1", "E2")}, "E2", True),
        ({"*": ("E1", "E2")}, "E3", False),
        ({"town": ("E1",), "trust": ("E2",)}, "E2", True),
        ({"town": ("E1",), "trust": ("E2",)}, "", False),
    ],
)
def test_areas_decide_where_buyers_name_them_however_near_the_producer(areas, code, found):
    assert local(local=None, area_code=code, local_areas=areas, local_km=Decimal(900)) is found


def test_the_distance_limit_itself_is_local_and_a_metre_beyond_is_not():
    km = km_from("dale", "mill", "park", "ward")
    assert local("dale", local=None, local_km=km)
    assert not local("dale", local=None, local_km=km - Decimal("0.001"))


def test_distance_counts_to_the_buyers_that_name_no_areas():
    """Hill is 16.5 km from Mill, by the table, and farther from the hospital, whose trust names no areas."""
    to_ward = km_from("hill", "ward")
    assert km_from("hill", "mill", "park") < to_ward
    near_town_only = {"local": None, "area_code": "E3", "local_areas": {"town": ("E1",)}}
    assert not local(local_km=to_ward - Decimal("0.001"), **near_town_only)
    assert local(local_km=to_ward, **near_town_only)


def test_only_the_buyers_of_the_pool_count():
    to_ward, to_town = km_from("hill", "ward"), km_from("hill", "mill", "park")
    between = (to_ward + to_town) / 2
    assert local(buyers=("town",), local=None, local_km=between)
    assert not local(buyers=("trust",), local=None, local_km=between)


def test_a_buyers_own_list_goes_before_the_list_for_all():
    _, settings, _ = read_case(files())
    settings = replace(settings, case=replace(settings.case, local_areas={"*": ("E1",), "town": ("E2",)}))
    assert (local_areas("town", settings), local_areas("trust", settings)) == (("E2",), ("E1",))
