"""What to grow, store or certify, on one kitchen worked out by hand; and the pictures' words."""

from decimal import Decimal

from one_kitchen import farm, kitchen_case, offer, planned, product

from foodlots.charts import break_even_chart, cause_chart
from foodlots.insight.gap_report import GapReport
from foodlots.insight.gap_words import said_signal

D = Decimal


def signals(case, *overrides):
    report = GapReport(*planned(case, *overrides))
    return report, {(signal.action, signal.product): signal for signal in report.signals}


def test_a_season_cut_short_is_worth_storing_for():
    """600 kg in March alone, at £2: April lacks 1,000 kg, of which the farm's own 600 could be stored."""
    report, found = signals(kitchen_case([farm("hill")], [offer("hill", 600, months=(3,))]))
    store = found["store", "leek"]
    assert (store.kg, store.gbp, store.months, store.growers) == (600, 1200, (4,), ("hill",))
    assert (store.opens, store.fills) == ((), ("L01",))
    grow = found["grow", "leek"]
    assert (grow.kg, grow.months) == (400, (3,))
    assert said_signal(report, grow) == "Grow more leek"


def test_a_certificate_opens_the_lot():
    leek = product(needs=("salsa",))
    report, found = signals(kitchen_case([farm("hill")], [offer("hill", 1000)], [leek]))
    certify = found["certify", "leek"]
    assert (certify.kg, certify.needs, certify.opens, certify.fills) == (2000, ("salsa",), ("L01",), ())
    assert said_signal(report, certify) == "Certify for leek (salsa)"


def test_what_nobody_grows_is_worth_growing():
    case = kitchen_case([farm("hill")], [offer("hill", 1000)], [product(), product("kale", "3")])
    _, found = signals(case)
    assert (found["grow", "kale"].kg, found["grow", "kale"].gbp, found["grow", "kale"].growers) == (2000, 6000, ())


def test_a_kilo_more_is_worth_the_open_market_price_where_the_winner_is_short():
    report, _ = signals(kitchen_case([farm("hill")], [offer("hill", 600)]))
    assert report.best_worth == {("leek", month): 2.0 for month in (3, 4)}
    assert all(each.agrees for each in report.checked)
    assert report.own_worth == {("hill", "leek", month): 1.0 for month in (3, 4)}, "£2 less its price of £1"


def test_every_picture_has_words():
    bars = cause_chart([("Season", 10.0, 5.0)]).to_dict()
    assert "Season £15, of which £10 by lifting it alone" in bars["description"]
    line = break_even_chart({"Barn": [(0.0, -100.0), (10.0, 100.0)]}, {"Barn": 5.0}).to_dict()
    assert "Barn £0 at 5 t a year" in line["description"]
