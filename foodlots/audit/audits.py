"""The audit of a plan: read its papers, put them beside the case, run every check, give a verdict."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from foodlots.audit.case import Case
from foodlots.audit.case_reading import read_case
from foodlots.audit.evidence import Evidence
from foodlots.audit.limits import (
    keep_local_spend,
    limit_winners,
    respect_carbon_ceiling,
    respect_cost_ceiling,
    respect_km_ceiling,
)
from foodlots.audit.line_checks import (
    charge_all_handling,
    charge_every_collection,
    charge_every_delivery,
    charge_every_distribution,
    count_local_money,
    price_every_shortfall,
    price_every_supply,
    value_every_award,
)
from foodlots.audit.lot_checks import (
    count_able_bidders,
    describe_every_lot,
    drive_every_round,
    meet_all_demand,
    state_every_fill,
    value_every_lot,
)
from foodlots.audit.papers import read_papers, read_run
from foodlots.audit.papers_checks import (
    have_every_file,
    keep_to_the_grid,
    list_each_line_once,
    name_known_things,
    state_the_inputs,
    state_the_settings,
    state_what_made_it,
)
from foodlots.audit.policies import (
    contract_within_limit,
    fill_what_is_won,
    hold_awards,
    keep_buyers_apart,
    limit_lots_per_supplier,
    limit_share_per_owner,
    require_able_bidders,
    require_winners,
    respect_lot_value,
    respect_number_of_lots,
    worthwhile_drop,
)
from foodlots.audit.rules import (
    award_only_drawn_lots,
    count_winners,
    cover_each_cell_once,
    find_extremes,
    open_depots,
    sell_no_more_than_grown,
    sell_no_more_than_won,
    sell_only_as_winner,
    sell_only_for_members,
    serve_what_goes_through_depots,
)
from foodlots.audit.settings import Settings
from foodlots.audit.sheets import Files, Unread
from foodlots.audit.standing import (
    hold_accreditations,
    in_season,
    local_floor,
    organic_floor,
    reach_every_site,
    respect_price_ceiling,
    small_floor,
)
from foodlots.audit.summary_checks import add_up_the_figures, add_up_the_money, prove_the_gap, weigh_the_aims
from foodlots.audit.verdict import Breach, Verdict, breach

Audit = Callable[[Evidence], Iterator[Breach | None]]


def audit_plan(case_files: Files, plan_path: Path | str, overrides: Iterable[str] = ()) -> Verdict:
    """The second opinion on a plan, from its files and its case's files alone.

    The case is read with the overrides run.json names, then with `overrides`: limits to hold the plan to besides.
    Raises Unread when the case itself cannot be read; whatever is wrong with the plan is a breach.
    """
    stated, troubles = _stated_overrides(read_run(Path(plan_path)))
    case, made_with, refused = _read_as_stated(case_files, stated)
    more = tuple(overrides)
    kept = () if refused else stated
    settings = read_case(case_files, (*kept, *more))[1] if more else made_with
    notes = [f"Made with {override}, as the plan says." for override in kept]
    notes += [f"Held to {override} besides." for override in more]
    return audit_papers(case, settings, plan_path, made_with=made_with, notes=notes, troubles=[*troubles, *refused])


def audit_papers(
    case: Case,
    settings: Settings,
    plan_path: Path | str,
    *,
    made_with: Settings | None = None,
    notes: Iterable[str] = (),
    troubles: Iterable[Breach] = (),
) -> Verdict:
    """The second opinion on a plan of a case already read; `made_with` are the settings it should state."""
    papers = read_papers(Path(plan_path), case)
    papers = replace(papers, files=(*papers.files, *troubles))
    return run_audits(Evidence(case, settings, made_with or settings, papers), notes)


def run_audits(evidence: Evidence, notes: Iterable[str] = ()) -> Verdict:
    """Run every check, in the order of the tuple, and name each breach after the check that found it."""
    counts: dict[str, int] = {}
    breaches: list[Breach] = []
    for audit in AUDITS:
        findings = list(audit(evidence))
        counts[audit.__name__] = len(findings)
        breaches.extend(replace(found, check=audit.__name__) for found in findings if found)
    return Verdict(tuple(breaches), counts, tuple(notes))


def _stated_overrides(run: Mapping[str, object]) -> tuple[tuple[str, ...], list[Breach]]:
    stated = run.get("overrides", [])
    if isinstance(stated, list) and all(isinstance(override, str) for override in stated):
        return tuple(stated), []
    return (), [breach("run.json, overrides", stated, "a list", 'they are not a list of "section.key=value"')]


def _read_as_stated(case_files: Files, stated: tuple[str, ...]) -> tuple[Case, Settings, list[Breach]]:
    try:
        return *read_case(case_files, stated), []
    except Unread:
        if not stated:
            raise
        refused = breach("run.json, overrides", "; ".join(stated), "settings", "the case does not take them")
        return *read_case(case_files), [refused]


PAPERS: tuple[Audit, ...] = (
    have_every_file,
    keep_to_the_grid,
    name_known_things,
    list_each_line_once,
    state_the_inputs,
    state_the_settings,
    state_what_made_it,
)

RULES: tuple[Audit, ...] = (
    cover_each_cell_once,
    award_only_drawn_lots,
    sell_no_more_than_won,
    sell_no_more_than_grown,
    sell_only_as_winner,
    sell_only_for_members,
    serve_what_goes_through_depots,
    open_depots,
    count_winners,
)

POLICIES: tuple[Audit, ...] = (
    keep_buyers_apart,
    respect_lot_value,
    respect_number_of_lots,
    limit_lots_per_supplier,
    limit_share_per_owner,
    require_winners,
    fill_what_is_won,
    hold_awards,
    worthwhile_drop,
    contract_within_limit,
    reach_every_site,
    hold_accreditations,
    respect_price_ceiling,
    in_season,
    require_able_bidders,
    local_floor,
    small_floor,
    organic_floor,
    respect_cost_ceiling,
    keep_local_spend,
    respect_km_ceiling,
    respect_carbon_ceiling,
    limit_winners,
)

BOOKKEEPING: tuple[Audit, ...] = (
    meet_all_demand,
    value_every_lot,
    describe_every_lot,
    count_able_bidders,
    state_every_fill,
    drive_every_round,
    price_every_supply,
    charge_every_collection,
    price_every_shortfall,
    value_every_award,
    charge_every_delivery,
    charge_all_handling,
    charge_every_distribution,
    count_local_money,
    find_extremes,
    add_up_the_money,
    add_up_the_figures,
    weigh_the_aims,
    prove_the_gap,
)

AUDITS: tuple[Audit, ...] = (*PAPERS, *RULES, *POLICIES, *BOOKKEEPING)
