"""Every numeric rule stands exactly at its limit and falls one unit beyond; text becomes exact or is refused."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from audit_builder import build, write
from audit_cases import SUMMER, village, village_draft, village_settings, with_entry, with_offer, with_section

from foodlots.audit import audit_papers
from foodlots.audit.exact import OffGrid, grams, month, months, pence, quantity, signed_pence
from foodlots.audit.lots import share_out_pence
from foodlots.case import MONTHS

D = Decimal


@pytest.fixture(scope="module")
def papers():
    return build(village(), village_settings(), village_draft())


@pytest.fixture(scope="module")
def plan(papers, tmp_path_factory):
    return write(papers, tmp_path_factory.mktemp("plan"))


def _awards(**changes):
    return lambda case, limits: (case, with_section(limits, "awards", **changes))


def _lots(**changes):
    return lambda case, limits: (case, with_section(limits, "lots", **changes))


def _floors(**changes):
    return lambda case, limits: (case, with_section(limits, "floors", **changes))


def _producer(name, **changes):
    return lambda case, limits: (with_entry(case, "producers", name, **changes), limits)


def _offer(producer, product, **changes):
    return lambda case, limits: (with_offer(case, producer, product, **changes), limits)


def _road(a, b, km):
    return lambda case, limits: (replace(case, distances=dict(case.distances) | {(a, b): D(km), (b, a): D(km)}), limits)


EDGES = [
    ("respect_lot_value", _lots(value_gbp=(D("1651.89"), None)), _lots(value_gbp=(D("1651.90"), None))),
    ("respect_lot_value", _lots(value_gbp=(None, D("11700"))), _lots(value_gbp=(None, D("11699.99")))),
    ("respect_number_of_lots", _lots(number=(4, None)), _lots(number=(5, None))),
    ("respect_number_of_lots", _lots(number=(None, 4)), _lots(number=(None, 3))),
    ("require_able_bidders", _lots(min_able_bidders=1), _lots(min_able_bidders=2)),
    ("limit_lots_per_supplier", _awards(max_lots_per_supplier=2), _awards(max_lots_per_supplier=1)),
    ("limit_share_per_owner", _awards(max_share_per_owner=D("0.493366")), _awards(max_share_per_owner=D("0.493365"))),
    ("require_winners", _awards(min_winners=2), _awards(min_winners=3)),
    ("worthwhile_drop", _producer("hill", min_drop_gbp=D("4.92")), _producer("hill", min_drop_gbp=D("4.93"))),
    ("worthwhile_drop", _producer("vale", min_drop_gbp=D("4.92")), _producer("vale", min_drop_gbp=D("4.93"))),
    (
        "contract_within_limit",
        _producer("vale", max_contract_gbp=D("10400")),
        _producer("vale", max_contract_gbp=D("10399.99")),
    ),
    ("reach_every_site", _producer("hill", reach_km=D("22")), _producer("hill", reach_km=D("21.999999"))),
    ("reach_every_site", _awards(max_km=D("22")), _awards(max_km=D("21.999999"))),
    ("reach_every_site", _road("vale", "hub", "60"), _road("vale", "hub", "60.000001")),
    (
        "hold_accreditations",
        _producer("vale", accreditations=frozenset({"dairy"})),
        _producer("vale", accreditations=frozenset({"organic"})),
    ),
    (
        "sell_no_more_than_grown",
        _offer("hill", "carrots", kg_per_month=D("600")),
        _offer("hill", "carrots", kg_per_month=D("599.9999")),
    ),
    ("sell_only_for_members", _road("dale", "vale", "30"), _road("dale", "vale", "30.000001")),
    ("sell_only_for_members", _producer("dale", member_of=("hill", "vale")), _producer("dale", member_of=("hill",))),
    (
        "respect_price_ceiling",
        _awards(max_price_over_benchmark=D("0.05")),
        _awards(max_price_over_benchmark=D("0.0499")),
    ),
    ("in_season", _offer("hill", "milk", months=MONTHS), _offer("hill", "milk", months=SUMMER)),
    ("in_season", _offer("dale", "potatoes", months=MONTHS), _offer("dale", "potatoes", months=(6, 7, 8, 9))),
]  # fmt: skip


@pytest.mark.parametrize(("check", "at", "beyond"), EDGES, ids=[f"{n}-{edge[0]}" for n, edge in enumerate(EDGES)])
def test_at_a_limit_a_plan_stands_and_one_unit_beyond_it_falls(check, at, beyond, plan):
    """The same plan beside a case or a limit that it just meets, and just misses."""
    kept = audit_papers(*at(village(), village_settings()), plan)
    fallen = audit_papers(*beyond(village(), village_settings()), plan)
    assert check not in kept.broken, "\n".join(kept.lines())
    assert _first_of_its_kind(fallen) == check, "\n".join(fallen.lines())


def _first_of_its_kind(verdict) -> str:
    """The first check that fell, settings apart: the edge was set in them and the plan does not state it."""
    return next((breach.check for breach in verdict.breaches if breach.check != "state_the_settings"), "")


def _shares(papers) -> dict[str, Fraction]:
    money = papers["summary"]
    spend = Fraction(str(money["spend_gbp"]))
    return {
        key: Fraction(str(round(money[f"{key}_share"] * float(spend), 2))) / spend
        for key in ("local", "small", "organic")
    }


@pytest.mark.parametrize("key", ["local", "small", "organic"])
def test_a_floor_stands_at_its_share_and_falls_a_millionth_above(key, papers, plan):
    share, name = _shares(papers)[key], {"organic": "organic_or_higher"}.get(key, key)
    at, beyond = (D(int(share * 10**9) + more) / 10**9 for more in (0, 1))
    kept = audit_papers(*_floors(**{name: at})(village(), village_settings()), plan)
    fallen = audit_papers(*_floors(**{name: beyond})(village(), village_settings()), plan)
    assert f"{key}_floor" not in kept.broken
    assert _first_of_its_kind(fallen) == f"{key}_floor"


def test_what_a_winner_fills_is_counted_over_all_it_wins(papers, plan):
    """The cooperative's edge: its kilos at benchmark over all the trust's vegetables and half the winter milk."""
    price = {"carrots": D(1), "potatoes": D("0.5"), "milk": D(2)}
    filled = sum(Fraction(D(row["kg"]) * price[row["product"]]) for row in papers["supply"] if row["bidder"] == "vale")
    share = filled / (10400 + Fraction(276811, 200))
    for slack, falls in ((D("0.000002"), False), (D("-0.000002"), True)):
        limit = D(share.numerator) / D(share.denominator) - slack
        verdict = audit_papers(*_awards(min_fill=limit)(village(), village_settings()), plan)
        assert ("fill_what_is_won" in verdict.broken) is falls


def test_pence_over_go_to_the_largest_remainders_and_ties_by_id():
    thirds = {name: Fraction(100, 3) for name in "cab"}
    assert share_out_pence(thirds) == {"c": 33, "a": 34, "b": 33}
    assert share_out_pence({"a": Fraction(1, 4), "b": Fraction(3, 4)}) == {"a": 0, "b": 1}
    assert share_out_pence({}) == {}


@pytest.mark.parametrize(("read", "text", "value"), [
    (grams, "120.001", 120001), (grams, "7", 7000), (pence, "0.5", 50), (signed_pence, "-1.05", -105),
    (quantity, "0.333333", Fraction(333333, 10**6)), (month, "12", 12), (months, "all", MONTHS),
    (months, "9-12;1-3", (1, 2, 3, 9, 10, 11, 12)), (months, "11-2", (1, 2, 11, 12)), (months, "5", (5,)),
])  # fmt: skip
def test_text_becomes_exact_numbers(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize(("read", "text"), [
    (grams, "1.0005"), (grams, "-1"), (grams, "NaN"), (grams, "inf"), (grams, "1e3"), (grams, "1,000"), (grams, ""),
    (grams, " 1"), (grams, "+1"), (grams, "1."), (grams, "１"), (grams, "9" * 13), (pence, "1.005"), (pence, "-0.01"),
    (signed_pence, "--1"), (quantity, "1/3"), (quantity, "-1"), (month, "0"), (month, "13"), (month, "May"),
    (months, ""), (months, "1;1"), (months, "1-13"), (months, "1--3"), (months, "1-3;3-4"),
])  # fmt: skip
def test_text_off_the_grid_is_refused(read, text):
    with pytest.raises(OffGrid):
        read(text)
