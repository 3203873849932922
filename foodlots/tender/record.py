"""The record of the decision: what it was made of, how well it is proven, what else was considered, who and when.

With the tables and the plan beside it, it can be checked again years later: foodlots audit case plan. For the buyer.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path

from foodlots.audit import Verdict
from foodlots.plan_files import write_plan
from foodlots.second_opinion import audit_typed
from foodlots.story import against_budget, certificate, proof
from foodlots.tender.brief import Tender
from foodlots.tender.law.checks import as_rows, check_law
from foodlots.tender.law.finding import STATUSES
from foodlots.tender.law.worth import say_day
from foodlots.tender.sheets import money
from foodlots.tender.terms import TERMS, day_of
from foodlots.tender.word.invitation import open_paper
from foodlots.tender.word.paper import Paper
from foodlots.tender.word.rests import what_it_rests_on
from foodlots.writing import write_tables

PRIVATE = "FOR THE BUYER ALONE: it names bidders and what they would cost."
AGAIN = "foodlots audit case plan"  # in the folder of the record


def audited(tender: Tender) -> Verdict:
    """The audit's verdict on the plan, worked out again now."""
    with tempfile.TemporaryDirectory() as name:
        folder = write_plan(tender.plan, Path(name) / "plan")
        return audit_typed(tender.raw, tender.case, tender.settings, folder)


def record_files(tender: Tender) -> Iterator[tuple[str, bytes]]:
    """The record as a Word paper and as JSON, and the tables and the plan it speaks of."""
    verdict = audited(tender)
    yield "decision-record.docx", decision_paper(tender, verdict)
    yield "decision-record.json", decision_json(tender, verdict)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_plan(tender.plan, folder / "plan")
        if tender.raw is not None:
            write_tables(tender.raw.named(tender.settings.case.name), folder / "case")
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def decision_json(tender: Tender, verdict: Verdict) -> bytes:
    """Everything of the record for a machine: amounts as text, exactly."""
    law, run, figures = check_law(tender), tender.plan.run, tender.plan.summary
    told = {
        "case": tender.settings.case.name,
        "plan": tender.fingerprint,
        "decided_by": tender.terms.decided_by,
        "run": dict(run),
        "status": figures.status,
        "objective_gbp": str(figures.objective_gbp),
        "bound_gbp": str(figures.bound_gbp),
        "gap_share_of_spend": figures.gap_share_of_spend,
        "lots": [{"lot": lot.id, "value_gbp": str(lot.value_gbp), "winner": lot.winner} for lot in tender.plan.lots],
        "audit": {"accepted": verdict.accepted, "decision": verdict.lines()[0], "checks": dict(verdict.counts)},
        "law": {"stated": str(tender.law.stated), "advice": tender.law.advice, "findings": as_rows(law)},
        "terms": {key: None if value is None else str(value) for key, value in asdict(tender.terms).items()},
        "considered": {reasons.lot: list(reasons.considered) for reasons in tender.reasons},
        "check_again": AGAIN,
    }
    return (json.dumps(told, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def decision_paper(tender: Tender, verdict: Verdict) -> bytes:
    """The record for people."""
    paper = open_paper(tender, "Decision record", "What was decided, from what, and how well it is proven", PRIVATE)
    _decided(paper, tender)
    _proven(paper, tender, verdict)
    _made_of(paper, tender)
    _considered(paper, tender)
    return paper.data()


def _decided(paper: Paper, tender: Tender) -> None:
    plan = tender.plan
    paper.heading("What was decided")
    paper.facts(
        "Who decided what, and when",
        (
            ("Decided by", tender.terms.decided_by or "to be filled in by the buyer"),
            ("Plan made", say_day(day_of(plan))),
            ("Notice", say_day(tender.terms.publish)),
            ("Fingerprint of the plan", tender.fingerprint),
            ("Lots", f"{len(plan.lots)}, worth {money(tender.annual_gbp)} a year"),
            ("Cost", f"{money(plan.summary.spend_gbp)} a year for food and delivery: {against_budget(plan)}"),
        ),
    )
    names = tender.case.producers
    rows = [
        (lot.id, lot.name, money(lot.value_gbp), ", ".join(names[each].name for each in lot.winner.split(";") if each)
         or "open market", f"{lot.fill:.1%}")
        for lot in plan.lots
    ]  # fmt: skip
    paper.table("The lots and who would win them", ("Lot", "Name", "Value a year", "Likely winner", "Filled"), rows,
                numbers=(2, 4), widths=(1.5, 6.3, 2.8, 4.9, 1.5), size=8)  # fmt: skip


def _proven(paper: Paper, tender: Tender, verdict: Verdict) -> None:
    law = check_law(tender)
    paper.heading("How well it is proven")
    paper.say(proof(tender.plan), *certificate(tender.plan), f"Audit, independent of the solver: {verdict.lines()[0]}")
    paper.say(f"Law checks: {'; '.join(f'{law.count(status)} {status}' for status in STATUSES)}. {tender.law.advice}")
    what_it_rests_on(paper, tender)
    paper.say(f"To check it again, offline, with the folders case and plan beside this record: {AGAIN}.")


def _made_of(paper: Paper, tender: Tender) -> None:
    run = tender.plan.run
    paper.heading("What it was made of")
    files = run.get("files", {})
    rows = [(name, digest) for name, digest in sorted(files.items())] if isinstance(files, dict) else []
    rows.append(("all tables together", str(run.get("inputs_sha256", "not stated"))))
    paper.table("The files of the case and their SHA-256", ("File", "SHA-256"), rows, widths=(4.5, 12.5), size=7.5)
    versions = run.get("versions", {})
    rows = [(name, str(version)) for name, version in sorted(versions.items())] if isinstance(versions, dict) else []
    rows.append(("seed", str(run.get("seed", "not stated"))))
    paper.facts("Versions and the seed of the search", rows)
    paper.heading("Settings", 2)
    paper.table(
        "The settings of the plan", ("Setting", "Value"), _settings(run.get("settings")), widths=(6.0, 11.0), size=8
    )
    paper.heading("Terms of the tender", 2)
    terms = [(term.meaning, _said(getattr(tender.terms, term.name))) for term in TERMS]
    paper.table("The terms of the tender", ("Term", "Value"), terms, widths=(9.0, 8.0), size=8)


def _settings(given: object) -> list[tuple[str, str]]:
    """The settings a run states, section and key together."""
    sections = given if isinstance(given, dict) else {}
    return [
        (f"{section}.{key}", "not set" if value is None else _said(value))
        for section, values in sorted(sections.items())
        if isinstance(values, dict)
        for key, value in sorted(values.items())
    ]


def _said(value: object) -> str:
    """A setting or a term as a reader says it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(map(_said, value)) if value and isinstance(value[0], list) else _listed(value)
    if isinstance(value, date):
        return say_day(value)
    return "no limit" if value is None else str(value) or "not stated"


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(_said, values)) or "none"


def _considered(paper: Paper, tender: Tender) -> None:
    paper.heading("What else was considered")
    for reasons in tender.reasons:
        if reasons.considered:
            paper.heading(f"{reasons.lot}: {reasons.name}", 2)
            paper.points(reasons.considered)
