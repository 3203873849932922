"""`foodlots import`: published files into the tables of a case."""

from pathlib import Path
from typing import Annotated

import typer

from foodlots.cli.screen import complain, err, say, show_table
from foodlots.errors import DataError, Fault
from foodlots.files.raw import RawCase
from foodlots.public.areas import find_area
from foodlots.public.downloads import Download
from foodlots.public.imported import Imported, Wish
from foodlots.public.kinds import KINDS, Kind, kind_named
from foodlots.public.merging import Difference, Merge, merge
from foodlots.public.record import FOLDER, read_record, record_file, record_text
from foodlots.reading import read_tables
from foodlots.values.texts import did_you_mean, shown
from foodlots.writing import write_tables

SHOWN = 20  # differences of each kind that are listed
WORDS = {"new": "new", "filled": "filled in", "changed": "changed", "gone": "gone from the file",
         "kept": "left as you have it", "deleted": "left out, you deleted it"}  # fmt: skip

APPLY = Annotated[bool, typer.Option("--apply", help="change and remove rows as shown before")]
KIND_HELP = "; ".join(f"{kind.name}: {kind.title}" for kind in KINDS)


def import_command(
    kind: Annotated[str, typer.Argument(help=KIND_HELP)],
    files: Annotated[list[Path], typer.Argument(help="the files as downloaded; zip and gzip are opened")],
    case: Annotated[Path, typer.Option("--case", help="the case's folder; made if it is not there")],
    area: Annotated[str, typer.Option("--area", help="a district or county, by name or ONS code")] = "",
    bordering: Annotated[bool, typer.Option("--bordering", help="also the areas around it")] = False,
    within: Annotated[
        float | None, typer.Option("--within", min=1, help="only producers within so many road km of a kitchen")
    ] = None,
    buyer: Annotated[str, typer.Option("--buyer", help="id of the buyer, instead of the authority in the file")] = "",
    take_up: Annotated[
        float | None, typer.Option("--take-up", min=0.01, max=1, help="share of pupils who eat a school meal")
    ] = None,
    apply: APPLY = False,
) -> None:
    """Read published files into the tables; nothing you have is changed or removed before you say --apply."""
    chosen = _kind(kind)
    raw = open_folder(case)
    where = find_area(area) if area else None
    downloads = [Download.at(file) for file in files]
    with err.status("reading …") as status:
        wish = Wish(where, bordering, buyer, take_up, within, raw, lambda rows: status.update(f"{rows:,} rows read …"))
        imported = chosen.read(downloads, wish)
    record = record_file(case, chosen.name, wish.scope)
    before = read_record(record)
    if imported.fills:
        before = dict(read_record(record_file(case, "build", ""))) | before
    found = merge(raw, imported, before)
    complain(*(f"{note.severity}: {note}" for note in imported.notes))
    say(*imported.told)
    text = record_text(imported, {file.name: file.sha256() for file in downloads})
    settle(case, found, imported, record, text, apply)


def _kind(name: str) -> Kind:
    names = [kind.name for kind in KINDS]
    if name not in names:
        raise DataError([Fault("import", 0, "", shown(name), f"there is no kind of file {shown(name)!r}",
                               did_you_mean(name, names, "choose one of " + ", ".join(names)))])  # fmt: skip
    return kind_named(name)


def open_folder(folder: Path) -> RawCase:
    """The case as text, empty when its folder is not there yet; raises DataError when it cannot be read."""
    if folder.suffix.lower() == ".xlsx" or folder.is_file():
        raise DataError([Fault("case", 0, "", folder.name, "imports write into a folder of CSV files",
                               "give a folder; a workbook can be imported on the page Published data")])  # fmt: skip
    if not folder.is_dir():
        return RawCase(folder.name)
    raw = read_tables(folder)
    blocking = [fault for fault in raw.faults if fault.severity == "block"]
    if blocking:
        raise DataError(blocking)
    return raw


def settle(folder: Path, found: Merge, imported: Imported, record: Path, text: str, apply: bool) -> None:
    """Shows every difference and writes it; what would change or remove rows waits for --apply."""
    _tell(found)
    if found.asks and not apply:
        say("Nothing was changed. To change and remove these rows, run it again with --apply.")
        raise typer.Exit(1)
    _write(folder, found, imported, record, text)
    say(f"Written to {folder}." if found.touched else f"{folder} already says all this.")


def _tell(found: Merge) -> None:
    for table in sorted({one.table for one in found.differences}):
        counts = {kind: found.count(table, kind) for kind in WORDS}
        said = ", ".join(f"{count:,} {WORDS[kind]}" for kind, count in counts.items() if count)
        say(f"{table}: {said}")
    for kind in ("changed", "gone", "kept", "deleted"):
        rows = [_row(one) for one in found.differences if one.kind == kind]
        if rows:
            rest = f", the first {SHOWN} of {len(rows):,}" if len(rows) > SHOWN else ""
            show_table(
                f"{WORDS[kind].capitalize()}{rest}", ("table", "row", "column", "yours", "the file's"), rows[:SHOWN]
            )


def _row(one: Difference) -> tuple[str, ...]:
    return one.table, shown(one.label), one.column, shown(one.mine), shown(one.theirs)


def _write(folder: Path, found: Merge, imported: Imported, record: Path, text: str) -> None:
    """The touched tables, the record and the papers; tables that were not touched keep their bytes."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    tables = {name: table for name, table in found.case.tables.items() if name in found.touched}
    settings = found.case.settings if "settings" in found.touched else ()
    write_tables(RawCase(found.case.name, tables, settings), folder)
    record.write_text(text, encoding="utf-8")
    for name, content in imported.papers.items():
        (folder / FOLDER / name).write_bytes(content)
