"""From checked rows to a Case: everything exact, everything in order of id, and its fingerprint."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from foodlots.case import Buyer, Case, Depot, Offer, Place, Producer, Product, Site, Spend, Standing
from foodlots.checks.rows import Row, Sheet
from foodlots.columns import number_in_words

Sheets = Mapping[str, Sheet]
Places = Mapping[str, Mapping[int, Place]]
Entry = TypeVar("Entry")


def build_case(sheets: Sheets, places: Places) -> Case:
    """The case that faultless sheets describe."""
    case = Case(
        buyers=_by_id(_buyer(row.values) for row in sheets["buyers"].rows),
        sites=_by_id(_site(row.values, places["sites"][row.number]) for row in sheets["sites"].rows),
        products=_by_id(_product(row.values) for row in sheets["products"].rows),
        producers=_by_id(_producer(row.values, places["producers"][row.number]) for row in sheets["producers"].rows),
        offers=_offers(sheets["offers"].rows),
        budgets=_amounts(sheets["budgets"].rows, ("buyer", "category"), "budget_gbp"),
        demand=_amounts(sheets["demand"].rows, ("site", "product", "month"), "kg"),
        depots=_by_id(_depot(row.values, places["depots"][row.number]) for row in sheets["depots"].rows),
        distances=_both_ways(_amounts(sheets["distances"].rows, ("origin", "destination"), "km")),
        lots=_lots(sheets["lots"].rows),
        held=_amounts(sheets["held"].rows, ("lot", "bidder"), "hold"),
        spend=_in_order(Spend(**_own(Spend, row.values)) for row in sheets["spend"].rows),
        provenance=_in_order(Standing(**_own(Standing, row.values)) for row in sheets["provenance"].rows),
    )
    return replace(case, sha256=fingerprint(case))


def _own(kind: type, values: Mapping[str, object], **more) -> dict[str, object]:
    """The values that an entry of a kind keeps under their column's name."""
    return {field.name: values[field.name] for field in fields(kind) if field.name in values} | more


def _by_id(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    return MappingProxyType({entry.id: entry for entry in sorted(entries, key=lambda entry: entry.id)})


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: json.dumps(_plain(entry))))


def _buyer(values: Mapping[str, object]) -> Buyer:
    return Buyer(**_own(Buyer, values, id=values["buyer"]))


def _site(values: Mapping[str, object], place: Place) -> Site:
    return Site(**_own(Site, values, id=values["site"], place=place))


def _product(values: Mapping[str, object]) -> Product:
    return Product(**_own(Product, values, id=values["product"], accreditations=frozenset(values["accreditation"])))


def _producer(values: Mapping[str, object], place: Place) -> Producer:
    held = frozenset(values["accreditations"])
    return Producer(**_own(Producer, values, id=values["producer"], place=place, accreditations=held))


def _depot(values: Mapping[str, object], place: Place) -> Depot:
    return Depot(**_own(Depot, values, id=values["depot"], place=place))


def _offers(rows: Iterable[Row]) -> tuple[Offer, ...]:
    offers = [Offer(**_own(Offer, row.values)) for row in rows]
    return tuple(sorted(offers, key=lambda offer: (offer.producer, offer.product, offer.months)))


def _amounts(rows: Iterable[Row], key: tuple[str, ...], amount: str) -> Mapping:
    found = {tuple(row.values[name] for name in key): row.values[amount] for row in rows}
    return MappingProxyType(dict(sorted(found.items())))


def _both_ways(given: Mapping[tuple[str, str], Decimal]) -> Mapping[tuple[str, str], Decimal]:
    back = {(destination, origin): km for (origin, destination), km in given.items()}
    return MappingProxyType(dict(sorted((back | dict(given)).items())))


def _lots(rows: Iterable[Row]) -> Mapping:
    months: dict[str, dict[tuple[str, str], set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        months[row.values["lot"]][row.values["site"], row.values["product"]] |= set(row.values["months"])
    return MappingProxyType({
        lot: tuple((site, product, tuple(sorted(found))) for (site, product), found in sorted(cells.items()))
        for lot, cells in sorted(months.items())
    })  # fmt: skip


def fingerprint(case: Case) -> str:
    """The SHA-256 of what a case says: the same for any order of rows or columns and any format of file."""
    content = {field.name: _plain(getattr(case, field.name)) for field in fields(case) if field.name != "sha256"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _plain(value: object) -> object:
    """A value as JSON says it in one way only."""
    if isinstance(value, Decimal):
        return number_in_words(value)
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(item)] for key, item in value.items()]
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
