"""Lots drawn by hand: the pieces of demand each holds, and what can be done with them: move, merge, split.

A piece is (site, product, months). Nothing is lost or doubled by any change: the pieces stay the same demand.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from foodlots.calendar import write_months
from foodlots.case import Case
from foodlots.demand import Demand
from foodlots.plan import Plan

Piece = tuple[str, str, tuple[int, ...]]
Drawn = Mapping[str, tuple[Piece, ...]]


def lots_of_plan(plan: Plan) -> dict[str, tuple[Piece, ...]]:
    """The lots of a plan as they would be drawn by hand."""
    return _tidy((cell.lot, (cell.site, cell.product, cell.months)) for cell in plan.cells)


def lots_of_case(case: Case) -> dict[str, tuple[Piece, ...]]:
    """The lots that the case holds, drawn by hand."""
    return _tidy((lot, piece) for lot, pieces in case.lots.items() for piece in pieces)


def move_kitchens(drawn: Drawn, sites: Iterable[str], source: str, target: str) -> dict[str, tuple[Piece, ...]]:
    """These kitchens leave one lot for another, with all they ask for in it."""
    sites = set(sites)
    return _tidy(
        (target if lot == source and piece[0] in sites else lot, piece)
        for lot, pieces in drawn.items()
        for piece in pieces
    )


def merge(drawn: Drawn, lots: Iterable[str]) -> dict[str, tuple[Piece, ...]]:
    """These lots become one, under the name of the first."""
    together = sorted(lots)
    return _tidy((together[0] if lot in together else lot, piece) for lot, pieces in drawn.items() for piece in pieces)


def split_off_kitchens(drawn: Drawn, lot: str, sites: Iterable[str]) -> dict[str, tuple[Piece, ...]]:
    """These kitchens leave the lot for a new one."""
    chosen = set(sites)
    return _split(drawn, lot, lambda piece: piece[0] in chosen)


def split_off_products(drawn: Drawn, lot: str, products: Iterable[str]) -> dict[str, tuple[Piece, ...]]:
    """These products leave the lot for a new one."""
    chosen = set(products)
    return _split(drawn, lot, lambda piece: piece[1] in chosen)


def split_off_months(drawn: Drawn, lot: str, months: Iterable[int]) -> dict[str, tuple[Piece, ...]]:
    """These months leave the lot for a new one."""
    chosen, new = set(months), new_name(drawn, lot)
    pieces = []
    for name, held in drawn.items():
        for site, product, covered in held:
            if name != lot:
                pieces.append((name, (site, product, covered)))
                continue
            pieces.append((new, (site, product, tuple(month for month in covered if month in chosen))))
            pieces.append((lot, (site, product, tuple(month for month in covered if month not in chosen))))
    return _tidy(pieces)


def _split(drawn: Drawn, lot: str, leaves: Callable[[Piece], bool]) -> dict[str, tuple[Piece, ...]]:
    new = new_name(drawn, lot)
    return _tidy(
        (new if name == lot and leaves(piece) else name, piece) for name, pieces in drawn.items() for piece in pieces
    )


def new_name(drawn: Drawn, lot: str) -> str:
    """A name for what is split off a lot: L05 gives L05b, then L05c."""
    for letter in "bcdefghijklmnopqrstuvwxyz":
        if f"{lot}{letter}" not in drawn:
            return f"{lot}{letter}"
    return new_name(drawn, f"{lot}z")


def _tidy(pieces: Iterable[tuple[str, Piece]]) -> dict[str, tuple[Piece, ...]]:
    """The pieces under their lots, months of the same site and product together; lots that hold nothing are gone."""
    months: dict[str, dict[tuple[str, str], set[int]]] = defaultdict(lambda: defaultdict(set))
    for lot, (site, product, covered) in pieces:
        months[lot][site, product] |= set(covered)
    held = {
        lot: tuple((site, product, tuple(sorted(all_))) for (site, product), all_ in sorted(cells.items()) if all_)
        for lot, cells in sorted(months.items())
    }
    return {lot: cells for lot, cells in held.items() if cells}


def rows(drawn: Drawn) -> list[tuple[str, str, str, str]]:
    """The lots as rows of the lots table: lot, site, product, months."""
    return [
        (lot, site, product, write_months(months))
        for lot in sorted(drawn)
        for site, product, months in drawn[lot]
    ]  # fmt: skip


@dataclass(frozen=True)
class DrawnLot:
    """What a lot drawn by hand holds, and its value at open-market prices, £ a year."""

    lot: str
    sites: tuple[str, ...]
    products: tuple[str, ...]
    months: tuple[int, ...]
    value_gbp: float


def values(drawn: Drawn, demand: Demand) -> list[DrawnLot]:
    """Each lot with what is in it and what that is worth."""
    return [_drawn_lot(lot, drawn[lot], demand) for lot in sorted(drawn)]


def _drawn_lot(lot: str, pieces: Iterable[Piece], demand: Demand) -> DrawnLot:
    pieces = tuple(pieces)
    alike: dict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
    for site, product, months in pieces:
        alike[product, months].append(site)
    value = sum(demand.value_of(sites, product, months) for (product, months), sites in sorted(alike.items()))
    return DrawnLot(
        lot,
        tuple(sorted({site for site, _, _ in pieces})),
        tuple(sorted({product for _, product, _ in pieces})),
        tuple(sorted({month for _, _, months in pieces for month in months})),
        float(value),
    )
