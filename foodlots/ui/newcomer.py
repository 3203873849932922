"""A producer who is not in the tables yet: entered in a minute, checked like everybody else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foodlots.errors import Fault
from foodlots.files.raw import RawCase
from foodlots.ui.editing import headings_of, rows_of, with_rows


@dataclass(frozen=True)
class Newcomer:
    """What somebody new says of themselves, as the tables would hold it: all text, empty for the default."""

    producer: Mapping[str, str]
    offers: Sequence[Mapping[str, str]]

    @property
    def id(self) -> str:
        return self.producer["producer"]


def newcomer(raw: RawCase, fields: Mapping[str, str], offers: Sequence[Mapping[str, str]]) -> Newcomer:
    """Somebody new, under an id of their own made from the name."""
    own = _new_id(raw, fields.get("name", ""))
    return Newcomer({"producer": own, **fields}, [{"producer": own, **offer} for offer in offers])


def _new_id(raw: RawCase, name: str) -> str:
    headings = headings_of(raw, "producers")
    place = headings.index("producer")
    taken = {cells[place].strip() for _, cells in rows_of(raw, "producers")}
    stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:40] or "new_producer"
    numbers = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (stem, *numbers) if each not in taken)


def with_newcomer(raw: RawCase, new: Newcomer) -> RawCase:
    """The case with somebody new and what they offer."""
    return _with_added(_with_added(raw, "producers", [new.producer]), "offers", new.offers)


def _with_added(raw: RawCase, name: str, added: Sequence[Mapping[str, str]]) -> RawCase:
    headings = headings_of(raw, name)
    rows = [cells for _, cells in rows_of(raw, name)]
    return with_rows(raw, name, headings, [*rows, *([each.get(heading, "") for heading in headings] for each in added)])


def faults_of(raw: RawCase, new: Newcomer, faults: Sequence[Fault]) -> list[Fault]:
    """The blocking faults that lie in what somebody new said."""
    first = {
        "producers": max((number for number, _ in rows_of(raw, "producers")), default=1) - 1,
        "offers": max((number for number, _ in rows_of(raw, "offers")), default=1) - len(new.offers),
    }
    return [
        fault
        for fault in faults
        if fault.severity == "block" and fault.table in first and (not fault.row or fault.row > first[fault.table])
    ]
