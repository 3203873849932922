"""The best plan of a small case by trying every plan: every way to cut the work into lots, every way to award them.

For lots and awards held, the kilos are a linear program, solved exactly. A branch is left out only when a bound
says that none of its plans is allowed, or none is cheaper than one already found. Nothing of the arithmetic is
foodlots.optimise's; only which lots may be drawn is.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations

from exact_program import Program
from oracle_facts import FINE, fine
from oracle_lots import Award, Book, Channel, Money, Sale, Work

from foodlots.case import Case
from foodlots.plan import Plan
from foodlots.settings import Settings

Once = tuple  # ("setup", bidder), ("opening", depot) or ("round", depot, area): what is paid once for all lots
PRICES = tuple(Fraction(n, 20) for n in (0, 1, 2, 4, 8, 16, 32))  # £ that a £ towards a floor may be worth


@dataclass(frozen=True, eq=False)
class Way:
    """One way to award a lot: to nobody, to one, or in shares. bounds: the least it can add to each measure.

    once: what it needs that is paid once for all lots: winners, depots and their rounds.
    """

    awards: tuple[Award, ...]
    bounds: tuple[int, ...]
    once: frozenset[Once] = frozenset()


@dataclass(frozen=True)
class Measure:
    """Something no plan may exceed: what it costs, with a price on each £ of a floor; or how far it misses a floor."""

    costs: int
    floors: tuple[Fraction, ...]
    prices: tuple[Fraction, ...]

    def of(self, money: Money) -> int:
        """What this money adds to the measure."""
        towards = zip(self.prices, self.floors, money.kinds, strict=True)
        kept = sum(price * (kind * money.paid - floor * money.spend) for price, floor, kind in towards if price)
        return math.floor(self.costs * money.cost - kept)


Decided = list[tuple[Work, Way]]


@dataclass(frozen=True)
class Found:
    """A plan: its cost, and its lots with their awards."""

    cost: Fraction
    decided: Decided

    @property
    def gbp(self) -> Fraction:
        return self.cost / FINE


class TooLarge(Exception):
    """A case with more plans than the oracle was given the patience for."""


class Oracle:
    """All plans of a small case; `best` finds the cheapest. Raises TooLarge after so many steps of the search."""

    def __init__(self, case: Case, settings: Settings, patience: int = 1500):
        self.book, self.settings, self.patience, self.steps = Book(case, settings), settings, patience, 0
        floors = settings.floors
        self.floors = tuple(map(Fraction, (floors.local, floors.small, floors.organic_or_higher)))
        self.block, self.wins = cache(self._block), cache(self._wins)
        self.found: Found | None = None
        self.over: dict[object, list[Work]] = defaultdict(list)
        for work in self.book.works:
            for cell in work.cells:
                self.over[cell].append(work)

    def best(self) -> Found | None:
        """The cheapest plan, None when the limits allow none."""
        self.found = None
        if any(hold == "award" and lot not in self.over for (lot, _), hold in self.book.case.held.items()):
            return None
        self._choose_measures()
        nothing = (0,) * (len(self.measures) + len(self._bidders_to_fill()))
        self._search(frozenset(self.over), [], nothing, frozenset())
        return self.found

    def _choose_measures(self) -> None:
        """What every plan is measured by: its cost, floors priced so that bounds are high; and each floor alone."""
        prices = [Fraction()] * len(self.floors)
        for index, floor in enumerate(self.floors):
            tried = [[*prices[:index], price, *prices[index + 1 :]] for price in (PRICES if floor else ())]
            prices = max(tried, key=self._least_of_all, default=prices)
        alone = [tuple(Fraction(one == other) for other in range(3)) for one, floor in enumerate(self.floors) if floor]
        self._measure_by([Measure(1, self.floors, tuple(prices)), *(Measure(0, self.floors, own) for own in alone)])

    def _least_of_all(self, prices: list[Fraction]) -> int:
        self._measure_by([Measure(1, self.floors, tuple(prices))])
        return sum(least[0] for least in self.least.values())

    def _measure_by(self, measures: list[Measure]) -> None:
        self.measures = measures
        self.block.cache_clear()
        self.drawn = {work: self._padded(self._measured(work.money)) for work in self.book.works}
        self.alone: dict[Award, tuple[int, ...]] = {}
        self.ways = {work: self._ways(work) for work in self.book.works}
        things = {thing for ways in self.ways.values() for way in ways for thing in way.once}
        self.once = {thing: self._padded(self._measured(self._money_of(thing))) for thing in things}
        numbers = range(len(measures) + len(self._bidders_to_fill()))
        self.least = {
            cell: tuple(min(self._at_least(work, at, cell) for work in works) for at in numbers)
            for cell, works in self.over.items()
        }

    def _measured(self, money: Money) -> tuple[int, ...]:
        return tuple(measure.of(money) for measure in self.measures)

    def _padded(self, amounts: tuple[int, ...]) -> tuple[int, ...]:
        """Amounts of the measures, and nothing for each bidder's fill."""
        return (*amounts, *(0 for _ in self._bidders_to_fill()))

    def _at_least(self, work: Work, measure: int, cell) -> int:
        """The least a lot can add to a measure, a cell's part of it by worth."""
        least = self.drawn[work][measure] + min((way.bounds[measure] for way in self.ways[work]), default=0)
        part = work.cells[cell] / work.value if work.value else Fraction(1, len(work.cells))
        return math.floor(least * part)

    def _money_of(self, thing: Once) -> Money:
        what, *names = thing
        return getattr(self.book, what)(*names)

    def _ways(self, work: Work) -> list[Way]:
        fills = self._bidders_to_fill()
        for award in work.awards:
            self.alone[award] = tuple(self._sold_alone(work, award, measure) for measure in self.measures)
        bounds = {award: (
            *(sum(both) for both in zip(self._measured(award.money), self.alone[award], strict=True)),
            *(self._short(work, award) if award.bidder == bidder else 0 for bidder in fills),
        ) for award in work.awards}  # fmt: skip
        together = [
            some
            for number in range(1, self.book.parts + 1)
            for some in combinations(work.awards, number)
            if sum(award.share for award in some) <= 1 and len({award.bidder for award in some}) == number
        ]
        nobody = Way((), (0,) * (len(self.measures) + len(fills)))
        ways = [nobody, *(self._way(work, some, bounds) for some in together)]
        return [way for way in ways if self._as_held(work, way)]

    def _as_held(self, work: Work, way: Way) -> bool:
        """Whether those who must win a lot drawn by hand do, and those who must not do not."""
        winners = {award.bidder for award in way.awards}
        holds = [(bidder, hold) for (lot, bidder), hold in self.book.case.held.items() if lot in work.cells]
        return all((bidder in winners) == (hold == "award") for bidder, hold in holds)

    def _way(self, work: Work, awards: tuple[Award, ...], bounds: Mapping[Award, tuple[int, ...]]) -> Way:
        once = {("setup", award.bidder) for award in awards}
        for depot in {award.channel.depot for award in awards} - {""}:
            once |= {("opening", depot), *(("round", depot, area) for area in work.areas)}
        return Way(awards, tuple(map(sum, zip(*map(bounds.get, awards), strict=True))), frozenset(once))

    def _bidders_to_fill(self) -> list[str]:
        return sorted(self.book.case.producers) if self.settings.awards.min_fill else []

    def _short(self, work: Work, award: Award) -> int:
        """How much less its bidder could fill of the award than the least, by worth."""
        return math.ceil(Fraction(self.settings.awards.min_fill) * award.share * work.to_fill) - award.fillable

    def _sold_alone(self, work: Work, award: Award, measure: Measure) -> int:
        """The least that its kilos can add, as if its growers sold to nobody else."""
        total = 0
        for (key, month), grams in work.grams.items():
            left = award.share * grams
            sales = ((measure.of(sale.money), sale.has) for sale in self.book.sales_of(award.channel, key, (month,)))
            for by, has in sorted(sales):
                taken = min(left, has) if by < 0 else 0
                total, left = total + by * taken, left - taken
        return math.floor(total)

    def _search(self, free: frozenset, decided: Decided, bounds: tuple[int, ...], paid: frozenset[Once]) -> None:
        """Every way to draw and award the free cells, cheapest looking first."""
        self.steps += 1
        if self.steps > self.patience:
            raise TooLarge
        if not free:
            self._try(decided)
            return
        cell = min(free, key=lambda cell: (len(self.over[cell]), str(cell)))
        options = []
        for work in self.over[cell]:
            if work.cells.keys() <= free:
                left = [self.least[other] for other in free - work.cells.keys()]
                base = [sum(column) for column in zip(bounds, self.drawn[work], strict=True)]
                most = [sum(column) for column in zip(base, *left, strict=True)]
                options += [(*self._with(way, most, paid), len(options), work, way, base) for way in self.ways[work]]
        for *least, _, work, way, base in sorted(options, key=lambda option: option[: len(bounds) + 1]):
            if not self._is_cheaper(least):
                break
            further = [*decided, (work, way)]
            if not self._may_be_best(least) or not self._within_limits(further):
                continue
            if self._may_be_best(self._sharing(further, least)):
                self._search(free - work.cells.keys(), further, self._with(way, base, paid), paid | way.once)

    def _sharing(self, decided: Decided, bounds: list[int]) -> list[int]:
        """The bounds raised: what each award was thought to sell alone, they sell together, no grower twice."""
        alone = [sum(self.alone[award][at] for award in awards_of(decided)) for at in range(len(self.measures))]
        wanted = defaultdict(set)
        for (channel, key, months), most in self._won(decided).items():
            wanted[key, months].add((channel, most))
        blocks = [self.block(*at, frozenset(channels)) for at, channels in wanted.items()]
        together = [math.floor(Fraction(sum(values), self.book.parts)) for values in zip(*blocks, strict=True)] or alone
        raised = [bound - one + other for bound, one, other in zip(bounds, alone, together, strict=False)]
        raised[0] += self._balance(decided)
        return [*raised, *bounds[len(raised) :]]

    def _balance(self, decided: Decided) -> int:
        """The worth of the difference between the largest and the smallest of these lots."""
        values = [work.value for work, _ in decided]
        return fine(Fraction(self.settings.aims.balance_gbp) * (max(values) - min(values)))

    def _block(self, key: str, months: tuple[int, ...], channels: frozenset[tuple[Channel, int]]) -> list:
        """The least that what these channels won of a product in a month can add to each measure."""
        won, sales_of = sorted(channels, key=str), self.book.sales_of
        sales = [(sale, most) for channel, most in won for sale in sales_of(channel, key, months)]
        return [self._program(sales, measure.of).least() for measure in self.measures]

    def _program(self, sales: list[tuple[Sale, int]], value: Callable[[Money], int]) -> Program:
        """What is to be sold: no channel sells more than it won, no grower more than it has."""
        program = Program([value(sale.money) for sale, _ in sales])
        for terms, most in self._room(sales):
            program.at_most(terms, most)
        return program

    def _with(self, way: Way, bounds: Iterable[int], paid: frozenset[Once]) -> tuple[int, ...]:
        """The bounds with what this way adds to them."""
        new = [self.once[thing] for thing in way.once - paid]
        return tuple(sum(column) for column in zip(bounds, way.bounds, *new, strict=True))

    def _may_be_best(self, least: list[int]) -> bool:
        """Whether no floor or fill is missed for sure, and the cost is below that of the best plan found."""
        return max(least[1:], default=0) <= 0 and self._is_cheaper(least)

    def _is_cheaper(self, least: list[int]) -> bool:
        return self.found is None or least[0] < self.found.cost

    def _within_limits(self, decided: Decided) -> bool:
        """Whether the limits that more lots can only break are kept so far."""
        limits, most = self.settings.awards, self.settings.lots.number[1]
        lots, owned = Counter(), Counter()
        for award in awards_of(decided):
            lots[award.bidder] += 1
            owned[self.book.case.producers[award.bidder].owner_group] += award.value
        share = limits.max_share_per_owner
        return (
            (most is None or len(decided) <= most)
            and (limits.max_lots_per_supplier is None or max(lots.values(), default=0) <= limits.max_lots_per_supplier)
            and (share is None or max(owned.values(), default=0) <= Fraction(share) * self.book.total)
        )

    def _try(self, decided: Decided) -> None:
        """Keep these lots and awards if they are allowed and cheaper than the best so far."""
        winners = {award.bidder for award in awards_of(decided)}
        if len(decided) >= (self.settings.lots.number[0] or 0) and len(winners) >= self.settings.awards.min_winners:
            cost = self.cost(decided, self.found and self.found.cost)
            if cost is not None:
                self.found = Found(cost, decided)

    def cost(self, decided: Decided, below: Fraction | None = None, spare_gbp=Fraction()) -> Fraction | None:
        """The least that these lots and awards cost, kilos free; None when no kilos will do, or none cost below that.

        spare_gbp: how far fills and floors are to be kept over their least.
        """
        once = {thing for _, way in decided for thing in way.once}
        money = [work.money for work, _ in decided] + [award.money for award in awards_of(decided)]
        money += map(self._money_of, once)
        held = sum(each.cost for each in money) + self._balance(decided) + self.book.eaten
        sales = self._sales(decided)
        spare = spare_gbp * FINE
        fills = list(self._fills(decided, sales, spare))
        if any(sum(terms[i] * sales[i][1] for i in terms) < least for terms, least in fills):
            return None
        program = self._program(sales, lambda money: money.cost)
        limit = None if below is None else (below - held) * self.book.parts
        saved = program.least([*fills, *self._floors(money, sales, spare)], limit)
        return None if saved is None else held + Fraction(saved, self.book.parts)

    def _sales(self, decided: Decided) -> list[tuple[Sale, int]]:
        """Everything that could be sold, with what its channel won of it a month."""
        return [(sale, most) for at, most in self._won(decided).items() for sale in self.book.sales_of(*at)]

    def _won(self, decided: Decided) -> Counter[tuple[Channel, str, tuple[int, ...]]]:
        """What each channel won of a product in each of some months, in parts of a gram."""
        won: Counter[tuple[Channel, str, tuple[int, ...]]] = Counter()
        for work, way in decided:
            for award in way.awards:
                for at, parts in self.wins(work, award):
                    won[at] += parts
        return won

    def _wins(self, work: Work, award: Award) -> list[tuple[tuple[Channel, str, tuple[int, ...]], int]]:
        """What one award adds to that."""
        parts, spells = int(award.share * self.book.parts), self.book.spells
        asked = [(key, months, work.grams.get((key, months[0]), 0)) for key in work.products for months in spells[key]]
        return [((award.channel, key, months), parts * grams) for key, months, grams in asked if grams]

    def _room(self, sales: list[tuple[Sale, int]]) -> Iterator[tuple[dict[int, int], int]]:
        """No channel sells more than it won, no grower more than it has."""
        together, room = defaultdict(list), {}
        for index, (sale, won) in enumerate(sales):
            has = sale.has * self.book.parts
            for at, most in (((sale.channel, sale.key, sale.months), won), ((sale.grower, sale.key, sale.months), has)):
                together[at].append(index)
                room[at] = most
        for at, indices in together.items():
            yield dict.fromkeys(indices, 1), room[at]

    def _fills(self, decided: Decided, sales: list[tuple[Sale, int]], spare: Fraction):
        """Each winner fills enough of all that it wins."""
        least, won = Fraction(self.settings.awards.min_fill), Counter()
        for work, way in decided if least else ():
            for award in way.awards:
                won[award.bidder] += award.share * work.to_fill
        for bidder, worth in won.items():
            terms = {index: sale.fills for index, (sale, _) in enumerate(sales) if sale.channel.bidder == bidder}
            yield terms, math.ceil((least * worth + spare) * self.book.parts)

    def _floors(self, money: list[Money], sales: list[tuple[Sale, int]], spare: Fraction):
        """Of all spend enough is paid to each kind of producer that a floor is for."""
        for index, floor in enumerate(self.floors):
            if floor:
                measure = Measure(0, self.floors, tuple(Fraction(index == other) for other in range(3)))
                terms = {at: -measure.of(sale.money) for at, (sale, _) in enumerate(sales)}
                yield terms, math.ceil((sum(map(measure.of, money)) + spare) * self.book.parts)

    def decided_by(self, plan: Plan) -> Decided:
        """The lots and awards of a plan, each among those that may be; KeyError for one that may not."""
        works = {self._asked(work.demand): work for work in self.book.works}
        demand, won = defaultdict(set), defaultdict(set)
        for cell in plan.cells:
            demand[cell.lot] |= {(cell.site, cell.product, month) for month in cell.months}
        for award in plan.awards:
            won[award.lot].add((award.bidder, award.depot, Fraction(award.share).limit_denominator(self.book.parts)))
        drawn = {lot: works[self._asked(cells)] for lot, cells in demand.items()}
        self._measure_by([])
        known = {work: {_names(way): way for way in self.ways[work]} for work in drawn.values()}
        return [(work, known[work][frozenset(won[lot])]) for lot, work in drawn.items()]

    def _asked(self, demand: Iterable[tuple[str, str, int]]) -> frozenset[tuple[str, str, int]]:
        """Where something is asked for at all."""
        return frozenset(at for at in demand if self.book.facts.kilos(*at))


def awards_of(decided: Decided) -> Iterator[Award]:
    """Every award."""
    return (award for _, way in decided for award in way.awards)


def _names(way: Way) -> frozenset[tuple[str, str, Fraction]]:
    return frozenset((award.bidder, award.channel.depot, award.share) for award in way.awards)
