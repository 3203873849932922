"""Undercut: the price at which each lot of the village is lost, on paper and by planning again on both its sides."""

import json
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest
from golden_case import VILLAGE

from foodlots.case import MONTHS, Offer, Place, Producer
from foodlots.cli import main
from foodlots.errors import DataError
from foodlots.insight.undercut import Rival, undercut, weight_that_holds
from foodlots.optimise import make_plan
from foodlots.optimise.held import hold_lots
from foodlots.plan_files import write_plan
from foodlots.reading import read_case

D = Decimal


@pytest.fixture(scope="module")
def village():
    case, settings, _ = read_case(VILLAGE)
    return case, settings, make_plan(case, settings)


@pytest.fixture(scope="module")
def lots(village):
    return {lot.winner: lot for lot in undercut(*village)}


def test_what_each_winner_saves_is_that_on_paper(lots):
    """data/village/README.md, section 5: without Croft 10,637.66 (1,542.25 more), without Mead 9,677.75 (582.34)."""
    croft, mead = lots["croft"], lots["mead"]
    assert croft.lost_below_with_aims == pytest.approx(1 - (1542.25 + 200) / 6240)
    assert mead.lost_below_with_aims == pytest.approx(1 - (582.34 + 200) / 4680)


def test_on_price_alone_what_the_aims_count_is_left_out(lots):
    """Croft: £3,919 + £546 + £256 and £200 to take it on, against £6,240; Mead: 3,088.80 + 1,014 + 200, 4,680."""
    assert lots["croft"].saves_gbp == pytest.approx(6240 - 4921)
    assert lots["mead"].lost_below == pytest.approx((3088.80 + 1014) / 4680)


def with_wholesaler(village, lot: str, price: float):
    """The village's lots held, all awards but one too, and a wholesaler that brings all at a price, delivered."""
    case, settings, plan = village
    held = hold_lots(case, plan)
    drawn = next(each for each in plan.lots if each.id == lot)
    kilos = {"potatoes": 1, "apples": 1, "milk": 2}
    often = max(kilos[product] for product in drawn.products)
    delivery = often * (39 * 8 * 0.5 + 78 * 2)  # it stands at North School's gate: 8 km a round, 78 drops
    gate = D(str(price - delivery / float(drawn.value_gbp)))
    national = Producer(
        "national", "National", "wholesaler", "national", (), Place(53.916, -2.6), D(2000), D(0), None, "", None,
        frozenset(), small=False, social_enterprise=False, organic=False, local=False,
    )  # fmt: skip
    offers = [
        Offer("national", product, MONTHS, D(100_000), gate * case.products[product].benchmark_gbp_per_kg)
        for product in drawn.products
    ]
    km = {("national", "north"): D(0), ("north", "national"): D(0), ("national", "south"): D(4),
          ("south", "national"): D(4)}  # fmt: skip
    others = {(each.id, each.winner): "award" for each in plan.lots if each.id != lot}
    return replace(
        held, producers=MappingProxyType({**held.producers, "national": national}), offers=(*held.offers, *offers),
        distances=MappingProxyType({**held.distances, **km}), held=MappingProxyType(others),
    ), settings  # fmt: skip


@pytest.mark.parametrize("winner", ["croft", "mead"])
def test_the_threshold_is_true_on_both_sides(village, lots, winner):
    lot = lots[winner]
    won = {}
    for step in (-0.002, 0.002):
        plan = make_plan(*with_wholesaler(village, lot.lot, lot.lost_below_with_aims + step))
        won[step] = next(each.winner for each in plan.lots if each.id == lot.lot)
    assert won == {-0.002: "national", 0.002: winner}


def test_lost_and_small_but_not_safe_on_both_sides_of_the_price(village, lots):
    price = 1 - lots["mead"].lost_below
    above, below = (
        {lot.winner: lot for lot in undercut(*village, Rival(discount=price + step))}["mead"] for step in (-1e-9, 1e-9)
    )
    assert (above.lost, above.small_but_not_safe) == (False, False)
    assert (below.lost, below.small_but_not_safe) == (True, True)
    large = {lot.winner: lot for lot in undercut(*village, Rival(price + 1e-9, small_gbp=4679))}["mead"]
    assert (large.lost, large.small_but_not_safe) == (True, False)


def test_the_weight_that_holds_makes_both_bids_equal():
    """At 90 against 100 price earns 0.9 of its marks: (1 - w) × 0.9 + w × 0.5 = 1 - w at w = 1/6."""
    weight = weight_that_holds(0.9, 1.0, 0.5)
    assert weight == pytest.approx(1 / 6)
    assert (1 - weight) * 0.9 + weight * 0.5 == pytest.approx(1 - weight)
    assert weight_that_holds(1.0, 0.9, 0.5) == 0


def test_a_plan_the_tables_do_not_allow_is_refused(village):
    case, settings, plan = village
    offers = tuple(offer for offer in case.offers if offer.producer != "mead")
    with pytest.raises(DataError, match="mead could not have won lot"):
        undercut(replace(case, offers=offers), settings, plan)


def test_the_command(village, tmp_path, capsys):
    folder = write_plan(make_plan(*village[:2]), tmp_path / "plan")
    with pytest.raises(SystemExit) as end:
        main(["undercut", str(VILLAGE), str(folder), "--discount", "0.2", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert not end.value.code
    assert [lot["small_but_not_safe"] for lot in answer["lots"]] == [True, False]
    with pytest.raises(SystemExit):
        main(["undercut", str(VILLAGE), str(folder)])
    out = capsys.readouterr().out
    assert "would take 0 of 2 awarded lots" in out
    assert "£" in out
