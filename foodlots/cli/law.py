"""`foodlots law`: is the tender of a plan in order?"""

import json
from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.check import CaseArgument
from foodlots.cli.opened import PlanArgument, open_plan
from foodlots.cli.screen import say
from foodlots.reading import read_tables
from foodlots.tender.brief import Tender
from foodlots.tender.law.checks import as_rows, check_law
from foodlots.tender.law.finding import STATUSES, Finding
from foodlots.tender.law.table import STANDINGS, read_law
from foodlots.tender.law.worth import say_day
from foodlots.tender.terms import read_terms

TermsOption = Annotated[Path | None, typer.Option("--terms", help="terms of the tender, a TOML file")]
TermOption = Annotated[list[str] | None, typer.Option("--set", metavar="TERM=VALUE", help="a term, before the file's")]
TableOption = Annotated[Path | None, typer.Option("--table", help="a law table of your own, a TOML file")]


def law(
    case: CaseArgument,
    plan: PlanArgument,
    terms: TermsOption = None,
    set_: TermOption = None,
    table: TableOption = None,
    json_: Annotated[bool, typer.Option("--json", help="print the findings as JSON")] = False,
) -> None:
    """Hold a plan against the Procurement Act and the rules of the house: values, lots, limits, conditions."""
    tender = tender_of(case, plan, terms, set_, table)
    verdict = check_law(tender)
    if json_:
        heading = {"stated": str(tender.law.stated), "advice": tender.law.advice, "plan": tender.fingerprint}
        say(json.dumps(heading | {"findings": as_rows(verdict)}, indent=2, ensure_ascii=False))
    else:
        say(f"{tender.law.advice} Stated on {say_day(tender.law.stated)}.")
        for finding in verdict.findings:
            say("", *_lines(finding))
        say("", "; ".join(f"{verdict.count(status)} {status}" for status in STATUSES) + ".")
    raise typer.Exit(1 if verdict.count(STATUSES[0]) else 0)


def _lines(finding: Finding) -> list[str]:
    rule = finding.rule
    lines = [f"[{finding.status}] {rule.title}: {finding.about}", f"  {finding.words}", f"  Law: {rule.words}"]
    lines += [f"  Drafted: {finding.drafted}"] if finding.drafted else []
    lines += [f"  {finding.caution}"] if finding.caution else []
    return [*lines, f"  Source: {rule.source} ({STANDINGS[rule.standing]})"]


def tender_of(case: Path, plan: Path, terms: Path | None, overrides: list[str] | None, table: Path | None) -> Tender:
    """The tender of a plan on disk, its terms and the law."""
    found, settings, made = open_plan(case, plan)
    return Tender(
        found, settings, made, read_terms(settings, made, terms, overrides or ()), read_law(table), read_tables(case)
    )
