"""What a floor lacks in kilos: month by month what is asked for, what those it counts have, and where there is more.

Told from the tables alone, so that a buyer sees which crop in which month a floor fails for; what is said to be enough
is tried on the model (`enough_kilos`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from foodlots.calendar import NAMES, say_months
from foodlots.case import MONTHS, Case, Offer, Producer
from foodlots.geo import Roads
from foodlots.insight.asked import what_is_asked
from foodlots.insight.changes import GRAM, KG, Change, changed
from foodlots.local import is_local
from foodlots.optimise.possible import is_possible
from foodlots.optimise.stock import growers_of, reaches
from foodlots.runner import Tell
from foodlots.settings import Settings

TONNE = 1000  # kg
HARDLY = 0.5  # kg a month; less than this is not worth a word
SHOWN = 3  # products named in a mend
Counted = Callable[[Producer, Case, Settings, Roads], bool]


def _local(producer: Producer, case: Case, settings: Settings, roads: Roads) -> bool:
    return is_local(producer, tuple(sorted(case.buyers)), case, settings, roads)


KINDS: Mapping[str, tuple[str, Counted]] = {
    "floors.local": ("local growers", _local),
    "limits.local_gbp": ("local growers", _local),
    "floors.small": ("small producers", lambda producer, *case: producer.small),
    "floors.organic_or_higher": ("organic growers", lambda producer, *case: producer.organic),
}
More = tuple[tuple[str, str, int, Decimal], ...]  # (producer, product, month, kg more)


@dataclass(frozen=True)
class Lack:
    """A product in a month of which those who count have less than is asked for; kg.

    farther: the road km within which there is more, and how much · spare_kg: what they have over in other months ·
    grower: who has most of it within reach, "" for nobody.
    """

    product: str
    month: int
    asked_kg: float
    has_kg: float
    farther: tuple[float, float] | None
    spare_kg: float
    gbp: float
    grower: str

    @property
    def missing_kg(self) -> float:
        """What is asked for and not there."""
        return self.asked_kg - self.has_kg


def what_is_lacking(case: Case, settings: Settings, rule: str) -> tuple[Lack, ...]:
    """Every lack behind a floor, the dearest first, at open-market prices."""
    roads, asked = Roads.of(case, settings.costs.road_factor), what_is_asked(case, settings)
    counted = {key for key, producer in case.producers.items() if KINDS[rule][1](producer, case, settings, roads)}
    near = {key for key in counted if _near(case.producers[key], case, settings, roads)}
    offers = _offers(case, settings, counted)
    lacks = (_lack(case, roads, asked.kg, offers, near, *key) for key in sorted(asked.kg))
    return tuple(sorted((lack for lack in lacks if lack.missing_kg > HARDLY), key=lambda lack: -lack.gbp))


def _near(producer: Producer, case: Case, settings: Settings, roads: Roads) -> bool:
    """Whether it, or somebody who sells its goods, reaches a kitchen or depot."""
    sellers = (key for key in sorted(case.producers) if producer.id in growers_of(key, case.producers, roads))
    return any(
        reaches(_limit(case.producers[seller], settings), roads.km(seller, place))
        for seller in sellers
        for place in (*case.sites, *case.depots)
    )


def _limit(producer: Producer, settings: Settings) -> Decimal:
    most = settings.awards.max_km
    return producer.reach_km if most is None else min(producer.reach_km, most)


def _offers(case: Case, settings: Settings, counted: set[str]) -> dict[tuple[str, int], list[Offer]]:
    """(product, month) -> offers of those who count, within the price ceiling."""
    over, found = settings.awards.max_price_over_benchmark, defaultdict(list)
    for offer in case.offers:
        dear = over is not None and offer.price_gbp_per_kg > case.products[offer.product].benchmark_gbp_per_kg * (
            1 + over
        )
        for month in offer.months if offer.producer in counted and not dear else ():
            found[offer.product, month].append(offer)
    return found


def _lack(case: Case, roads: Roads, asked: Mapping, offers: Mapping, near: set[str], product: str, month: int) -> Lack:
    def has(when: int) -> float:
        return sum(float(offer.kg_per_month) for offer in offers[product, when] if offer.producer in near)

    missing = asked[product, month] - has(month)
    spare = sum(max(0.0, has(other) - asked.get((product, other), 0.0)) for other in MONTHS if other != month)
    kilos: dict[str, Decimal] = defaultdict(Decimal)
    for when in MONTHS:
        for offer in offers[product, when]:
            kilos[offer.producer] += offer.kg_per_month if offer.producer in near else 0
    grower = max(sorted(key for key in kilos if kilos[key]), key=lambda key: kilos[key], default="")
    far = [(_km(case, roads, offer.producer), float(offer.kg_per_month)) for offer in offers[product, month]
           if offer.producer not in near]  # fmt: skip
    gbp = missing * float(case.products[product].benchmark_gbp_per_kg)
    return Lack(product, month, asked[product, month], has(month), _wider(sorted(far), missing), spare, gbp, grower)


def _km(case: Case, roads: Roads, producer: str) -> float:
    return min(roads.km(producer, place) for place in (*case.sites, *case.depots))


def _wider(far: list[tuple[float, float]], missing: float) -> tuple[float, float] | None:
    """The least km at which those farther away have enough, else have all they have, and how much that is."""
    kg, km = 0.0, 0.0
    for distance, more in far:
        if kg >= missing:
            break
        kg, km = kg + more, distance
    return (km, kg) if kg else None


def enough_kilos(case: Case, given: tuple[Settings, str], tell: Tell) -> More:
    """The fewest of the lacks, the dearest first, with which the rule can be met once they are grown or stored.

    A piece of work for the runner; nothing where all of them are not enough. What is told was tried on the model, and
    one lack fewer did not do.
    """
    settings, rule = given

    def stopped() -> bool:
        return tell(None, None)

    lacks = [lack for lack in what_is_lacking(case, settings, rule) if lack.grower]
    few, enough = 0, len(lacks)
    if not lacks or not is_possible(with_more(case, more_of(lacks)), settings, stopped):
        return ()
    while enough - few > 1 and not stopped():
        middle = (few + enough) // 2
        if is_possible(with_more(case, more_of(lacks[:middle])), settings, stopped):
            enough = middle
        else:
            few = middle
    return more_of(lacks[:enough])


def more_of(lacks: list[Lack]) -> More:
    """What would be grown or stored more, each by whoever has most of it."""
    return tuple(
        (lack.grower, lack.product, lack.month, Decimal(lack.missing_kg).quantize(GRAM, ROUND_CEILING))
        for lack in lacks
    )


def with_more(case: Case, more: More) -> Case:
    """The case with these kilos on offer besides."""
    for grower in sorted({each[0] for each in more}):
        case = changed(case, grower, [Change(KG, kilos=tuple(each[1:] for each in more if each[0] == grower))])
    return case


def more_in_words(case: Case, settings: Settings, more: More) -> str:
    """What would be grown or stored more: "1.9 t more: carrots (March, April)"."""
    kilos: dict[str, Decimal] = defaultdict(Decimal)
    for _, product, _, kg in more:
        kilos[product] += kg
    ranked = sorted(kilos, key=lambda product: (-kilos[product], product))
    named = [_product_in_words(case, settings, more, product) for product in ranked[:SHOWN]]
    rest = [f"{len(ranked) - SHOWN} others"] if len(ranked) > SHOWN else []
    return f"{_tonnes(float(sum(kilos.values())))} more: {', '.join([*named, *rest])}"


def _product_in_words(case: Case, settings: Settings, more: More, product: str) -> str:
    months = tuple(sorted(month for _, each, month, _ in more if each == product))
    return f"{case.products[product].name.lower()} ({say_months(months, settings.case.first_month)})"


def lacks_in_words(case: Case, settings: Settings, rule: str, most: int = 3) -> Iterator[str]:
    """The dearest lacks in a sentence each."""
    reach = settings.awards.max_km
    within = "within their reach" if reach is None else f"within their reach and {reach:,.0f} km"
    for lack in what_is_lacking(case, settings, rule)[:most]:
        told = (
            f"{case.products[lack.product].name}, {NAMES[lack.month - 1]}: {_tonnes(lack.asked_kg)} asked for, "
            f"{_tonnes(lack.has_kg)} on offer from {KINDS[rule][0]} {within}"
        )
        if lack.farther:
            told += f"; a reach of {lack.farther[0]:,.0f} km would bring {_tonnes(lack.farther[1])} more"
        if lack.spare_kg > HARDLY:
            told += f"; {_tonnes(lack.spare_kg)} of other months could be stored"
        yield f"{told}."


def _tonnes(kg: float) -> str:
    """Kilos up to a tonne, tonnes from there on."""
    return f"{kg / TONNE:,.1f} t" if kg >= TONNE else f"{kg:,.0f} kg"
