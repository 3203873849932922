"""What the map shows, as plain text facts: one list, from which both the drawing and its tables are made.

Values are at open-market prices, never at a producer's: kilos beside pounds must not give a price away.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from foodlots.calendar import NAMES, contract_year, say_months
from foodlots.case import Case, Producer
from foodlots.insight.known import how_known
from foodlots.palette import PRODUCER_SHAPES
from foodlots.plan import Award, Lot, Plan, Supply

NONE = "none"
KITCHEN_WORDS = {"school": "School", "hospital": "Hospital", "care_home": "Care home"}
KITCHENS = ("Kitchen", "Kind", "Buyer", "Meals a week", "Open", "Lots")
PRODUCERS = ("Producer", "Kind", "Organic", "Wins", "Sells through", "Supplies", "Months", "kg a year", "Value",
             "How known")  # fmt: skip
LOTS = (
    "Lot", "Name", "Buyers", "Area", "Products", "Months", "Value", "Kitchens", "Winner", "Brought", "Filled",
    "Left to the open market", "Able bidders",
)  # fmt: skip
FLOWS = ("From", "To", "Lot", "Category", "kg a year", "Value")
DEPOTS = ("Depot", "Receives for lots", "kg a year", "Rounds", "Visits a year", "Round km a year")


@dataclass(frozen=True)
class Flow:
    """A year's food of one category on one way: kilos and open-market value, £, by month.

    `origin` and `destination` are ("producer", "depot" or "lot", id); `lot` is "" where a member brings its
    crop to the cooperative that sells it. `growers` are all who stand behind it.
    """

    origin: tuple[str, str]
    destination: tuple[str, str]
    lot: str
    category: str
    kg: Mapping[int, Decimal]
    gbp: Mapping[int, Decimal]
    growers: frozenset[str]


def flows(case: Case, plan: Plan) -> tuple[Flow, ...]:
    """Every way food takes under the plan, sorted by its ends and category."""
    depots = {(award.lot, award.bidder): award.depot for award in plan.awards}
    kilos: dict[tuple, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    value: dict[tuple, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    growers: dict[tuple, set[str]] = defaultdict(set)
    for row in plan.supply:
        product = case.products[row.product]
        for way in _ways(row.producer, row.bidder, depots.get((row.lot, row.bidder), ""), row.lot):
            kilos[way, product.category][row.month] += row.kg
            value[way, product.category][row.month] += market_value(case, row)
            growers[way, product.category].add(row.producer)
    return tuple(
        Flow(*way, category, dict(kg), dict(value[way, category]), frozenset(growers[way, category]))
        for (way, category), kg in sorted(kilos.items(), key=lambda item: item[0])
    )


def market_value(case: Case, row: Supply) -> Decimal:
    """What the kilos would cost on the open market, £."""
    return row.kg * case.products[row.product].benchmark_gbp_per_kg


def _ways(producer: str, bidder: str, depot: str, lot: str) -> Iterable[tuple[tuple[str, str], tuple[str, str], str]]:
    """The legs of one supply: to the cooperative, to the depot, to the lot."""
    if producer != bidder:
        yield ("producer", producer), ("producer", bidder), ""
    if depot:
        yield ("producer", bidder), ("depot", depot), lot
        yield ("depot", depot), ("lot", lot), lot
    else:
        yield ("producer", bidder), ("lot", lot), lot


def kitchen_facts(case: Case, plan: Plan) -> dict[str, tuple[str, ...]]:
    """Site -> its facts, in the order of KITCHENS."""
    lots: dict[str, set[str]] = defaultdict(set)
    for cell in plan.cells:
        lots[cell.site].add(cell.lot)
    return {
        site.id: (
            site.name,
            KITCHEN_WORDS.get(site.kind, "Other"),
            case.buyers[site.buyer].name,
            count(site.meals_per_week),
            "in term" if site.term_time else "all year",
            several(sorted(lots[site.id])),
        )
        for site in case.sites.values()
    }


def producer_facts(case: Case, plan: Plan, first_month: int) -> dict[str, tuple[str, ...]]:
    """Producer -> its facts, in the order of PRODUCERS: what it supplies in the plan, nothing of its prices."""
    wins, sells = defaultdict(set), defaultdict(list)
    for award in plan.awards:
        wins[award.bidder].add(award.lot)
    for row in plan.supply:
        sells[row.producer].append(row)
    return {
        producer.id: (
            producer.name,
            kind_of(producer),
            "yes" if producer.organic else "no",
            several(sorted(wins[producer.id])),
            several(sorted({case.producers[row.bidder].name for row in sells[producer.id]} - {producer.name})),
            several(sorted({case.products[row.product].name for row in sells[producer.id]})),
            months({row.month for row in sells[producer.id]}, first_month),
            count(sum((row.kg for row in sells[producer.id]), Decimal())),
            pounds(sum((market_value(case, row) for row in sells[producer.id]), Decimal())),
            how_known(case, producer.id),
        )
        for producer in case.producers.values()
    }


def lot_facts(case: Case, plan: Plan, first_month: int) -> dict[str, tuple[str, ...]]:
    """Lot -> its facts, in the order of LOTS."""
    awards, short = defaultdict(list), defaultdict(Decimal)
    for award in plan.awards:
        awards[award.lot].append(award)
    for row in plan.shortfall:
        short[row.lot] += row.gbp
    sites = sites_of(plan)
    return {
        lot.id: (
            lot.id,
            lot.name,
            several([case.buyers[buyer].name for buyer in lot.buyers]),
            lot.area or NONE,
            several([case.products[product].name for product in lot.products]),
            months(lot.months, first_month),
            pounds(lot.value_gbp),
            count(Decimal(len(sites[lot.id]))),
            winners(case, lot),
            brought(case, awards[lot.id]),
            percent(lot.fill),
            pounds(short[lot.id]),
            str(lot.able_bidders),
        )
        for lot in plan.lots
    }


def flow_facts(case: Case, plan: Plan, flow: Flow, first_month: int) -> tuple[str, ...]:
    """The facts of a flow in the order of FLOWS, then its kilos in each month of the contract year."""
    return (
        end_name(case, plan, flow.origin),
        end_name(case, plan, flow.destination),
        flow.lot or "any",
        capital(flow.category),
        count(sum(flow.kg.values())),
        pounds(sum(flow.gbp.values())),
        *(count(flow.kg.get(month, Decimal())) for month in contract_year(first_month)),
    )


def flow_headings(first_month: int) -> tuple[str, ...]:
    """The headings of a flow's facts."""
    return (*FLOWS, *(f"kg {NAMES[month - 1]}" for month in contract_year(first_month)))


