"""The plan drawn up from what was decided: every £ split, in whole pence, kilos handed out to lots in whole grams."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import cached_property

from foodlots.delivery import driving_km
from foodlots.optimise.bids import Bid, Channel
from foodlots.optimise.candidates import Candidate, shelf
from foodlots.optimise.ground import GRAMS
from foodlots.optimise.model import Model
from foodlots.optimise.naming import Names, common_cpv
from foodlots.optimise.settle import Settled, pence
from foodlots.plan import Award, Cell, Distribution, Lot, Shortfall, Stop, Supply
from foodlots.sharing import round_together, share_out

KM = Decimal("0.000001")  # km as written: millimetres
PART = Decimal("0.000001")  # shares, visits and drops as written


@dataclass(frozen=True)
class Asked:
    """What the drawn lots ask for: (candidate, product, month) -> grams, and the exact value of each lot, £."""

    grams: Mapping[tuple[int, str, int], int]
    value: Mapping[int, Fraction]

    @cached_property
    def of_lot(self) -> Mapping[int, list[tuple[str, int]]]:
        """Candidate -> (product, grams) of each of its months."""
        found = defaultdict(list)
        for (lot, product, _), grams in self.grams.items():
            found[lot].append((product, grams))
        return found


def what_lots_ask(model: Model, lots: Iterable[int]) -> Asked:
    """The lots' demand to the gram and their exact value, straight from the budgets."""
    grams, value = {}, {}
    for lot in lots:
        candidate, worth = model.candidates[lot], Fraction()
        for product in candidate.products:
            year = exact_year(model, candidate, product)
            worth += sum(year.values()) * Fraction(model.ground.case.products[product].benchmark_gbp_per_kg)
            grams |= {(lot, product, month): round(kg * GRAMS) for month, kg in year.items() if kg}
        value[lot] = worth
    return Asked(grams, value)


def exact_year(model: Model, candidate: Candidate, product: str) -> dict[int, Fraction]:
    """The lot's kilos of a product, month by month, exactly."""
    year: dict[int, Fraction] = defaultdict(Fraction)
    for sites, months in blocks(model, candidate, product):
        kg = model.ground.demand.kg(sites, product)
        for month in months:
            year[month] += kg[month - 1]
    return dict(sorted(year.items()))


