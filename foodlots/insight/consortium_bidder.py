"""A consortium as a bidder of the next plan: a cooperative at the lead's place, with the partners as its members.

It reaches as far as its lead, holds what they hold together, and sells what its members grow. A partner that is a
cooperative itself brings its own members into it.
"""

from collections.abc import Mapping, Sequence

from foodlots.case import Case, Producer
from foodlots.checking import check
from foodlots.errors import DataError, Fault
from foodlots.files.raw import RawCase
from foodlots.insight.consortium import Consortium
from foodlots.reading import edit_table
from foodlots.values.texts import as_id

Rows = list[dict[str, str]]


def as_bidder(raw: RawCase, case: Case, found: Consortium) -> tuple[RawCase, str]:
    """The case as text with the consortium among its producers, and its id; DataError where it is there already."""
    own = as_id(f"with_{found.lot}_{'_'.join(found.partners)}")[:60].rstrip("_")
    if own in case.producers:
        problem = f"{case.producers[own].name!r} is there already"
        raise DataError([Fault("producers", 0, "producer", own, problem, "plan again with it, or take it out first")])
    lead = case.producers[found.lead]
    rows = _rows(raw, "producers")
    for row in rows:
        if _brings_in(case, found, row["producer"].strip()):
            row["member_of"] = ";".join(filter(None, (row.get("member_of", "").strip(), own)))
    changed = _with(raw, "producers", [*rows, _bidder_row(case, found, lead, own)])
    changed = _with(changed, "distances", _distances(raw, lead.id, own)) if "distances" in raw.tables else changed
    checked = check(changed)
    if checked.case is None:
        raise DataError(checked.blocking)
    return changed, own


def _brings_in(case: Case, found: Consortium, producer: str) -> bool:
    """Whether somebody's goods come into it: a partner, or a member of a partner that is a cooperative."""
    return producer in found.partners or any(club in found.partners for club in case.producers[producer].member_of)


def _bidder_row(case: Case, found: Consortium, lead: Producer, own: str) -> dict[str, str]:
    partners = [case.producers[partner] for partner in found.partners]
    names = [lead.name, *(partner.name for partner in partners if partner.id != lead.id)]
    return {
        "producer": own, "name": f"Consortium of {', '.join(names)}", "kind": "cooperative",
        "lat": str(lead.place.lat), "lon": str(lead.place.lon), "reach_km": f"{lead.reach_km:f}",
        "min_drop_gbp": f"{lead.min_drop_gbp:f}", "area_code": lead.area_code,
        "accreditations": ";".join(sorted(frozenset().union(*(each.accreditations for each in partners)))),
        "small": _yes(all(each.small for each in partners)),
        "social_enterprise": _yes(all(each.social_enterprise for each in partners)),
        "organic": _yes(all(each.organic for each in partners)),
    }  # fmt: skip


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def _distances(raw: RawCase, lead: str, own: str) -> Rows:
    """Every distance given from or to the lead holds for the consortium too; the lead itself is at its place."""
    rows = _rows(raw, "distances")
    same = [
        {**row, end: own} for row in rows for end in ("origin", "destination") if row.get(end, "").strip() == lead
    ]  # fmt: skip
    return [*rows, *same]


def _rows(raw: RawCase, name: str) -> Rows:
    table = raw.tables[name]
    return [dict(zip(table.headings, row.cells, strict=False)) for row in table.rows]


def _with(raw: RawCase, name: str, rows: Sequence[Mapping[str, str]]) -> RawCase:
    given = raw.tables[name].headings
    more = sorted({key for row in rows for key, cell in row.items() if cell} - set(given))
    headings = (*given, *more)
    return edit_table(raw, name, headings, [[row.get(heading, "") for heading in headings] for row in rows])
