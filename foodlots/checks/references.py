"""Checks of keys: rows that say the same thing twice, and names that are not where they should be."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from foodlots.checks.rows import Row, Sheet, and_more
from foodlots.columns import Column, number_in_words
from foodlots.errors import Fault
from foodlots.files.raw import warn
from foodlots.values.texts import did_you_mean, nearest, shown

Sheets = Mapping[str, Sheet]

WITH_MONTHS = ("offers", "lots")  # their rows may share a key's ids in different months
SLIP = 0.85  # how like a known id a stranger must be to be a slip, while an id that could not be read may be meant
MOST_GUESSES = 100  # names for which a nearest one is sought
MOST_COMPARED = 200_000  # pairs of names compared for it, so that a large table is checked in seconds


def find_twins(sheets: Sheets) -> Iterator[Fault]:
    """No two rows of a table have the same key."""
    for name, sheet in sheets.items():
        if name in WITH_MONTHS or not sheet.table.key:
            continue
        first: dict[tuple, Row] = {}
        for row in sheet.read(*sheet.table.key):
            key = tuple(row.values[column] for column in sheet.table.key)
            if key in first:
                yield _twin(sheet, row, first[key], key)
            else:
                first[key] = row


def _twin(sheet: Sheet, row: Row, other: Row, key: tuple) -> Fault:
    words = ", ".join(str(part) for part in key)
    differing = sorted(name for name in row.values if row.values[name] != other.values.get(name))
    mend = "remove one of them" if not differing else f"keep one of them; they differ in {', '.join(differing)}"
    return Fault(sheet.table.name, row.number, sheet.table.key[-1], shown(words),
                 f"{shown(words)!r} stands in rows {other.number} and {row.number}", mend)  # fmt: skip


def find_look_alikes(sheets: Sheets) -> Iterator[Fault]:
    """Ids and labels that differ in capitals or _ alone are probably one."""
    for sheet in sheets.values():
        for column in sheet.table.columns:
            own_key = column.kind == "id" and sheet.table.key == (column.name,)
            if own_key or column.kind in ("label", "labels"):
                yield from _look_alikes(sheet, column)


def _look_alikes(sheet: Sheet, column: Column) -> Iterator[Fault]:
    first: dict[str, tuple[str, int]] = {}
    told: set[str] = set()
    for row in sheet.read(column.name):
        value = row.values[column.name]
        for text in value if isinstance(value, tuple) else (str(value),):
            plain = text.lower().replace("_", "").replace(" ", "").replace("-", "")
            other, at = first.setdefault(plain, (text, row.number))
            if other != text and text not in told:
                told.add(text)
                yield warn(sheet.table.name, text, f"{text!r} and {other!r} (row {at}) are nearly the same",
                           "write them the same way if they are one", row.number, column.name)  # fmt: skip


def find_strangers(sheets: Sheets) -> Iterator[Fault]:
    """Every id that refers to another table is there."""
    for sheet in sheets.values():
        for column in sheet.table.columns:
            others = [sheets[name] for name in column.refers]
            if any(other.given for other in others) and not any(map(_is_unknown, others)):
                yield from _strangers(sheet, column, others)


def _is_unknown(sheet: Sheet) -> bool:
    """Whether nothing can be said of what a table holds: it was refused, or has lost all its rows."""
    return sheet.refused or (sheet.table.needed and not sheet.rows)


def _strangers(sheet: Sheet, column: Column, others: list[Sheet]) -> Iterator[Fault]:
    known = frozenset().union(*(other.ids() for other in others))
    unread = frozenset().union(*(other.unread_ids for other in others))
    twins = any(len(other.table.key) == 1 and len(other.ids()) < len(other.rows) for other in others)
    doubtful = bool(unread) or twins
    found: dict[str, list[int]] = defaultdict(list)
    for row in sheet.read(column.name):
        value = row.values[column.name]
        for name in value if isinstance(value, tuple) else (value,):
            if name and name not in known and name not in unread:
                found[str(name)].append(row.number)
    tables = " or ".join(other.table.name for other in others if other.given)
    guesses = min(MOST_GUESSES, MOST_COMPARED // (len(known) + 1) + 1)
    for count, (name, rows) in enumerate(found.items()):
        guess = count < guesses
        if doubtful and not (guess and not nearest(name, unread) and nearest(name, known, SLIP)):
            continue  # the id is probably the one that could not be read, or was overwritten by its twin
        otherwise = f"add it to {tables}, or remove the row"
        mend = did_you_mean(name, known, otherwise) if guess else otherwise
        yield Fault(sheet.table.name, rows[0], column.name, shown(name),
                    f"{shown(name)!r} is not in {tables}{and_more(len(rows))}", mend)  # fmt: skip


def find_overlapping_offers(sheets: Sheets) -> Iterator[Fault]:
    """No producer offers one product twice in the same month."""
    taken: dict[tuple, dict[int, Row]] = defaultdict(dict)
    for row in sheets["offers"].read("producer", "product", "months"):
        months = taken[row.values["producer"], row.values["product"]]
        shared = [month for month in row.values["months"] if month in months]
        if shared:
            yield _overlap(row, months[shared[0]], shared)
        for month in row.values["months"]:
            months.setdefault(month, row)


def _overlap(row: Row, other: Row, shared: list[int]) -> Fault:
    producer, product = row.values["producer"], row.values["product"]
    months = ", ".join(map(str, shared))
    return Fault("offers", row.number, "months", f"{producer}, {product}",
                 f"{producer} offers {product} in month {months} here and in row {other.number}",
                 "give each month one row: one amount, one price")  # fmt: skip


def find_members(sheets: Sheets) -> Iterator[Fault]:
    """A member belongs to a cooperative or hub, and not to itself."""
    kinds = {row.values["producer"]: row.values["kind"] for row in sheets["producers"].read("producer", "kind")}
    for row in sheets["producers"].read("producer", "member_of"):
        for club in row.values["member_of"]:
            if club == row.values["producer"]:
                yield Fault("producers", row.number, "member_of", club, f"{club!r} is a member of itself",
                            "leave the cell empty")  # fmt: skip
            elif kinds.get(club, "hub") not in ("cooperative", "hub"):
                yield Fault("producers", row.number, "member_of", club,
                            f"{club!r} is a {kinds[club]}, not a cooperative or hub",
                            f"name a cooperative or hub, or change the kind of {club}")  # fmt: skip


def find_shared_ids(sheets: Sheets, places: Mapping[str, Mapping[int, object]]) -> Iterator[Fault]:
    """One id does not name a producer, a site or a depot at two places."""
    first: dict[str, tuple[str, int, object]] = {}
    for name in ("producers", "sites", "depots"):
        sheet = sheets[name]
        key = sheet.table.key[0]
        for row in sheet.read(key):
            here = places[name].get(row.number)
            place_id = str(row.values[key])
            table, number, there = first.setdefault(place_id, (name, row.number, here))
            if table != name and here and there and (here.lat, here.lon) != (there.lat, there.lon):
                yield Fault(name, row.number, key, place_id,
                            f"{place_id!r} is also an id in {table} (row {number}), at another place",
                            f"give it an id of its own, for example {place_id}_{key}")  # fmt: skip


def find_counted_twice(sheets: Sheets) -> Iterator[Fault]:
    """What a cooperative offers itself is not also offered by its members."""
    offered: dict[object, set[object]] = defaultdict(set)
    for row in sheets["offers"].read("producer", "product"):
        offered[row.values["producer"]].add(row.values["product"])
    for row in sheets["producers"].read("producer", "member_of"):
        for club in row.values["member_of"]:
            shared = sorted(map(str, offered[row.values["producer"]] & offered[club]))
            if shared:
                problem = f"{row.values['producer']} and its {club} both offer {', '.join(shared[:5])}"
                mend = "check that the kilos are not counted twice"
                yield warn("producers", club, problem, mend, row.number, "member_of")


def find_odd_distances(sheets: Sheets) -> Iterator[Fault]:
    """A distance joins two places; both ways may differ, and that is said."""
    given = {}
    for row in sheets["distances"].read("origin", "destination", "km"):
        origin, destination, km = (row.values[name] for name in ("origin", "destination", "km"))
        if origin == destination:
            yield Fault("distances", row.number, "destination", str(destination),
                        f"{origin!r} is both ends of the road", "name two places, or remove the row")  # fmt: skip
        back = given.get((destination, origin))
        if back is not None and back.values["km"] != km:
            yield Fault("distances", row.number, "km", number_in_words(km),
                        f"the way back (row {back.number}) is {number_in_words(back.values['km'])} km",
                        "check them; each way is used as given", "note")  # fmt: skip
        given[origin, destination] = row
