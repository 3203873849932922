"""The faults the audit is tried on: what is spoilt in the village's right plan, and the check that breaks."""

from decimal import Decimal

from audit_any_plan import FILES
from audit_spoiling import add, again, all_of, at, drop, order, put, tell, without

D = Decimal
L01, L02, L03_HILL, L03_VALE = range(4)
G, P, KM = D("0.001"), D("0.01"), D("1")

MISSING = {
    **{f"{name} left out": ("have_every_file", without(name)) for name in (*FILES, "summary", "run")},
    "a column left out": ("have_every_file", without("lots", "fill")),
    "a figure left out": ("have_every_file", without("summary", "kgco2e")),
    "the hash left out": ("have_every_file", without("run", "inputs_sha256")),
    "the versions left out": ("have_every_file", without("run", "versions")),
    "the seed left out": ("have_every_file", without("run", "seed")),
}  # fmt: skip

OFF_THE_GRID = {
    "a tenth of a gram": ("keep_to_the_grid", put("supply", 0, "kg", "600.0001")),
    "a tenth of a penny": ("keep_to_the_grid", put("supply", 0, "gbp", "540.001")),
    "kilos below nothing": ("keep_to_the_grid", put("shortfall", 0, "kg", "-1.000")),
    "money below nothing": ("keep_to_the_grid", put("awards", L01, "delivery_gbp", "-2613.00")),
    "no number": ("keep_to_the_grid", put("supply", 0, "kg", "NaN")),
    "an infinite number": ("keep_to_the_grid", put("awards", L01, "km", "inf")),
    "an exponent": ("keep_to_the_grid", put("awards", L01, "km", "2.34e3")),
    "an empty cell": ("keep_to_the_grid", put("supply", 0, "kg", "")),
    "a thirteenth month": ("keep_to_the_grid", put("supply", 0, "month", "13")),
    "a month by name": ("keep_to_the_grid", put("cells", 0, "months", "Jan-Dec")),
    "half a stop": ("keep_to_the_grid", put("rounds", 0, "stop", "1.5")),
    "a site twice in one cell": ("keep_to_the_grid", put("lots", 0, "products", "carrots;carrots")),
    "an id with a blank": ("keep_to_the_grid", put("cells", 0, "site", "ash ")),
    "a summary in NaN": ("keep_to_the_grid", tell("summary", "spend_gbp", float("nan"))),
    "a summary in infinity": ("keep_to_the_grid", tell("summary", "bound_gbp", float("-inf"))),
    "a summary of nothing": ("keep_to_the_grid", tell("summary", "food_gbp", None)),
    "a summary in yes and no": ("keep_to_the_grid", tell("summary", "lots", True)),
    "a summary in lists": ("keep_to_the_grid", tell("summary", "lots", [4])),
    "a tenth of a penny in a sum": ("keep_to_the_grid", tell("summary", "objective_gbp", lambda was: was + 0.001)),
    "an astronomical figure": ("keep_to_the_grid", tell("summary", "meals", 1e300)),
}  # fmt: skip

UNKNOWN = {
    "an unknown site": ("name_known_things", put("cells", 0, "site", "elsewhere")),
    "an unknown product": ("name_known_things", put("supply", 0, "product", "carrot")),
    "an unknown producer": ("name_known_things", put("supply", 0, "producer", "HILL")),
    "an unknown bidder": ("name_known_things", put("awards", L01, "bidder", "nobody")),
    "an unknown winner": ("name_known_things", put("lots", 0, "winner", "nobody")),
    "an unknown depot": ("name_known_things", put("awards", L02, "depot", "pub")),
    "an unknown buyer": ("name_known_things", put("lots", 0, "buyers", "town")),
    "an unknown lot in cells": ("name_known_things", put("cells", 0, "lot", "L99")),
    "an unknown lot in supply": ("name_known_things", put("supply", 0, "lot", "L99")),
    "an unknown lot in shortfall": ("name_known_things", put("shortfall", 0, "lot", "L99")),
    "an unknown round": ("name_known_things", put("rounds", 0, "round", "L99")),
}  # fmt: skip

TWICE = {
    **{f"{name} told twice": ("list_each_line_once", again(name, 0)) for name in FILES},
    "a round with the id of a lot": (
        "list_each_line_once",
        all_of(put("distribution", 0, "distribution", "L02"), order("D01")),
    ),
}  # fmt: skip

