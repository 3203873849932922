"""`foodlots bids`: read filled-in pricing schedules back and recommend awards."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.check import CaseArgument
from foodlots.cli.law import TermOption, TermsOption, tender_of
from foodlots.cli.opened import PlanArgument
from foodlots.cli.screen import complain, say
from foodlots.errors import DataError, Fault
from foodlots.reading import read_tables
from foodlots.tender.bids.choosing import recommend
from foodlots.tender.bids.reading import read_bids
from foodlots.tender.bids.report import comparison, recommendation_paper, told
from foodlots.tender.bids.rerun import case_of_bids
from foodlots.tender.bids.scores import read_scores
from foodlots.tender.pack import put_bytes
from foodlots.writing import write_tables


def bids_command(
    case: CaseArgument,
    plan: PlanArgument,
    schedules: Annotated[Path, typer.Argument(help="folder of filled-in pricing schedules")],
    out: Annotated[Path, typer.Option("--out", help="folder to write the comparison to")],
    scores: Annotated[Path | None, typer.Option("--scores", help="CSV of lot, bidder, score from 0 to 100")] = None,
    terms: TermsOption = None,
    set_: TermOption = None,
) -> None:
    """Read bids, compare them, recommend awards by the declared mechanism, and make a case to plan again on them."""
    tender = tender_of(case, plan, terms, set_, None)
    bids, faults = read_bids(tender, _schedules(schedules))
    if not bids:
        raise DataError(faults or [Fault("bids", 0, "", "", "there is no bid to compare", "fill in a price")])
    if doubled := [fault for fault in faults if "twice" in fault.problem or "are allowed" in fault.problem]:
        raise DataError(doubled)
    found = recommend(tender, bids, read_scores(scores))
    put_bytes(out / "comparison.xlsx", comparison(tender, found))
    put_bytes(out / "recommendation.docx", recommendation_paper(tender, found, faults))
    write_tables(case_of_bids(tender, read_tables(case), bids), out / "case")
    say(*told(found))
    say(
        f"Written to {out}: comparison.xlsx, recommendation.docx, and a case to plan again on the bids: "
        f"foodlots plan {out}/case --out DIR"
    )
    if faults:
        complain(*(f"not counted: {fault}" for fault in faults))
        raise typer.Exit(1)


def _schedules(folder: Path) -> list[Path]:
    """The workbooks in the folder and its sub-folders."""
    if not folder.is_dir():
        raise DataError(
            [Fault("bids", 0, "", str(folder), f"there is no folder {folder}", "give the folder of schedules")]
        )
    found = [path for path in folder.rglob("*.xlsx") if not path.name.startswith(("~$", "."))]
    if not found:
        raise DataError(
            [Fault("bids", 0, "", str(folder), f"no schedule in {folder}", "put the .xlsx files sent in there")]
        )
    return found
