"""The bids as a case: lots drawn by hand as tendered, bidders for producers, bid prices for offers; to plan again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from foodlots.calendar import write_months
from foodlots.columns import number_in_words
from foodlots.files.raw import RawCase, RawSetting
from foodlots.insight.hand_lots import lots_of_plan, rows
from foodlots.reading import edit_table
from foodlots.tender.bids.bid import Bid, counted_kg
from foodlots.tender.brief import Tender

FREE = (("costs", "per_km"), ("costs", "per_drop"), ("costs", "collect_gbp_per_kg_km"))  # bid prices are delivered
NO_BOUND = (("lots", "value_gbp"), ("lots", "number"), ("lots", "areas"), ("lots", "seasons"), ("awards", "max_km"))
FAR = "2000"  # km: a bidder reaches the lots it bids for, and is kept from all others by name
PRODUCERS = ("producer", "name", "kind", "owner_group", "lat", "lon", "reach_km", "max_contract_gbp", "accreditations",
             "small", "social_enterprise", "organic", "local")  # fmt: skip


def case_of_bids(tender: Tender, raw: RawCase, bids: Iterable[Bid]) -> RawCase:
    """The case with the bids in place of its offers: `foodlots plan` on it awards the tendered lots to real bids.

    A bidder whose prices differ from lot to lot stands once for each lot, under one owner group.
    """
    sellers = _sellers(tender, sorted(bids, key=lambda bid: (bid.bidder, bid.lot)))
    for table in ("depots", "distances"):
        raw = raw.without_table(table)
    raw = edit_table(raw, "lots", ("lot", "site", "product", "months"), rows(lots_of_plan(tender.plan)))
    raw = edit_table(raw, "producers", PRODUCERS, [_producer(tender, name, each) for name, each in sellers.items()])
    raw = edit_table(raw, "offers", ("producer", "product", "months", "kg_per_month", "price_gbp_per_kg"),
                     [line for name, each in sellers.items() for line in _offers(tender, name, each)])  # fmt: skip
    raw = edit_table(raw, "held", ("lot", "bidder", "hold"), _kept_apart(tender, sellers))
    settings = [each for each in raw.settings if (each.section, each.key) not in (*FREE, *NO_BOUND)]
    settings += [RawSetting(section, key, "0") for section, key in FREE]
    return raw.with_settings(settings).named(tender.settings.case.name)


def _sellers(tender: Tender, bids: list[Bid]) -> dict[str, list[Bid]]:
    """Producer id -> its bids: one id where prices are the same in all lots, else one for each lot."""
    of: dict[str, list[Bid]] = defaultdict(list)
    for bid in bids:
        of[bid.bidder].append(bid)
    found: dict[str, list[Bid]] = {}
    for bidder, own in of.items():
        prices = defaultdict(set)
        for bid in own:
            for product, price in bid.prices.items():
                prices[product].add(price)
        if all(len(each) == 1 for each in prices.values()):
            found[bidder] = own
        else:
            found |= {f"{bidder}__{bid.lot}": [bid] for bid in own}
    return found


def _producer(tender: Tender, name: str, bids: list[Bid]) -> tuple[str, ...]:
    bid, case = bids[0], tender.case
    known = case.producers.get(bid.bidder)
    place = known.place if known else case.sites[tender.sites[bid.lot][0]].place
    needed = sorted({each for one in bids for product in one.prices for each in case.products[product].accreditations})
    most = "" if bid.most_gbp is None else number_in_words(bid.most_gbp)
    local = "" if known is None or known.local is None else _flag(known.local)
    return (
        name, bid.name, known.kind if known else "farm", bid.owner, f"{place.lat:.6f}", f"{place.lon:.6f}", FAR, most,
        ";".join(needed), _flag(bid.small is not False), _flag(bool(bid.social_enterprise)),
        _flag(bool(known and known.organic)), local,
    )  # fmt: skip


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _offers(tender: Tender, name: str, bids: list[Bid]) -> Iterable[tuple[str, ...]]:
    """Lines of the offers table: kilos of all its lots together, months of the same kilos on one line."""
    kilos: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    prices: dict[str, Decimal] = {}
    lots = {lot.id: lot for lot in tender.plan.lots}
    for bid in bids:
        for product, price in bid.prices.items():
            prices[product] = price
            for month in lots[bid.lot].months:
                kilos[product][month] += counted_kg(tender, lots[bid.lot], bid, product, month)
    for product in sorted(prices):
        for kg, months in sorted(_alike(kilos[product]).items()):
            yield name, product, write_months(months), number_in_words(kg), number_in_words(prices[product])


def _alike(kilos: Mapping[int, Decimal]) -> dict[Decimal, list[int]]:
    """Kilos -> the months that have so many; months without any are left out."""
    found: dict[Decimal, list[int]] = defaultdict(list)
    for month, kg in sorted(kilos.items()):
        if kg:
            found[kg].append(month)
    return found


def _kept_apart(tender: Tender, sellers: Mapping[str, list[Bid]]) -> list[tuple[str, str, str]]:
    """Every lot that a seller did not bid for, held against it."""
    return [
        (lot.id, name, "never")
        for name, bids in sorted(sellers.items())
        for lot in tender.plan.lots
        if lot.id not in {bid.lot for bid in bids}
    ]