MAKERS = {
    "a stale hash": ("state_the_inputs", tell("run", "inputs_sha256", "cd" * 32)),
    "a hash that is no text": ("state_the_inputs", tell("run", "inputs_sha256", 7)),
    "another setting": ("state_the_settings", lambda papers: papers["run"]["settings"]["costs"].update(per_km="0.86")),
    "a setting left out": ("state_the_settings", lambda papers: papers["run"]["settings"]["awards"].pop("min_fill")),
    "a setting too many": ("state_the_settings", lambda papers: papers["run"]["settings"]["awards"].update(max_lots=3)),
    "a season too few": ("state_the_settings", lambda papers: papers["run"]["settings"]["lots"]["seasons"].pop()),
    "another week of term": (
        "state_the_settings",
        lambda papers: papers["run"]["settings"]["case"]["term_weeks"].__setitem__(0, "3"),
    ),
    "another area": (
        "state_the_settings",
        lambda papers: papers["run"]["settings"]["case"]["local_areas"].update(trust=["E2"]),
    ),
    "yes for no": ("state_the_settings", lambda papers: papers["run"]["settings"]["case"].update(pool_buyers=False)),
    "settings in one text": ("state_the_settings", tell("run", "settings", "as usual")),
    "no version of the solver": ("state_what_made_it", lambda papers: papers["run"]["versions"].pop("highs")),
    "versions in one text": ("state_what_made_it", tell("run", "versions", "the newest")),
    "a seed in words": ("state_what_made_it", tell("run", "seed", "seven")),
}  # fmt: skip

RULES = {
    "a cell dropped": ("cover_each_cell_once", drop("cells", 0)),
    "a month of a cell dropped": ("cover_each_cell_once", put("cells", 0, "months", "2-12")),
    "a month of two lots": ("cover_each_cell_once", at("cells", "months", "3-8", lot="L04", site="ash")),
    "a cell in two lots": ("cover_each_cell_once", again("cells", 0, lot="L02")),
    "a cell of two rows": ("cover_each_cell_once", again("cells", 0, months="1")),
    "a cell in another's place": ("cover_each_cell_once", put("cells", 0, "site", "elm")),
    "a lot of nothing": ("cover_each_cell_once", again("lots", 3, lot="L05", name="Lot L05")),
    "an award of no lot": ("award_only_drawn_lots", put("awards", L01, "lot", "L99")),
    "more than a whole lot": ("award_only_drawn_lots", put("awards", L03_HILL, "share", "1")),
    "a part that is no part": ("award_only_drawn_lots", put("awards", L03_HILL, "share", "0.4")),
    "a part of nothing": ("award_only_drawn_lots", put("awards", L03_HILL, "share", "0")),
    "the same winner twice": (
        "award_only_drawn_lots",
        all_of(put("awards", L03_VALE, "bidder", "hill"), put("awards", L03_VALE, "depot", "hub")),
    ),
    "a winner not named": ("award_only_drawn_lots", put("lots", 2, "winner", "hill")),
    "a winner too many": ("award_only_drawn_lots", put("lots", 3, "winner", "hill")),
    "an award dropped": ("award_only_drawn_lots", drop("awards", L03_VALE)),
    "a gram not asked for": ("sell_no_more_than_won", at("supply", "kg", G, product="potatoes", month="3")),
    "sold without an award": ("sell_no_more_than_won", put("supply", 0, "bidder", "vale")),
    "sold into another lot": ("sell_no_more_than_won", put("supply", 0, "lot", "L02")),
    "a gram not grown": ("sell_no_more_than_grown", add("supply", 0, "kg", G)),
    "grown by one who grows less": ("sell_no_more_than_grown", put("supply", 0, "producer", "dale")),
    "no depot round at all": ("serve_what_goes_through_depots", all_of(drop("distribution", 0), order("D01"))),
    "a depot round that misses a site": ("serve_what_goes_through_depots", order("D01", "ward")),
    "a site on two depot rounds": (
        "serve_what_goes_through_depots",
        all_of(again("distribution", 0, distribution="D02"), again("rounds", 0, round="D02", site="ward")),
    ),
    "areas that share a site": (
        "serve_what_goes_through_depots",
        all_of(
            order("D01", "elm"),
            again("distribution", 0, distribution="D02", area="A3"),
            order("D02", "ward"),
            lambda papers: papers["rounds"].append({"round": "D02", "stop": "2", "site": "elm"}),
        ),
    ),
    "one area in two shapes": (
        "serve_what_goes_through_depots",
        all_of(order("D01", "elm"), again("distribution", 0, distribution="D02"), order("D02", "ward")),
    ),
    "a depot round for nothing": (
        "serve_what_goes_through_depots",
        all_of(again("distribution", 0, distribution="D02", area="A9"), order("D02", "ash", "oak")),
    ),
    "a winner too many in the summary": ("count_winners", tell("summary", "winners", 3)),
    "a setup forgotten": ("count_winners", tell("summary", "suppliers_gbp", 800)),
    "a penny on the setups": ("count_winners", tell("summary", "suppliers_gbp", 1100.01)),
    "a penny on the depots": ("open_depots", tell("summary", "depots_gbp", 500.01)),
    "a depot not paid for": ("open_depots", tell("summary", "depots_gbp", 0)),
    "a penny between the extremes": ("find_extremes", tell("summary", "imbalance_gbp", lambda was: was - 0.01)),
    "sold by one who won nothing": (
        "sell_no_more_than_won",
        at("supply", "bidder", "dale", product="carrots", lot="L02", month="1"),
    ),
    "delivered instead of through the depot": ("serve_what_goes_through_depots", put("awards", L02, "depot", "")),
    "supplied out of season": ("in_season", at("supply", "month", "5", product="potatoes", month="9", lot="L01")),
}  # fmt: skip