def blocks(model: Model, candidate: Candidate, product: str) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Sites and months that the lot covers of a product."""
    seasons = model.settings.lots.seasons
    for cell in sorted(candidate.cells, key=str):
        if isinstance(cell, str):
            rows = model.ground.case.lots[cell]
            yield from (((site,), months) for site, asked, months in rows if asked == product)
        elif cell.product == product:
            yield model.ground.leaves[cell.leaf], seasons[cell.season]


class Book:
    """The tables of one plan. Lots are numbered by category, family and product, then by area and season."""

    def __init__(self, model: Model, settled: Settled, asked: Asked):
        self.model, self.settled, self.asked = model, settled, asked
        self.case, self.ground = model.ground.case, model.ground
        self.names = Names(model.ground)
        self.order = sorted(settled.drawn, key=self._place)
        digits = max(2, len(str(len(self.order))))
        self.ids = {lot: self._id(lot, number, digits) for number, lot in enumerate(self.order, start=1)}

    def _id(self, lot: int, number: int, digits: int) -> str:
        by_hand = [cell for cell in self.model.candidates[lot].cells if isinstance(cell, str)]
        return by_hand[0] if by_hand else f"L{number:0{digits}d}"

    def _place(self, lot: int) -> tuple:
        candidate = self.model.candidates[lot]
        first = min(shelf(self.case.products[product]) for product in candidate.products)
        return candidate.pool, first, len(candidate.products), sorted(candidate.leaves), candidate.months, lot

    @cached_property
    def values(self) -> dict[int, Decimal]:
        """Value of each lot to the penny; together they are the value of all demand to the penny."""
        lots = sorted(self.order, key=self.ids.__getitem__)
        worth = [self.asked.value[lot] * 100 for lot in lots]
        whole = round_together(worth, round(sum(worth)))
        return {lot: Decimal(penny) / 100 for lot, penny in zip(lots, whole, strict=True)}

    @cached_property
    def won(self) -> dict[int, list[Bid]]:
        """Lot -> the bids that won it, by bidder."""
        won = defaultdict(list)
        for bid in sorted(self.settled.won, key=lambda bid: bid.channel):
            won[bid.lot].append(bid)
        return won

    @cached_property
    def supply(self) -> tuple[Supply, ...]:
        """Kilos handed out: each lot of a channel is filled to the same part, producer after producer."""
        lines = []
        won = defaultdict(list)
        for bid in self.settled.won:
            won[bid.channel].append(bid.lot)
        for (channel, product, month), growers in sorted(self._sold_by_channel().items()):
            wanted = [
                (lot, self.settled.portions[lot, channel, product, month])
                for lot in won[channel]
                if (lot, product, month) in self.asked.grams
            ]
            filled = share_out([grams for _, grams in wanted], sum(grams for _, grams in growers))
            for lot, grower, grams in hand_out(
                [(lot, grams) for (lot, _), grams in zip(wanted, filled, strict=True)], growers
            ):
                lines.append(self._supply_line(lot, channel, grower, product, month, grams))
        return tuple(sorted(lines, key=lambda s: (s.lot, s.bidder, s.product, s.month, s.producer)))

    def _sold_by_channel(self) -> dict[tuple[Channel, str, int], list[tuple[str, int]]]:
        sold = defaultdict(list)
        for (channel, producer, product, month), grams in self.settled.sold.items():
            sold[channel, product, month].append((producer, grams))
        return sold

    def _supply_line(self, lot: int, channel: Channel, producer: str, product: str, month: int, grams: int) -> Supply:
        kg = Fraction(grams, GRAMS)
        return Supply(
            self.ids[lot], channel.bidder, producer, product, month, kilos(grams),
            pence(kg * self._gate_prices[producer, product, month]),
            pence(kg * self._collection_rate(producer, channel.bidder)),
        )  # fmt: skip

    def _collection_rate(self, producer: str, bidder: str) -> Fraction:
        """£/kg for the way from a producer to the bidder it sells through."""
        if producer == bidder:
            return Fraction()
        if (producer, bidder) not in self._rates:
            per_kg_km = Fraction(self.ground.settings.costs.collect_gbp_per_kg_km)
            km = driving_km(Fraction(1), self.ground.roads.km(producer, bidder)) / 2
            self._rates[producer, bidder] = km * per_kg_km
        return self._rates[producer, bidder]

    @cached_property
    def _rates(self) -> dict[tuple[str, str], Fraction]:
        return {}

    @cached_property
    def _gate_prices(self) -> dict[tuple[str, str, int], Fraction]:
        return {
            (offer.producer, offer.product, month): Fraction(offer.price_gbp_per_kg)
            for offer in self.case.offers
            for month in offer.months
        }

    @cached_property
    def shortfall(self) -> tuple[Shortfall, ...]:
        """What is left of every lot's demand, bought on the open market."""
        filled: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
        for line in self.supply:
            filled[line.lot, line.product, line.month] += line.kg
        lines = []
        for lot, product, month in sorted(self.asked.grams, key=lambda at: (self.ids[at[0]], at[1], at[2])):
            short = kilos(self.asked.grams[lot, product, month]) - filled[self.ids[lot], product, month]
            if short:
                gbp = pence(Fraction(short) * Fraction(self.case.products[product].benchmark_gbp_per_kg))
                lines.append(Shortfall(self.ids[lot], product, month, short, gbp))
        return tuple(lines)

    @cached_property
    def awards(self) -> tuple[Award, ...]:
        """Every lot's winners."""
        return tuple(
            sorted(
                (self._award(bid) for bids in self.won.values() for bid in bids),
                key=lambda award: (award.lot, award.bidder),
            )
        )

    def _award(self, bid: Bid) -> Award:
        lot, channel = self.ids[bid.lot], bid.channel
        lines = [line for line in self._supply_of[lot] if line.bidder == channel.bidder]
        km, gbp = self.model.book.journey(bid)
        delivery = pence(gbp)
        local = self.ground.local
        kept = sum((line.gbp + line.collection_gbp for line in lines if local[line.producer, channel.pool]), Decimal(0))
        handling = self.case.depots[channel.depot].handling_gbp_per_kg if channel.depot else Decimal(0)
        return Award(
            lot, channel.bidder, channel.depot, rounded(bid.share, PART),
            pence(Fraction(self.values[bid.lot]) * bid.share),
            kept + (delivery if local[channel.bidder, channel.pool] else 0), delivery,
            pence(Fraction(sum((line.kg for line in lines), Decimal(0)) * handling)),
            rounded(bid.visits.visits, PART), rounded(bid.visits.drops, PART), rounded(km, KM),
        )  # fmt: skip

    @cached_property
    def _supply_of(self) -> dict[str, list[Supply]]:
        lines = defaultdict(list)
        for line in self.supply:
            lines[line.lot].append(line)
        return lines

    @cached_property
    def distribution(self) -> tuple[Distribution, ...]:
        """The depots' rounds, as often as the case's most frequent product asks."""
        return tuple(
            self._distribution(f"D{number:02d}", depot, leaf)
            for number, (depot, leaf) in enumerate(self.settled.served, start=1)
        )

    def _distribution(self, key: str, depot: str, leaf: int) -> Distribution:
        book, costs, sites = self.model.book, self.ground.settings.costs, self.ground.leaves[leaf]
        visits = book.timetable.delivered(sites, book.timetable.most_frequent(self.ground.products))
        there, around = min(self.ground.roads.km(depot, site) for site in sites), book.rounds.through(sites).km
        km = driving_km(visits.visits, there, around)
        return Distribution(
            key, depot, self.names.of_leaves([leaf]), rounded(visits.visits, PART), rounded(visits.drops, PART),
            rounded(Fraction(repr(around)), KM), rounded(km, KM),
            pence(km * Fraction(costs.per_km) + visits.drops * Fraction(costs.per_drop)),
        )  # fmt: skip

    @cached_property
    def lots(self) -> tuple[Lot, ...]:
        """The lots with their names, values and winners."""
        return tuple(self._lot(lot) for lot in self.order)

    def _lot(self, lot: int) -> Lot:
        candidate, key = self.model.candidates[lot], self.ids[lot]
        filled = sum(
            (Fraction(line.kg) * Fraction(self.case.products[line.product].benchmark_gbp_per_kg)
             for line in self._supply_of[key]), Fraction(),
        )  # fmt: skip
        buyers = sorted({self.case.sites[site].buyer for site in candidate.sites})
        return Lot(
            key, self.names.lot(candidate), tuple(buyers), self.names.area(candidate), candidate.products,
            candidate.months, self.values[lot], common_cpv(candidate.products, self.case.products),
            len(self.model.book.able[lot]), ";".join(bid.channel.bidder for bid in self.won.get(lot, ())),
            rounded(filled / self.asked.value[lot], PART),
            rounded(Fraction(repr(self.model.book.rounds.through(candidate.sites).km)), KM),
        )  # fmt: skip

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every site and product that each lot covers, with its months."""
        lines = []
        for lot in self.order:
            months: dict[tuple[str, str], set[int]] = defaultdict(set)
            for product in self.model.candidates[lot].products:
                for sites, asked in blocks(self.model, self.model.candidates[lot], product):
                    for site in sites:
                        months[site, product] |= set(asked)
            lines += [Cell(self.ids[lot], *at, tuple(sorted(months[at]))) for at in sorted(months)]
        return tuple(lines)

    @cached_property
    def rounds(self) -> tuple[Stop, ...]:
        """The order in which the sites of every lot and every distribution are driven."""
        through = [(self.ids[lot], self.model.candidates[lot].sites) for lot in self.order]
        through += [
            (line.id, self.ground.leaves[leaf])
            for line, (_, leaf) in zip(self.distribution, self.settled.served, strict=True)
        ]
        return tuple(
            Stop(key, number, site)
            for key, sites in through
            for number, site in enumerate(self.model.book.rounds.through(sites).sites, start=1)
        )


def hand_out(lots: list[tuple[int, int]], growers: list[tuple[str, int]]) -> Iterator[tuple[int, str, int]]:
    """Grams from growers to lots so that each is used and filled whole, with few deliveries each: (lot, grower, grams).

    >>> list(hand_out([(1, 5), (2, 4)], [("hill", 6), ("dale", 3)]))
    [(1, 'hill', 5), (2, 'hill', 1), (2, 'dale', 3)]
    """
    left = [list(pair) for pair in growers]
    for lot, wanted in lots:
        while wanted:
            grower, has = left[0]
            grams = min(wanted, has)
            if grams:
                yield lot, grower, grams
            wanted -= grams
            left[0][1] -= grams
            if not left[0][1]:
                left.pop(0)


def kilos(grams: int) -> Decimal:
    """Grams as kilos with three decimals."""
    return (Decimal(grams) / GRAMS).quantize(Decimal("0.001"))


def rounded(value: Fraction, unit: Decimal) -> Decimal:
    """The value in whole units, halves to even."""
    return (Decimal(round(value / Fraction(unit))) * unit).quantize(unit, ROUND_HALF_EVEN)
