"""The buyer's ceilings for a whole year, and the least paid locally. One that is not set examines nothing."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from foodlots.audit import say
from foodlots.audit.evidence import Evidence
from foodlots.audit.margins import near_total
from foodlots.audit.money import Money
from foodlots.audit.summary_checks import carbon, delivery_km
from foodlots.audit.verdict import Breach, breach

Findings = Iterator[Breach | None]


def respect_cost_ceiling(evidence: Evidence) -> Findings:
    """All that the buyer pays stays within the ceiling, to the penny. spend + lots + suppliers <= cost_gbp."""
    most, money = evidence.settings.limits.cost_gbp, Money(evidence)
    if most is not None:
        found, limit = money.spend + money.lots + money.suppliers, Fraction(most) * 100
        trouble = f"everything costs {say.pounds(found)} but may cost {say.pounds(limit)}"
        yield None if found <= limit else breach("plan", say.pounds(found), f"at most {say.pounds(limit)}", trouble)


def keep_local_spend(evidence: Evidence) -> Findings:
    """Local producers are paid enough, to the penny. local spend >= local_gbp."""
    least = evidence.settings.limits.local_gbp
    if least:
        found, limit = Fraction(Money(evidence).local), Fraction(least) * 100
        trouble = f"local producers are paid {say.pounds(found)} but at least {say.pounds(limit)} is asked for"
        yield None if found >= limit else breach("plan", say.pounds(found), f"at least {say.pounds(limit)}", trouble)


def respect_km_ceiling(evidence: Evidence) -> Findings:
    """Winners and depots drive no further than the ceiling. Sum of km <= km, within what kilometres are known to."""
    yield from _ceiling("km driven", delivery_km(evidence), evidence.settings.limits.km)


def respect_carbon_ceiling(evidence: Evidence) -> Findings:
    """Food and driving give off no more than the ceiling. kg CO₂e of food and km <= kgco2e."""
    yield from _ceiling("kg CO₂e given off", min(carbon(evidence)), evidence.settings.limits.kgco2e)


def _ceiling(what: str, found: Fraction, most: Decimal | None) -> Findings:
    if most is not None:
        limit = Fraction(most)
        well = found <= limit or near_total(limit, found)
        trouble = f"{say.plain(found)} {what} but at most {say.plain(limit)} allowed"
        yield None if well else breach("plan", say.plain(found), f"at most {say.plain(limit)}", trouble)


def limit_winners(evidence: Evidence) -> Findings:
    """No more different bidders win than allowed. Number of bidders with an award <= winners."""
    most = evidence.settings.limits.winners
    if most is not None:
        found = len(evidence.won_by)
        trouble = f"{found} different bidders win but at most {most} may"
        yield None if found <= most else breach("winners", found, f"at most {most}", trouble)
