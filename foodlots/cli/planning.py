"""A plan made, written, drawn, audited and told: what `foodlots plan` and `foodlots regions` do with it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import typer

from foodlots.case import Case
from foodlots.cli.audit import SHOWN
from foodlots.cli.drawing import Draughtsman
from foodlots.cli.exits import STOPPED
from foodlots.cli.progress import Waiting
from foodlots.cli.screen import complain, say, show_table
from foodlots.insight.grounds import ASSUMED, grounds, say_ground
from foodlots.optimise import make_plan
from foodlots.plain_files import plain_override
from foodlots.plan import Plan
from foodlots.plan_files import read_plan, write_plan
from foodlots.reading import file_hashes, read_case
from foodlots.second_opinion import audit_case
from foodlots.settings import Settings
from foodlots.shortage import why_short
from foodlots.story import lot_rows, shortage_rows, tell


def plan_and_tell(
    case: Path, overrides: list[str], like: Path | None, out: Path, json_: bool, draughtsman: Draughtsman
) -> None:
    """Read a case, search for its plan, beginning with an earlier one where `like` names it, and tell it."""
    found, settings, notes = read_case(case, overrides)
    complain(*(f"{note.severity}: {note}" for note in notes))
    run = how_made(case, overrides) | ({"like": str(like)} if like else {})
    last = None if like is None else read_plan(like)
    with Waiting() as waiting:
        made = _made(found, settings, waiting, run, last)
    write_and_tell(case, found, settings, made, out, json_, draughtsman)


def how_made(case: Path, overrides: Sequence[str]) -> dict:
    """What run.json says of the command: the files by their hashes, the settings typed, and when."""
    time = datetime.now(UTC).isoformat(timespec="seconds")
    return {"overrides": [plain_override(each) for each in overrides], "files": file_hashes(case), "time": time}


def write_and_tell(
    case: Path, found: Case, settings: Settings, made: Plan, out: Path, json_: bool, draughtsman: Draughtsman
) -> None:
    """Write the plan's folder, audit what was written and tell it; ends with 1 where the audit finds breaches.

    The plan is drawn while its tables are audited: the map and the network are no part of what the audit reads.
    """
    write_plan(made, out)
    draughtsman.begin(found, settings, made, out)
    verdict = audit_case(case, out)
    draughtsman.finish()
    if json_:
        say((out / "summary.json").read_text(encoding="utf-8").rstrip())
    else:
        say(*tell(found, settings, made))
        say(*(say_ground(part) for part in grounds(found, settings, made) if part.share(ASSUMED)))
        show_table("Lots", *lot_rows(found, settings, made))
        show_table("On the open market, and why", *shortage_rows(found, settings, why_short(found, settings, made)))
        say("", *verdict.lines()[:1], f"Written to {out}: tables, summary.json, run.json, map.html, network.csv.")
    if not verdict.accepted:
        complain(*verdict.lines(SHOWN))
        raise typer.Exit(1)


def _made(case: Case, settings: Settings, waiting: Waiting, run: dict, last: Plan | None) -> Plan:
    """The plan, or a clean end when the user would not wait for any."""
    try:
        return make_plan(case, settings, waiting.look, run, last)
    except KeyboardInterrupt:
        complain("stopped before there was any plan")
        raise typer.Exit(STOPPED) from None