BOOKKEEPING = {
    "a gram less supplied": ("meet_all_demand", add("supply", 0, "kg", -G)),
    "a gram more short": ("meet_all_demand", add("shortfall", 0, "kg", G)),
    "a supply dropped": ("meet_all_demand", at("supply", "kg", "0.000", product="carrots", month="3", lot="L01")),
    "a shortfall dropped": ("meet_all_demand", drop("shortfall", 0)),
    "a shortfall in another month": ("meet_all_demand", put("shortfall", 0, "month", "8")),
    "a penny on a lot": ("value_every_lot", add("lots", 0, "value_gbp", P)),
    "a penny from one lot to another": (
        "value_every_lot",
        all_of(add("lots", 2, "value_gbp", P), add("lots", 3, "value_gbp", -P)),
    ),
    "a lot without a name": ("describe_every_lot", put("lots", 0, "name", " ")),
    "two lots of one name": ("describe_every_lot", put("lots", 0, "name", "Lot L02")),
    "a lot without an area": ("describe_every_lot", put("lots", 0, "area", "")),
    "a buyer too many": ("describe_every_lot", put("lots", 0, "buyers", "council;trust")),
    "a product too few": ("describe_every_lot", put("lots", 0, "products", "carrots")),
    "a month too few": ("describe_every_lot", put("lots", 0, "months", "2-12")),
    "another code": ("describe_every_lot", put("lots", 2, "cpv", "15500000")),
    "a code of other goods": ("describe_every_lot", put("lots", 0, "cpv", "15500000")),
    "one code of other goods": ("describe_every_lot", put("lots", 0, "cpv", "03221112;15500000")),
    "no code": ("describe_every_lot", put("lots", 0, "cpv", "")),
    "an able bidder too many": ("count_able_bidders", put("lots", 0, "able_bidders", "2")),
    "an able bidder too few": ("count_able_bidders", put("lots", 1, "able_bidders", "2")),
    "a fill too full": ("state_every_fill", add("lots", 0, "fill", "0.0002")),
    "a fill of an open lot": ("state_every_fill", put("lots", 3, "fill", "0.5")),
    "a metre on a round": ("drive_every_round", add("lots", 0, "round_km", "0.001")),
    "a metre on a depot round": ("drive_every_round", add("distribution", 0, "round_km", "0.001")),
    "another order": ("drive_every_round", order("L03", "ash", "ward", "oak", "elm")),
    "another order, well measured": ("drive_every_round", order("L03", "ash", "ward", "oak", "elm", km="39.000000")),
    "a round that misses a site": ("drive_every_round", order("L03", "ash", "oak", "ward", km="22.000000")),
    "a round with a stranger": ("drive_every_round", order("L01", "ash", "oak", "elm", km="27.000000")),
    "a site visited twice": ("drive_every_round", order("L01", "ash", "oak", "ash", km="10.000000")),
    "no order at all": ("drive_every_round", order("L01")),
    "stops that skip a number": ("drive_every_round", put("rounds", 1, "stop", "3")),
    "stops from nought": ("drive_every_round", all_of(put("rounds", 2, "stop", "0"), put("rounds", 3, "stop", "1"))),
    "a penny on a supply": ("price_every_supply", add("supply", 0, "gbp", P)),
    "a penny off a supply": ("price_every_supply", add("supply", 0, "gbp", -P)),
    "a penny on a collection": (
        "charge_every_collection",
        at("supply", "collection_gbp", P, producer="dale", month="3"),
    ),
    "a collection of its own": ("charge_every_collection", add("supply", 0, "collection_gbp", P)),
    "a penny on a shortfall": ("price_every_shortfall", add("shortfall", 0, "gbp", P)),
    "a penny on an award": ("value_every_award", add("awards", L01, "value_gbp", P)),
    "the whole value for half a lot": ("value_every_award", put("awards", L03_HILL, "value_gbp", "2768.11")),
    "a kilometre": ("charge_every_delivery", add("awards", L01, "km", KM)),
    "a hundredth of a kilometre": ("charge_every_delivery", add("awards", L01, "km", "0.01")),
    "a visit": ("charge_every_delivery", add("awards", L01, "visits", 1)),
    "a drop": ("charge_every_delivery", add("awards", L01, "drops", 1)),
    "a penny on a delivery": ("charge_every_delivery", add("awards", L01, "delivery_gbp", P)),
    "a penny off a bulk delivery": ("charge_every_delivery", add("awards", L02, "delivery_gbp", -P)),
    "drops to every site of a bulk lot": ("charge_every_delivery", add("awards", L02, "drops", 104)),
    "a penny on handling": ("charge_all_handling", add("awards", L02, "handling_gbp", P)),
    "handling of what is delivered": ("charge_all_handling", add("awards", L01, "handling_gbp", P)),
    "a visit of a depot round": ("charge_every_distribution", add("distribution", 0, "visits", 1)),
    "a drop of a depot round": ("charge_every_distribution", add("distribution", 0, "drops", -1)),
    "a kilometre of a depot round": ("charge_every_distribution", add("distribution", 0, "km", KM)),
    "a penny on a depot round": ("charge_every_distribution", add("distribution", 0, "gbp", P)),
    "a penny kept local": ("count_local_money", add("awards", L01, "local_gbp", P)),
    "a bidder called local": ("count_local_money", add("awards", L03_VALE, "local_gbp", "5128.94")),
}  # fmt: skip

