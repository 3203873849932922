"""On what terms producers join a consortium: at least so much, at most so much, only with somebody else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from foodlots.case import Case
from foodlots.errors import DataError, Fault
from foodlots.insight.same_case import the_producer

Amounts = Mapping[str, Decimal]
AMOUNT = "write producer=amount, pounds a year: hill_farm=5000"
PAIR = "write producer=other: hill_farm=dale_dairy"


@dataclass(frozen=True)
class Conditions:
    """at_least, at_most: producer -> value of its part of the lot if it is in, open-market prices, £ a year ·
    only_with: (producer, other): the first is in only if the second is. "Only if both" is a pair both ways round.
    """

    at_least: Amounts = field(default_factory=dict)
    at_most: Amounts = field(default_factory=dict)
    only_with: tuple[tuple[str, str], ...] = ()


FREE = Conditions()  # nobody has any


def read_conditions(
    case: Case, at_least: Iterable[str] = (), at_most: Iterable[str] = (), only_with: Iterable[str] = ()
) -> Conditions:
    """The conditions written as producer=amount and producer=other; DataError names what is not understood."""
    least, most = dict(_amounts(case, "at-least", at_least)), dict(_amounts(case, "at-most", at_most))
    for producer in least.keys() & most.keys():
        if least[producer] > most[producer]:
            problem = f"at least {least[producer]:,} and at most {most[producer]:,} leave nothing between them"
            raise DataError([Fault("--at-least", 0, producer, str(least[producer]), problem, "ask for less")])
    pairs = (_halves("only-with", written, PAIR) for written in only_with)
    both = tuple((the_producer(case, one).id, the_producer(case, other).id) for one, other in pairs)
    return Conditions(least, most, both)


def _amounts(case: Case, option: str, given: Iterable[str]) -> Iterator[tuple[str, Decimal]]:
    for written in given:
        producer, amount = _halves(option, written, AMOUNT)
        yield the_producer(case, producer).id, _pounds(option, written, amount)


def _halves(option: str, written: str, mend: str) -> tuple[str, str]:
    one, sign, other = (part.strip() for part in written.partition("="))
    if not (one and sign and other):
        raise DataError([Fault(f"--{option}", 0, "", written, f"{written!r} is not understood", mend)])
    return one, other


def _pounds(option: str, written: str, amount: str) -> Decimal:
    try:
        gbp = Decimal(amount.replace("£", "").replace(",", ""))
    except InvalidOperation:
        gbp = Decimal("NaN")
    if not (gbp.is_finite() and gbp >= 0):
        raise DataError([Fault(f"--{option}", 0, "", written, f"{amount!r} is no amount of pounds, 0 or more", AMOUNT)])
    return gbp
