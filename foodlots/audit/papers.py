"""A plan as it stands on disk: every line that can be read and names known things, and what was wrong with the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from foodlots.audit import lines
from foodlots.audit.case import Case
from foodlots.audit.exact import OffGrid
from foodlots.audit.folder import Findings, Row, as_text, read_object, read_table
from foodlots.audit.lines import PAGES, SUMMARY, Page
from foodlots.audit.say import echo
from foodlots.audit.verdict import Breach, breach

RUN_KEYS = ("inputs_sha256", "settings", "overrides", "versions", "seed")


@dataclass(frozen=True)
class Papers:
    """The plan's files. Lines off the grid, of unknown things or told twice are left out and stand in the findings.

    `files`, `grid`, `known` and `once` hold one finding for each file and row looked at: a breach, or None.
    """

    lots: tuple[lines.LotLine, ...]
    cells: tuple[lines.CellLine, ...]
    awards: tuple[lines.AwardLine, ...]
    supply: tuple[lines.SupplyLine, ...]
    shortfall: tuple[lines.ShortfallLine, ...]
    distribution: tuple[lines.DistributionLine, ...]
    rounds: tuple[lines.StopLine, ...]
    summary: Mapping[str, object]
    run: Mapping[str, object]
    files: tuple[Breach | None, ...]
    grid: tuple[Breach | None, ...]
    known: tuple[Breach | None, ...]
    once: tuple[Breach | None, ...]


def read_papers(folder: Path, case: Case) -> Papers:
    """Read a plan's folder against the ids of its case."""
    files: Findings = []
    grid: Findings = []
    known: Findings = []
    once: Findings = []
    read = {page.file: _lines(folder, page, files, grid) for page in PAGES}
    summary = _summary(folder, files, grid)
    run = _run(folder, files)
    ids = _ids(case, read)
    for page in PAGES:
        found = _known_lines(page, read[page.file], ids, known)
        read[page.file] = _single_lines(page, found, once)
    once.extend(_clashing_rounds(read))
    return Papers(
        *(tuple(read[page.file]) for page in PAGES), summary, run, tuple(files), tuple(grid), tuple(known), tuple(once)
    )


def read_run(folder: Path) -> Mapping[str, object]:
    """What run.json says; nothing when it cannot be read."""
    return read_object(folder / "run.json")[0]


def _lines(folder: Path, page: Page, files: Findings, grid: Findings) -> list:
    rows, findings = read_table(folder / page.file, tuple(page.columns))
    files.extend(findings)
    found = []
    for row in rows:
        line, troubles = _line(page, row)
        grid.extend(troubles or [None])
        if not troubles:
            found.append(line)
    return found


def _line(page: Page, row: Row) -> tuple[object, list[Breach]]:
    number, cells = row
    values, troubles = {}, []
    for column, read in page.columns.items():
        try:
            values[column] = read(cells[column])
        except OffGrid as trouble:
            troubles.append(_off_grid(f"{page.file} row {number}, {column}", cells[column], trouble))
    return (None if troubles else page.line(row=number, **values)), troubles


def _summary(folder: Path, files: Findings, grid: Findings) -> dict[str, object]:
    stated, findings = read_object(folder / "summary.json")
    files.extend(findings)
    found = {}
    for key, read in SUMMARY.items():
        if key not in stated:
            files.extend([] if findings[0] else [breach("summary.json", "nothing", key, f"does not state {key}")])
            continue
        try:
            found[key] = read(as_text(stated[key]))
            grid.append(None)
        except OffGrid as trouble:
            grid.append(_off_grid(f"summary.json, {key}", as_text(stated[key]), trouble))
    return found


def _run(folder: Path, files: Findings) -> dict[str, object]:
    stated, findings = read_object(folder / "run.json")
    files.extend(findings)
    if not findings[0]:
        missing = [key for key in RUN_KEYS if key not in stated]
        files.extend(breach("run.json", "nothing", key, f"does not state {key}") for key in missing)
    return stated


def _off_grid(where: str, text: str, trouble: OffGrid) -> Breach:
    return breach(where, text, "a value on the grid", f"{echo(text)} cannot stand here: {trouble}")


def _ids(case: Case, read: Mapping[str, list]) -> dict[str, set[str]]:
    drawn = {line.lot for line in read["lots.csv"]}
    return {
        "buyers": set(case.buyers),
        "sites": set(case.sites),
        "products": set(case.products),
        "producers": set(case.producers),
        "depots": {*case.depots, ""},
        "lots": drawn,
        "rounds": drawn | {line.distribution for line in read["distribution.csv"]},
    }


def _known_lines(page: Page, found: Iterable, ids: Mapping[str, set[str]], known: Findings) -> list:
    kept = []
    for line in found:
        strange = {column: _strange(getattr(line, column), ids[table]) for column, table in page.names.items()}
        strange = {column: names for column, names in strange.items() if names}
        for column, names in strange.items():
            where = f"{page.file} row {line.row}, {column}"
            known.extend(_stranger(where, name, page.names[column]) for name in names)
        if not strange:
            known.append(None)
        if all(isinstance(getattr(line, column), tuple) for column in strange):
            kept.append(_without(line, strange) if strange else line)
    return kept


def _stranger(where: str, name: str, table: str) -> Breach:
    return breach(where, name, f"one of the {table}", f"{echo(name)} is not in {table}")


def _strange(value: str | tuple[str, ...], known: set[str]) -> list[str]:
    names = value if isinstance(value, tuple) else (value,)
    return [name for name in names if name not in known]


def _without(line, strange: Mapping[str, list[str]]):
    return replace(line, **{c: tuple(n for n in getattr(line, c) if n not in names) for c, names in strange.items()})


def _single_lines(page: Page, found: Iterable, once: Findings) -> list:
    seen: dict[tuple, int] = {}
    kept = []
    for line in found:
        key = tuple(getattr(line, column) for column in page.key)
        if key in seen:
            what = ", ".join(_told(column, value) for column, value in zip(page.key, key, strict=True) if value != "")
            trouble = f"tells again of {what}, already in row {seen[key]}"
            once.append(breach(f"{page.file} row {line.row}", f"rows {seen[key]} and {line.row}", "one row", trouble))
            continue
        seen[key] = line.row
        kept.append(line)
        once.append(None)
    return kept


def _told(column: str, value: object) -> str:
    return f"{column} {';'.join(map(str, value)) if isinstance(value, tuple) else value}"


def _clashing_rounds(read: Mapping[str, list]) -> list[Breach]:
    drawn = {line.lot for line in read["lots.csv"]}
    return [
        breach(f"distribution.csv row {line.row}", line.distribution, "an id of its own", "a lot has the same id")
        for line in read["distribution.csv"]
        if line.distribution in drawn
    ]
