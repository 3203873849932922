"""The audit reads by itself: plans made of what foodlots.reading misread are rejected, each for a fault put in it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from audit_builder import build, write
from audit_cases import village, village_draft, village_settings, write_case

from foodlots import reading
from foodlots.audit import audit_plan
from foodlots.checks import building, positions, rows
from foodlots.second_opinion import audit_case, audit_typed

D = Decimal


def misread_amount(monkeypatch, column: str, change: Callable[[Decimal], Decimal]):
    """One column's amounts read wrong."""
    read = rows.read_value
    monkeypatch.setattr(rows, "read_value", lambda text, of, commas=False: (
        (change(read(text, of, commas)[0]), "") if of.name == column else read(text, of, commas)
    ))  # fmt: skip


def misread_entry(monkeypatch, maker: str, **changes):
    """One column of the entries of a table made wrong."""
    make = getattr(building, maker)
    monkeypatch.setattr(building, maker, lambda *given: _changed(make(*given), changes))


def _changed(entry, changes):
    return replace(entry, **{name: change(getattr(entry, name)) for name, change in changes.items()})


def _each_offer(change):
    make = building._offers
    return lambda found: tuple(change(make(found)))


MISREAD: dict[str, Callable] = {
    "a month late": lambda patch: patch.setattr(building, "_offers", _each_offer(
        lambda offers: (replace(each, months=tuple(month % 12 + 1 for month in each.months)) for each in offers))),
    "tenfold kilos": lambda patch: misread_amount(patch, "kg_per_month", lambda kg: kg / 10),
    "pence for pounds": lambda patch: misread_amount(patch, "price_gbp_per_kg", lambda gbp: gbp / 100),
    "a price to the penny below": lambda patch: misread_amount(patch, "price_gbp_per_kg", lambda gbp: round(gbp, 1)),
    "a budget a month": lambda patch: misread_amount(patch, "budget_gbp", lambda gbp: gbp / 12),
    "a benchmark doubled": lambda patch: misread_amount(patch, "benchmark_gbp_per_kg", lambda gbp: gbp * 2),
    "meals a day": lambda patch: misread_amount(patch, "meals_per_week", lambda meals: meals + 1),
    "km for miles": lambda patch: misread_amount(patch, "km", lambda km: km * D("1.6")),
    "carbon in tonnes": lambda patch: misread_amount(patch, "kgco2e_per_kg", lambda kg: kg / 1000),
    "handling forgotten": lambda patch: misread_amount(patch, "handling_gbp_per_kg", lambda gbp: D(0)),
    "drops a fortnight": lambda patch: misread_amount(patch, "drops_per_week", lambda often: often / 2),
    "term for all the year": lambda patch: misread_entry(patch, "_site", term_time=lambda term: not term),
    "small for large": lambda patch: misread_entry(patch, "_producer", small=lambda small: not small),
    "members forgotten": lambda patch: misread_entry(patch, "_producer", member_of=lambda of: ()),
    "a shorter budget share": lambda patch: misread_entry(patch, "_product", budget_share=lambda share: share / 2),
    "half a degree south": lambda patch: patch.setattr(
        positions, "Place", lambda lat, lon, *more, make=positions.Place: make(lat - 0.5, lon, *more)),
    "an offer dropped": lambda patch: patch.setattr(building, "_offers", _each_offer(lambda offers: offers[1:])),
    "distances one way": lambda patch: patch.setattr(building, "_both_ways", lambda given: {
        pair: km for pair, km in given.items() if pair[0] > pair[1]}),
}  # fmt: skip


@pytest.mark.parametrize("fault", MISREAD)
def test_a_plan_of_a_case_misread_is_rejected(fault, tmp_path, monkeypatch):
    """By its figures alone: the fingerprint stated is made to be that of the tables as they stand."""
    folder = write_case(village(), village_settings(), tmp_path / "case")
    right = build(*reading.read_case(folder)[:2], village_draft())
    assert audit_plan(folder, write(right, tmp_path / "right")).accepted
    MISREAD[fault](monkeypatch)
    wrong = build(*reading.read_case(folder)[:2], village_draft())
    fingerprint = wrong["run"].pop("inputs_sha256")
    wrong["run"] |= {"inputs_sha256": right["run"]["inputs_sha256"]}
    assert fingerprint != wrong["run"]["inputs_sha256"]
    verdict = audit_plan(folder, write(wrong, tmp_path / "wrong"))
    assert set(verdict.broken) - {"state_the_inputs"}


def test_tables_that_foodlots_forgives_are_audited_as_it_read_them_and_the_verdict_says_so(tmp_path):
    folder = write_case(village(), village_settings(), tmp_path / "case")
    plan = write(build(*reading.read_case(folder)[:2], village_draft()), tmp_path / "plan")
    assert audit_case(folder, plan).caveat == ""
    offers = folder / "offers.csv"
    offers.write_text(offers.read_text().replace(",0.9\n", ",£0.90\n"))
    verdict = audit_case(folder, plan)
    assert verdict.accepted
    told = "The tables were not read by the audit itself, but as foodlots understood them: offers row "
    assert verdict.caveat.startswith(told)
    assert verdict.caveat.endswith("price_gbp_per_kg: '£0.90' cannot be read here: it is not a plain number.")
    assert verdict.lines()[0].endswith(f"no breach. {verdict.caveat}")
    typed = reading.read_tables(folder)
    case, settings, _ = reading.read_case(folder)
    assert audit_typed(typed, case, settings, plan).caveat == verdict.caveat
    assert audit_typed(None, case, settings, plan).caveat == ""
