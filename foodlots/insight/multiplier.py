"""What a £ does after it is paid: the local multiplier (LM3) and what a shift to local suppliers would bring.

LM3 = (R1 + R2 + R3) ÷ R1, where R1 is what the buyer pays, R2 what its suppliers spend again locally, R3 what
those they pay spend again locally. Every share is an assumption until the buyer has asked its own suppliers.
"""

from dataclasses import dataclass
from decimal import Decimal

NORTHUMBERLAND = "Northumberland County Council, 2005"
CAUTIOUS = "assumed: no more than what outside suppliers spend again; your own figure is better"
YOUR_OWN = "your own figure"


@dataclass(frozen=True)
class Respending:
    """Shares of each £ that are spent again locally, each with its source.

    local: by local suppliers · other: by all other suppliers · third: by those whom suppliers pay locally.
    """

    local: Decimal = Decimal("0.76")
    other: Decimal = Decimal("0.36")
    third: Decimal = Decimal("0.36")

    def sources(self) -> tuple[tuple[str, Decimal, str], ...]:
        """What each share means, the share, and where it comes from."""
        first = Respending()
        return tuple(
            (words, own, source if own == default else YOUR_OWN)
            for words, own, default, source in (
                ("Spent again locally by local suppliers", self.local, first.local, NORTHUMBERLAND),
                ("Spent again locally by other suppliers", self.other, first.other, NORTHUMBERLAND),
                ("Spent again locally by those they pay", self.third, first.third, CAUTIOUS),
            )
        )


@dataclass(frozen=True)
class Respent:
    """Three rounds of spending, £: paid by the buyer, spent again locally, and once more."""

    first: Decimal
    second: Decimal
    third: Decimal

    @property
    def lm3(self) -> float:
        """£ of local activity and first spending for each £ paid; 0 where nothing is paid."""
        return float((self.first + self.second + self.third) / self.first) if self.first else 0.0

    @property
    def again_gbp(self) -> Decimal:
        """£ spent again locally after the buyer has paid."""
        return self.second + self.third


def rounds_of(spend: Decimal, local: Decimal, respending: Respending) -> Respent:
    """What becomes of a spend of which `local` £ are paid to local suppliers."""
    second = local * respending.local + (spend - local) * respending.other
    return Respent(spend, second, second * respending.third)


@dataclass(frozen=True)
class Shift:
    """What it brings to pay a larger (or smaller) share of the same spend to local suppliers."""

    from_share: float
    to_share: float
    moved_gbp: Decimal
    before: Respent
    after: Respent

    @property
    def brings_gbp(self) -> Decimal:
        """£ a year spent again locally that are not today."""
        return self.after.again_gbp - self.before.again_gbp


def shift(spend: Decimal, local: Decimal, to_share: Decimal, respending: Respending) -> Shift:
    """From today's share to another one."""
    wanted = spend * to_share
    return Shift(
        float(local / spend) if spend else 0.0, float(to_share), wanted - local,
        rounds_of(spend, local, respending), rounds_of(spend, wanted, respending),
    )  # fmt: skip
