"""`foodlots tender`: write the whole tender pack of a plan."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.check import CaseArgument
from foodlots.cli.law import TableOption, TermOption, TermsOption, tender_of
from foodlots.cli.opened import PlanArgument
from foodlots.cli.screen import complain, say
from foodlots.tender.law.checks import check_law
from foodlots.tender.law.finding import BROKEN, TO_DO
from foodlots.tender.pack import WHOM, write_pack


def tender_command(
    case: CaseArgument,
    plan: PlanArgument,
    out: Annotated[Path, typer.Option("--out", help="folder to write the pack to")],
    terms: TermsOption = None,
    set_: TermOption = None,
    table: TableOption = None,
    producers: Annotated[
        bool, typer.Option("--producers", help="also a sheet for each producer, for it alone")
    ] = False,
) -> None:
    """Write the tender papers of a plan: Word, Excel and open data to publish, and the file for the buyer alone."""
    tender = tender_of(case, plan, terms, set_, table)
    written = write_pack(tender, out, producers=producers)
    count = Counter(path.split("/")[0] for path in written)
    say(f"{tender.settings.case.name}: {len(written)} files written to {out}.")
    for folder, whom in WHOM.items():
        if not count[folder]:
            continue
        say(f"  {folder}: {count[folder]} files, {whom}.")
    verdict = check_law(tender)
    say(
        f"Law checks: {verdict.count(BROKEN)} broken, {verdict.count(TO_DO)} to do; see foodlots law. Not legal advice."
    )
    if broken := [finding for finding in verdict.findings if finding.status == BROKEN]:
        complain(*(f"{finding.rule.title}: {finding.words}" for finding in broken))