SUMMARY = {
    **{
        f"a penny on {key}_gbp": ("add_up_the_money", tell("summary", f"{key}_gbp", lambda was: round(was + 0.01, 2)))
        for key in (
            "budget", "food", "delivery", "collection", "handling", "distribution", "open_market", "spend", "lots",
            "local_spend",
        )
    },
    **{
        f"{by} on {key}": ("add_up_the_figures", tell("summary", key, lambda was, by=by: was + by))
        for key, by in {
            "lots": 1, "awarded_lots": -1, "local_share": 0.0002, "small_share": 0.0002, "organic_share": -0.0002,
            "meals": 1, "pence_per_meal": 0.01, "delivery_km": 1, "kgco2e": 1,
        }.items()
    },
    "a penny on the objective": (
        "weigh_the_aims",
        lambda papers: papers["summary"].update(
            {key: round(papers["summary"][key] + 0.01, 2) for key in ("objective_gbp", "bound_gbp")}
        ),
    ),
    "another word": ("prove_the_gap", tell("summary", "status", "proven")),
    "optimal, with 0.011% to save": (
        "prove_the_gap",
        all_of(
            tell("summary", "bound_gbp", lambda was: round(was - 4.83, 2)),
            tell("summary", "gap_share_of_spend", 0.00011019),
        ),
    ),
    "optimal, and the solver ran out of time": ("prove_the_gap", tell("run", "solver_status", "Time limit reached")),
    "optimal, and the solver not heard": ("prove_the_gap", lambda papers: papers["run"].pop("solver_status")),
    "a gap hidden": ("prove_the_gap", tell("summary", "bound_gbp", lambda was: was - 1)),
    "a gap made up": ("prove_the_gap", tell("summary", "gap_share_of_spend", 0.00001)),
    "a bound above the plan": ("prove_the_gap", tell("summary", "bound_gbp", lambda was: was + 5)),
}  # fmt: skip

SEEDS = MISSING | OFF_THE_GRID | UNKNOWN | TWICE | MAKERS | RULES | BOOKKEEPING | SUMMARY
