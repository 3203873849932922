"""Cases and limits beside which the right plan of the village is wrong, and the check that says so first."""

from dataclasses import replace
from decimal import Decimal

from audit_cases import SUMMER, with_entry, with_offer

D = Decimal

CASES = {
    "one owner behind two bidders": (
        "limit_share_per_owner",
        lambda c: with_entry(c, "producers", "vale", owner_group="hill"),
    ),
    "an accreditation lost": (
        "hold_accreditations",
        lambda c: with_entry(c, "producers", "vale", accreditations=frozenset()),
    ),
    "an accreditation asked for": (
        "hold_accreditations",
        lambda c: with_entry(c, "products", "carrots", accreditations=frozenset({"organic"})),
    ),
    "a shorter reach": ("reach_every_site", lambda c: with_entry(c, "producers", "hill", reach_km=D(21))),
    "a reach short of the depot": (
        "reach_every_site",
        lambda c: replace(c, distances=dict(c.distances) | {("vale", "hub"): D(61)}),
    ),
    "a membership ended": ("sell_only_for_members", lambda c: with_entry(c, "producers", "dale", member_of=())),
    "a member out of reach": ("sell_only_for_members", lambda c: with_entry(c, "producers", "dale", reach_km=D(1))),
    "a shorter season": (
        "in_season",
        lambda c: with_offer(c, "vale", "milk", months=SUMMER),
    ),
    "a smaller harvest": (
        "sell_no_more_than_grown",
        lambda c: with_offer(c, "hill", "milk", kg_per_month=D("39.999")),
    ),
    "a dearer offer": (
        "respect_price_ceiling",
        lambda c: with_offer(c, "vale", "milk", price_gbp_per_kg=D("2.301")),
    ),
    "another gate price": (
        "price_every_supply",
        lambda c: with_offer(c, "vale", "milk", price_gbp_per_kg=D("2.11")),
    ),
    "a dearer depot": ("charge_all_handling", lambda c: with_entry(c, "depots", "hub", handling_gbp_per_kg=D("0.07"))),
    "a depot with rent": ("open_depots", lambda c: with_entry(c, "depots", "hub", fixed_gbp=D(501))),
    "a dearer setup": ("count_winners", lambda c: with_entry(c, "producers", "vale", setup_gbp=None)),
    "a kitchen that takes fewer drops": (
        "charge_every_delivery",
        lambda c: with_entry(c, "sites", "oak", deliveries_per_week=D(1)),
    ),
    "a firm grown large": ("small_floor", lambda c: with_entry(c, "producers", "hill", small=False)),
    "a firm no longer organic": ("organic_floor", lambda c: with_entry(c, "producers", "dale", organic=False)),
    "a firm moved away": ("count_local_money", lambda c: with_entry(c, "producers", "dale", local=False)),
    "a meal more": ("add_up_the_figures", lambda c: with_entry(c, "sites", "ash", meals_per_week=D(101))),
    "a pound more": (
        "meet_all_demand",
        lambda c: replace(c, budgets=dict(c.budgets) | {("council", "vegetables"): D(11701)}),
    ),
}  # fmt: skip

LIMITS = {
    "lots worth more": ("lots", {"value_gbp": (D(5000), None)}),
    "lots worth less": ("lots", {"value_gbp": (None, D(5000))}),
    "more lots": ("lots", {"number": (6, None)}), "fewer lots": ("lots", {"number": (None, 3)}),
    "four able owners": ("lots", {"min_able_bidders": 4}), "a lot each": ("awards", {"max_lots_per_supplier": 1}),
    "a tenth each": ("awards", {"max_share_per_owner": D("0.1")}), "five winners": ("awards", {"min_winners": 5}),
    "all filled": ("awards", {"min_fill": D(1)}), "within 9 km": ("awards", {"max_km": D(9)}),
    "no dearer than the market": ("awards", {"max_price_over_benchmark": D(0)}),
    "local": ("floors", {"local": D("0.9")}), "small": ("floors", {"small": D("0.9")}),
    "organic": ("floors", {"organic_or_higher": D("0.9")}), "cheaper": ("limits", {"cost_gbp": D("1.50")}),
    "more for local firms": ("limits", {"local_gbp": D("1000000.5")}), "a km a year": ("limits", {"km": D(1)}),
    "a kilo of carbon": ("limits", {"kgco2e": D(1)}), "one winner": ("limits", {"winners": 1}),
    "buyers apart": ("case", {"pool_buyers": False}),
}  # fmt: skip
"""Limits that the village's plan does not keep: a section of the settings, and what is changed in it."""