def depot_facts(case: Case, plan: Plan) -> dict[str, tuple[str, ...]]:
    """Depot -> its facts, in the order of DEPOTS; only depots that the plan uses."""
    facts = {}
    for depot in sorted({award.depot for award in plan.awards if award.depot}):
        brought_for = {(award.lot, award.bidder) for award in plan.awards if award.depot == depot}
        rounds = [round_ for round_ in plan.distribution if round_.depot == depot]
        facts[depot] = (
            case.depots[depot].name,
            several(sorted({lot for lot, _ in brought_for})),
            count(sum((row.kg for row in plan.supply if (row.lot, row.bidder) in brought_for), Decimal())),
            several([round_.area or round_.id for round_ in rounds]),
            count(sum((round_.visits for round_ in rounds), Decimal())),
            count(sum((round_.km for round_ in rounds), Decimal())),
        )
    return facts


def sites_of(plan: Plan) -> dict[str, list[str]]:
    """Lot -> its sites, by id."""
    sites: dict[str, set[str]] = {lot.id: set() for lot in plan.lots}
    for cell in plan.cells:
        sites[cell.lot].add(cell.site)
    return {lot: sorted(found) for lot, found in sites.items()}


def categories_of(case: Case, lot: Lot) -> list[str]:
    """The categories of a lot's products, by name."""
    return sorted({case.products[product].category for product in lot.products})


def winners(case: Case, lot: Lot) -> str:
    """The names of a lot's winners, or that it is left to the open market."""
    names = [case.producers[winner].name for winner in lot.winner.split(";") if winner]
    return several(names) if names else "open market"


def brought(case: Case, awards: Iterable[Award]) -> str:
    """How a lot's food comes: to each kitchen, or in bulk to a depot."""
    ways = {f"in bulk to {case.depots[award.depot].name}" if award.depot else "to each kitchen" for award in awards}
    return several(sorted(ways))


def end_name(case: Case, plan: Plan, end: tuple[str, str]) -> str:
    """The name of one end of a flow."""
    kind, name = end
    if kind == "lot":
        return next(f"{lot.id} {lot.name}" for lot in plan.lots if lot.id == name)
    return (case.producers if kind == "producer" else case.depots)[name].name


def kind_of(producer: Producer) -> str:
    """The kind of producer, in words."""
    shape = PRODUCER_SHAPES.get(producer.kind)
    return shape.word if shape else producer.kind


def months(found: Iterable[int], first_month: int) -> str:
    """The months in words, or none."""
    return say_months(found, first_month) or NONE


def capital(text: str) -> str:
    """The text with a capital letter."""
    return text[:1].upper() + text[1:]


def several(texts: Iterable[str]) -> str:
    """The texts with commas, or none."""
    return ", ".join(texts) or NONE


def count(amount: Decimal) -> str:
    """A whole number with separators: kilos, meals, visits."""
    return f"{amount:,.0f}"


def pounds(amount: Decimal) -> str:
    """Whole pounds with separators."""
    return f"£{amount:,.0f}"


def percent(share: Decimal) -> str:
    """A share as a percentage."""
    return f"{share * 100:.0f}%"
