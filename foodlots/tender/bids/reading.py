"""Reading filled-in schedules back: the yellow cells only; everything else is held against the plan."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from foodlots.columns import Column
from foodlots.errors import Fault
from foodlots.files.raw import FileFault, Grid
from foodlots.files.xlsx_grid import read_xlsx
from foodlots.plan import Lot
from foodlots.tender.bids.bid import Bid
from foodlots.tender.brief import Tender
from foodlots.tender.excel.pricing import ASKS, BIDDER, KILOS_SHEET, MOST_PRICE, PRICES, READ_ME, month_of
from foodlots.values import read_value
from foodlots.values.texts import Unreadable, shown

MOST_BYTES = 5_000_000  # of one schedule
REFERENCE = re.compile(r"[A-Za-z0-9_]{1,40}")
PRICE = Column("price", "number", "a price", "£/kg", least=Decimal(0), most=Decimal(MOST_PRICE))
KG = Column("kilos", "number", "kilos", "kg", least=Decimal(0))
GBP = Column("most_gbp", "number", "the most you can sell", "£", above=Decimal(0))
LOTS = Column("most_lots", "number", "the most lots", "lots", least=Decimal(1), most=Decimal(10_000))
FLAG = Column("flag", "flag", "yes or no")
LABELS = {label: name for name, label, _ in ASKS}


@dataclass
class Reader:
    """Reads one schedule, gathering what is wrong with it."""

    tender: Tender
    file: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, sheet: str, row: int, column: str, value: str, problem: str, mend: str) -> None:
        """One thing wrong in the schedule."""
        self.faults.append(Fault(f"{self.file}, {sheet}" if sheet else self.file, row, column, value, problem, mend))

    def value(self, text: str, column: Column, sheet: str, row: int, name: str):
        """What a cell holds, None when it is empty or wrong."""
        if not text.strip():
            return None
        try:
            return read_value(text.strip(), column)[0]
        except Unreadable as trouble:
            self.fault(sheet, row, name, shown(text), trouble.problem, trouble.mend)
            return None


def read_bids(tender: Tender, files: Iterable[Path]) -> tuple[list[Bid], list[Fault]]:
    """Every schedule that can be read, and every fault found; a schedule with a fault is no bid until it is mended."""
    bids, faults = [], []
    for file in sorted(files, key=lambda path: path.name):
        reader = Reader(tender, file.name)
        bid = _read(reader, file)
        faults += reader.faults
        if bid is not None and not reader.faults:
            bids.append(bid)
    return bids, [*faults, *_across(tender, bids)]


def _read(reader: Reader, file: Path) -> Bid | None:
    if file.stat().st_size > MOST_BYTES:
        reader.fault("", 0, "", "", "is too large for a schedule", "send the schedule as it was, filled in")
        return None
    try:
        sheets = {name: grid for name, _, grid in read_xlsx("bid", file.name, file.read_bytes())}
    except FileFault as trouble:
        reader.faults.append(trouble.fault)
        return None
    missing = [name for name in (READ_ME, BIDDER, PRICES, KILOS_SHEET) if not isinstance(sheets.get(name), Grid)]
    if missing:
        reader.fault("", 0, "", "", f"has no sheet {missing[0]}", "send the schedule as it was, filled in")
        return None
    lot = _lot(reader, sheets[READ_ME])
    return lot and _bid(reader, lot, sheets)


def _lot(reader: Reader, grid: Grid) -> Lot | None:
    """The lot the schedule is for; None when it is not one of this plan."""
    said = {cells[0]: cells[1] for _, cells in grid.rows if len(cells) > 1}
    lot = next((lot for lot in reader.tender.plan.lots if lot.id == said.get("lot")), None)
    if lot is None:
        reader.fault(
            READ_ME, 0, "lot", shown(said.get("lot", "")), "is for no lot of this plan", "use this plan's schedules"
        )
    elif said.get("plan") != reader.tender.fingerprint:
        reader.fault(READ_ME, 0, "plan", "", "was made for another plan", "use the schedules of this plan")
        return None
    return lot


def _bid(reader: Reader, lot: Lot, sheets: Mapping[str, Grid]) -> Bid:
    answers = _answers(reader, sheets[BIDDER])
    prices = _prices(reader, lot, sheets[PRICES])
    brings = _brings(reader, lot, sheets[KILOS_SHEET])
    if not prices and not reader.faults:
        reader.fault(PRICES, 0, "", "", "has no price at all", "fill in a price, or do not send the schedule")
    return Bid(reader.file, lot.id, prices=prices, brings=brings, **answers)


def _answers(reader: Reader, grid: Grid) -> dict[str, object]:
    """Who bids: the answers by name, empty ones among them."""
    said = {LABELS.get(cells[0], ""): (row, cells[1] if len(cells) > 1 else "") for row, cells in grid.rows}

    def answer(name: str, column: Column | None = None):
        row, text = said.get(name, (0, ""))
        return reader.value(text, column, BIDDER, row, name) if column else " ".join(text.split())

    bidder = answer("reference")
    if not REFERENCE.fullmatch(bidder):
        reader.fault(BIDDER, said.get("reference", (0, ""))[0], "reference", shown(bidder),
                     "the reference is missing or not of letters, digits and _", "write such as hill_farm")  # fmt: skip
    most_lots = answer("most_lots", LOTS)
    if most_lots is not None and most_lots != int(most_lots):
        reader.fault(
            BIDDER, said["most_lots"][0], "most_lots", str(most_lots), "is no whole number", "write one such as 3"
        )
    return {
        "bidder": bidder, "name": answer("name") or bidder, "owner": answer("owner") or bidder,
        "together": answer("together"), "small": answer("small", FLAG),
        "social_enterprise": answer("social_enterprise", FLAG), "postcode": answer("postcode"),
        "most_lots": None if most_lots is None else int(most_lots), "most_gbp": answer("most_gbp", GBP),
    }  # fmt: skip


def _prices(reader: Reader, lot: Lot, grid: Grid) -> dict[str, Decimal]:
    """Product -> £/kg; lines that are not of the lot are faults."""
    found = {}
    for row, cells in grid.rows:
        product = cells[0] if cells else ""
        if product not in lot.products:
            continue
        price = reader.value(cells[5] if len(cells) > 5 else "", PRICE, PRICES, row, product)
        if price is not None:
            found[product] = price
        asked = sum((reader.tender.kg(lot, product, month) for month in lot.months), Decimal(0))
        _same(reader, PRICES, row, cells, 4, asked)
    for product in lot.products:
        if not any(cells and cells[0] == product for _, cells in grid.rows):
            reader.fault(
                PRICES, 0, product, "", f"the line of {product} is gone", "send the schedule with all its lines"
            )
    return found


def _same(reader: Reader, sheet: str, row: int, cells: tuple[str, ...], column: int, asked: Decimal) -> None:
    """A fault where the kilos asked are not those of the plan: somebody wrote over a protected cell."""
    text = cells[column] if len(cells) > column else ""
    try:
        same = abs(Decimal(text) - asked) < Decimal("0.0005")
    except ArithmeticError:
        same = False
    if not same:
        reader.fault(
            sheet, row, cells[0], shown(text), "the kilos asked are not those of the plan", "use a fresh schedule"
        )


def _brings(reader: Reader, lot: Lot, grid: Grid) -> dict[tuple[str, int], Decimal]:
    """(product, month) -> kilos, where the bidder said how many."""
    if not grid.rows:
        return {}
    months = {column: month for column, heading in enumerate(grid.rows[0][1]) if (month := month_of(heading))}
    found = {}
    for row, cells in grid.rows[1:]:
        if len(cells) > 2 and cells[0] in lot.products and cells[2] == "you bring":
            for column, month in months.items():
                kg = reader.value(cells[column] if len(cells) > column else "", KG, KILOS_SHEET, row, cells[0])
                if kg is not None and month in lot.months:
                    found[cells[0], month] = kg
    return found


def _across(tender: Tender, bids: list[Bid]) -> Iterator[Fault]:
    """What is wrong among bids that are each in order: the same lot twice, too many lots."""
    seen: dict[tuple[str, str], str] = {}
    for bid in bids:
        if (bid.lot, bid.bidder) in seen:
            problem = f"{bid.bidder} bids for {bid.lot} twice, also in {seen[bid.lot, bid.bidder]}"
            yield Fault(bid.file, 0, "", "", problem, "keep one of the two")
        seen.setdefault((bid.lot, bid.bidder), bid.file)
    most = tender.terms.max_lots_bid
    for bidder in sorted({bid.bidder for bid in bids}):
        lots = sorted({bid.lot for bid in bids if bid.bidder == bidder})
        if most is not None and len(lots) > most:
            yield Fault("bids", 0, "", bidder, f"{bidder} bids for {len(lots)} lots, {most} are allowed",
                        "ask which it keeps and remove the others")  # fmt: skip
