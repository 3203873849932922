"""A published OCDS notice → its lots drawn by hand on the case, to score and compare with lots of one's own.

A notice says which products (CPV codes) a lot asks for, seldom which kitchens. So each piece of the case's demand
goes to one lot: the one whose CPV code is nearest, then the one that names its kitchen or area; what no lot asks for
goes to a lot named `rest`.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foodlots.errors import DataError
from foodlots.files.raw import note
from foodlots.public.areas import find_area
from foodlots.public.downloads import Download, refuse, unwrap_all
from foodlots.public.imported import Imported, Standing, Wish
from foodlots.values.texts import as_id, shown, without_accents

SOURCE = "OCDS notice"
MOST_BYTES = 50_000_000
MOST_LOTS = 2_000
REST = "rest"
OWN_MONTHS = re.compile(r"Months: [^(]*\((all|[\d;-]+)\)")
GENERIC = frozenset(("north", "south", "east", "west", "and", "the", "of", "county", "council", "city", "all", "lot"))


@dataclass(frozen=True)
class NoticeLot:
    """One lot of a notice. codes: CPV codes without their trailing zeros · words: what it says of itself and of where.

    kitchens: names and postcodes of delivery, where it gives any · products: item descriptions by code.
    """

    id: str
    title: str
    codes: tuple[str, ...]
    words: str
    kitchens: Mapping[str, frozenset[str]]
    months: str
    value: float | None


def read_notice(files: Sequence[Download], wish: Wish) -> Imported:
    """The lots of a notice as rows of the lots table. Raises DataError when the file is no OCDS notice with lots."""
    release, file = _release(files)
    sites, products = _rows(wish, "sites"), _rows(wish, "products")
    if not sites or not products:
        raise refuse(file, f"{file} needs kitchens and products to draw its lots on",
                     "import it into a case that has both")  # fmt: skip
    lots = _lots(release, file)
    drawn, loose = _draw(lots, sites, products)
    told = [
        f"{file}: {_title(release)}",
        f"{len(lots)} lots in the notice, {len(drawn)} of them hold demand of this case.",
    ]
    valued = [lot for lot in lots if lot.value is not None]
    if valued:
        told.append(
            f"{len(valued)} lots with a value, £{sum(lot.value for lot in valued):,.2f} together (as published)."
        )
    notes = []
    if empty := [lot for lot in lots if _lot_id(lot, lots) not in drawn]:
        titles = ", ".join(shown(lot.title) for lot in empty)
        notes.append(note(file, "", f"nothing in the case is asked for by these lots: {titles}"))
    if REST in drawn:
        notes.append(note(file, REST, "products that no lot of the notice asks for went to a lot named rest"))
    if loose:
        notes.append(note(file, "", "where several lots ask for the same product and none names a kitchen or its area, "
                          f"the kitchen went to the first: {loose:,} times"))  # fmt: skip
    rows = tuple({"lot": lot, "site": site, "product": product, "months": months}
                 for lot in sorted(drawn) for site, product, months in sorted(drawn[lot]))  # fmt: skip
    return Imported({"lots": rows}, tuple(told), tuple(notes), (Standing("lots", "*", "*", "estimated", SOURCE),))


def _release(files: Sequence[Download]) -> tuple[dict, str]:
    """The newest release with a tender in the file."""
    for file in unwrap_all(files):
        try:
            found = json.loads(file.whole(MOST_BYTES).decode("utf-8-sig"), parse_constant=lambda text: None)
        except (ValueError, RecursionError):
            raise refuse(file.name, f"{file.name} is not JSON", "download the notice as OCDS JSON") from None
        releases = found.get("releases", [found]) if isinstance(found, dict) else []
        releases = [each for each in releases if isinstance(each, dict) and isinstance(each.get("tender"), dict)]
        if releases:
            return max(releases, key=lambda each: str(each.get("date", ""))), file.name
    raise refuse(
        files[0].name, f"{files[0].name} holds no OCDS release with a tender", "download the tender notice as OCDS"
    )


def _lots(release: Mapping, file: str) -> list[NoticeLot]:
    tender = release["tender"]
    given = [each for each in _list(tender, "lots") if each.get("id") is not None]
    if not given:
        given = [{"id": "1", "title": tender.get("title", ""), "description": tender.get("description", ""),
                  "value": tender.get("value")}]  # fmt: skip
    if len(given) > MOST_LOTS:
        raise refuse(file, f"{file} has {len(given):,} lots", f"give a notice with at most {MOST_LOTS:,}")
    items = _list(tender, "items")
    lots = [_lot(each, items, len(given) == 1, tender) for each in given]
    if not any(lot.codes for lot in lots):
        raise refuse(file, f"{file} names no CPV code of its lots", "choose a notice whose items have CPV codes")
    return lots


def _lot(given: Mapping, items: Sequence[Mapping], alone: bool, tender: Mapping) -> NoticeLot:
    own = [item for item in items if alone or str(item.get("relatedLot")) == str(given["id"])]
    codes = [code for item in own for code in _codes(item)] or list(_codes(tender))
    kitchens: dict[str, set[str]] = {}
    for item in own:
        for code in _codes(item):
            kitchens.setdefault(code, set()).update(_kitchens(item))
    places = " ".join(str(_dict(item, "deliveryLocation").get("description", "")) for item in own)
    description = str(given.get("description") or "")
    months = OWN_MONTHS.search(description)
    amount = _dict(given, "value").get("amount")
    return NoticeLot(
        str(given["id"]), str(given.get("title") or f"Lot {given['id']}"), tuple(dict.fromkeys(codes)),
        f"{given.get('title') or ''} {places}", {code: frozenset(names) for code, names in kitchens.items()},
        months[1] if months else "all", float(amount) if isinstance(amount, int | float) else None,
    )  # fmt: skip


def _codes(item: Mapping) -> Iterator[str]:
    """The CPV codes of an item or a tender, trailing zeros off."""
    for each in (_dict(item, "classification"), *_list(item, "additionalClassifications")):
        code = re.sub(r"\D.*", "", str(each.get("id", "")))
        if each.get("scheme") == "CPV" and len(code) >= 8:
            yield code[:8].rstrip("0")


def _kitchens(item: Mapping) -> Iterator[str]:
    for address in _list(item, "deliveryAddresses"):
        if name := address.get("streetAddress"):
            yield _kitchen(str(name), str(address.get("postalCode", "")))


def _draw(lots, sites, products) -> tuple[dict[str, list[tuple[str, str, str]]], int]:
    """Lot -> its (site, product, months), every piece of demand in exactly one lot for each month."""
    drawn: dict[str, list[tuple[str, str, str]]] = {}
    loose = 0
    areas = {site["site"]: _words_of_place(site) for site in sites}
    for product in products:
        code = product.get("cpv", "").strip()[:8].rstrip("0")
        for site in sites:
            found, unsure = _holders(lots, code, site, areas[site["site"]])
            loose += unsure
            for lot in found:
                name = _lot_id(lot, lots) if lot else REST
                months = lot.months if lot else "all"
                drawn.setdefault(name, []).append((site["site"], product["product"], months))
    return drawn, loose


def _holders(lots: Sequence[NoticeLot], code: str, site: Mapping, words: frozenset[str]) -> tuple[list, int]:
    """The lots that hold a product at a kitchen (several only when their months differ), and whether it was a guess."""
    near = {lot.id: max((_nearness(code, each) for each in lot.codes), default=0) for lot in lots}
    best = max(near.values(), default=0)
    asking = [lot for lot in lots if best and near[lot.id] == best]
    if not asking:
        return [None], 0
    name = _kitchen(site["name"], site.get("postcode", ""))
    named = [lot for lot in asking if _names(lot, name, code, best)]
    if named:
        return _months_apart(named), 0
    local = {lot.id: _told_of(site, words, lot) for lot in asking}
    most = max(local.values())
    there = [lot for lot in asking if local[lot.id] == most]
    return there[:1], int(len(there) > 1)


def _told_of(site: Mapping, words: frozenset[str], lot: NoticeLot) -> int:
    """How much of where a kitchen is stands in what a lot says of itself: its whole name counts most."""
    whole = f" {_plain(site['name'])} " in f" {_plain(lot.words)} "
    return len(words & _words(lot.words)) + (100 if whole else 0)


def _kitchen(name: str, postcode: str) -> str:
    """A kitchen by name and postcode, however they are written."""
    return f"{_plain(name)} {_plain(postcode).replace(' ', '')}"


def _names(lot: NoticeLot, kitchen: str, code: str, near: int) -> bool:
    """Whether a lot names the kitchen among those to which it brings products so near the code."""
    return any(kitchen in names for asked, names in lot.kitchens.items() if _nearness(code, asked) == near)


def _months_apart(lots: Sequence[NoticeLot]) -> list[NoticeLot]:
    """The first lot for each stretch of months."""
    return list({lot.months: lot for lot in reversed(lots)}.values())


def _nearness(product: str, asked: str) -> int:
    """How near a code of a lot is to that of a product: its length where one lies within the other, else 0."""
    if not product or not asked:
        return 0
    return min(len(product), len(asked)) if product.startswith(asked) or asked.startswith(product) else 0


def _words_of_place(site: Mapping) -> frozenset[str]:
    """Words that tell where a kitchen is: its name, and that of its district."""
    try:
        area = find_area(site["area_code"]).name if site.get("area_code") else ""
    except DataError:
        area = ""
    return _words(f"{site['name']} {area}")


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _plain(text).split() if len(word) > 2 and word not in GENERIC)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", without_accents(text).lower()).split())


def _lot_id(lot: NoticeLot, lots: Sequence[NoticeLot]) -> str:
    """An id for the lot: its own where it is one, else its place in the notice."""
    own = as_id(lot.id)
    alike = [each for each in lots if as_id(each.id).lower() == own.lower()]
    return own if own and len(alike) == 1 and len(own) <= 40 and own != REST else f"lot_{lots.index(lot) + 1}"


def _rows(wish: Wish, table: str) -> list[dict[str, str]]:
    raw = wish.case.tables.get(table)
    return [dict(zip(raw.headings, row.cells, strict=False)) for row in raw.rows] if raw else []


def _title(release: Mapping) -> str:
    return shown(str(release["tender"].get("title") or "without a title"))


def _list(holder: Mapping, name: str) -> list[Mapping]:
    found = holder.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _dict(holder: Mapping, name: str) -> Mapping:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}
