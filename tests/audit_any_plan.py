"""The faults that any plan may have, and the checks that may name each."""

from decimal import Decimal
from math import ceil

from audit_spoiling import units

D = Decimal
FILES = ("lots", "cells", "awards", "supply", "shortfall", "distribution", "rounds")

FIRST = {
    "lots": {"able_bidders": "count_able_bidders", "fill": "state_every_fill", "round_km": "drive_every_round",
             "value_gbp": "value_every_lot"},
    "awards": {"share": "award_only_drawn_lots", "value_gbp": "value_every_award", "local_gbp": "count_local_money",
               "handling_gbp": "charge_all_handling"}
    | dict.fromkeys(("delivery_gbp", "visits", "drops", "km"), "charge_every_delivery"),
    "supply": {"kg": "meet_all_demand", "gbp": "price_every_supply", "collection_gbp": "charge_every_collection"},
    "shortfall": {"kg": "meet_all_demand", "gbp": "price_every_shortfall"},
    "distribution": {"round_km": "drive_every_round"}
    | dict.fromkeys(("visits", "drops", "km", "gbp"), "charge_every_distribution"),
}  # fmt: skip
"""The check that names one unit more or less in a column of a plan's file."""

ROUNDED_GBP = D("0.1")  # a lot's value in whole pence and grams may be so far from the exact one: either is right
TOO_MUCH = {"sell_no_more_than_won", "sell_no_more_than_grown", "meet_all_demand"}
STRANGERS = {
    "lots": ("buyers", "products", "winner"), "cells": ("lot", "site", "product"), "awards": ("bidder", "depot"),
    "supply": ("lot", "bidder", "producer", "product"), "shortfall": ("lot", "product"), "distribution": ("depot",),
    "rounds": ("round", "site"),
}  # fmt: skip


def faults_of_any_plan():
    """Faults that any plan may have: a file, a change of a row (None: the row again), the checks that may name it."""
    for file, columns in FIRST.items():
        for column, check in columns.items():
            for sign in (1, -1):
                names = TOO_MUCH if (file, column, sign) == ("supply", "kg", 1) else {check}
                yield file, _unit(column, sign), names
    for file, columns in STRANGERS.items():
        for column in columns:
            yield file, _stranger(column), {"name_known_things"}
    for file in FILES:
        yield file, None, {"list_each_line_once"}


def _unit(column, sign):
    """One unit more or less; less than nothing cannot stand there."""

    def change(row):
        row[column] = str(D(row[column]) + _step(column, row) * sign)
        return {"keep_to_the_grid"} if D(row[column]) < 0 else None

    return change


def _step(column, row):
    """One unit; of the fill of a lot of a few pounds as many as rounding leaves open."""
    value = D(row["value_gbp"]) if column == "fill" else D()
    return units(column) * max(1, ceil(ROUNDED_GBP / value / units(column)) if value else 1)


def _stranger(column):
    return lambda row: row.update({column: "nobody_known"})
