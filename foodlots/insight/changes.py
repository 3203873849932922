"""Changes a producer could make: more kilos, a longer reach, a certificate, a lower price, a smaller drop.

Each can be made to a case exactly, and made a hair smaller, so that what is said of it can be tried on both sides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from foodlots.case import Case, Offer, Producer

GRAM = Decimal("0.001")  # kg
METRE = Decimal("0.001")  # km
PENNY = Decimal("0.01")  # £
KG, KM, CERTIFICATE, PRICE, DROP, CONTRACT = "kg", "km", "certificate", "price", "drop", "contract"
HAIRS = {KM: METRE, PRICE: Decimal("0.0001"), DROP: PENNY, CONTRACT: PENNY}  # the least each is told in


@dataclass(frozen=True)
class Change:
    """One change by one producer. amount: km farther, £/kg less, £ less a drop or £ more a contract ·
    kilos: (product, month, kg more) · certificates: those to be gained · products: those that become cheaper.
    """

    kind: str
    amount: Decimal = Decimal(0)
    kilos: tuple[tuple[str, int, Decimal], ...] = ()
    certificates: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    @property
    def kg(self) -> Decimal:
        """Kilos more in a year."""
        return sum((kg for _, _, kg in self.kilos), Decimal(0))

    @property
    def months(self) -> tuple[int, ...]:
        """The months in which more is needed."""
        return tuple(sorted({month for _, month, _ in self.kilos}))


def hair_less(change: Change) -> Change:
    """The same change a hair smaller: a gram, a metre, a hundredth of a penny a kilo, a penny, a certificate."""
    if change.kind == KG:
        product, month, kg = change.kilos[-1]
        last = ((product, month, kg - GRAM),) if kg > GRAM else ()
        return replace(change, kilos=(*change.kilos[:-1], *last))
    if change.kind == CERTIFICATE:
        return replace(change, certificates=change.certificates[:-1])
    return replace(change, amount=change.amount - HAIRS[change.kind])


def changed(case: Case, producer: str, changes: Iterable[Change]) -> Case:
    """The case after one producer has made these changes, and nothing else is different."""
    for change in changes:
        case = _CHANGERS[change.kind](case, case.producers[producer], change)
    return case


def _farther(case: Case, producer: Producer, change: Change) -> Case:
    return _with(case, replace(producer, reach_km=producer.reach_km + change.amount))


def _certified(case: Case, producer: Producer, change: Change) -> Case:
    return _with(case, replace(producer, accreditations=producer.accreditations | set(change.certificates)))


def _smaller_drop(case: Case, producer: Producer, change: Change) -> Case:
    return _with(case, replace(producer, min_drop_gbp=producer.min_drop_gbp - change.amount))


def _larger_contract(case: Case, producer: Producer, change: Change) -> Case:
    most = producer.max_contract_gbp
    return _with(case, producer if most is None else replace(producer, max_contract_gbp=most + change.amount))


def _cheaper(case: Case, producer: Producer, change: Change) -> Case:
    def cut(offer: Offer) -> Offer:
        price = max(Decimal(0), offer.price_gbp_per_kg - change.amount)
        own = offer.producer == producer.id and offer.product in change.products
        return replace(offer, price_gbp_per_kg=price) if own else offer

    return replace(case, offers=tuple(map(cut, case.offers)))


def _more_kilos(case: Case, producer: Producer, change: Change) -> Case:
    """More of a product in a month, at the producer's own price; at the open market's where it has none."""
    more: dict[tuple[str, int], Decimal] = {}
    for product, month, kg in change.kilos:
        more[product, month] = more.get((product, month), Decimal(0)) + kg
    offers = []
    for offer in case.offers:
        here = [month for month in offer.months if (offer.product, month) in more and offer.producer == producer.id]
        offers.append(replace(offer, months=tuple(month for month in offer.months if month not in here)))
        offers += [
            replace(offer, months=(month,), kg_per_month=offer.kg_per_month + more.pop((offer.product, month)))
            for month in here
        ]
    prices = usual_prices(case, producer.id)
    offers += [
        Offer(producer.id, product, (month,), kg, prices.get(product, case.products[product].benchmark_gbp_per_kg))
        for (product, month), kg in more.items()
    ]
    kept = (offer for offer in offers if offer.months)
    order = sorted(kept, key=lambda offer: (offer.producer, offer.product, offer.months))
    return replace(case, offers=tuple(order))


def usual_prices(case: Case, producer: str) -> Mapping[str, Decimal]:
    """Product -> the lowest price the producer asks for it, £/kg."""
    prices: dict[str, Decimal] = {}
    for offer in case.offers:
        if offer.producer == producer:
            prices[offer.product] = min(offer.price_gbp_per_kg, prices.get(offer.product, offer.price_gbp_per_kg))
    return prices


def _with(case: Case, producer: Producer) -> Case:
    return replace(case, producers=MappingProxyType({**case.producers, producer.id: producer}))


_CHANGERS = {
    KG: _more_kilos,
    KM: _farther,
    CERTIFICATE: _certified,
    PRICE: _cheaper,
    DROP: _smaller_drop,
    CONTRACT: _larger_contract,
}
