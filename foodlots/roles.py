"""Roles: who may see what and do what, in one table. On a person's own machine everybody is the buyer.

On a shared server people sign in, and the file named by FOODLOTS_ROLES says who they are:

    [people]
    "sam@council.example" = "buyer"
    "ann@hillfarm.example" = "producer:hill"
"""

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

BUYER, PRODUCER, HUB, AUDITOR, NOBODY = "buyer", "producer", "hub", "auditor", "nobody"
ROLES = (BUYER, AUDITOR, PRODUCER, HUB, NOBODY)
CHANGE = "change"  # open a case, type in it, search for a plan, name or throw away plans

MATRIX: dict[str, frozenset[str]] = {
    CHANGE: frozenset({BUYER}),
    "start": frozenset({BUYER, AUDITOR, PRODUCER, HUB}),
    "mine": frozenset({PRODUCER, HUB}),
    "map": frozenset({BUYER, AUDITOR, PRODUCER, HUB}),
    "network": frozenset({BUYER, AUDITOR, PRODUCER, HUB}),
}
"""Pages and acts open to others than the buyer; every page that does not stand here is for those who SEE_ALL."""

SEE_ALL = frozenset({BUYER, AUDITOR})


@dataclass(frozen=True)
class Visitor:
    """Somebody who looks at the app: a name for the trail, a role, and the producer they speak for."""

    name: str
    role: str
    producer: str = ""

    def may(self, what: str) -> bool:
        """Whether their role is allowed a page or an act."""
        return self.role in MATRIX.get(what, SEE_ALL)

    @property
    def sees_prices(self) -> bool:
        """Whether they may see what every producer asks."""
        return self.role in SEE_ALL

    def allowed(self, pages: Iterable[str]) -> list[str]:
        """The pages of these they may open."""
        return [page for page in pages if self.may(page)]


def visitor_named(address: str, people: dict[str, str]) -> Visitor:
    """Who a signed-in address is; one that is not listed, or not listed well, may see nothing."""
    role, _, producer = people.get(address.strip().lower(), "").partition(":")
    needs_producer = role in (PRODUCER, HUB)
    if role not in ROLES or bool(producer) != needs_producer:
        return Visitor(address, NOBODY)
    return Visitor(address, role, producer)


def people() -> dict[str, str]:
    """Roles by address, as the file FOODLOTS_ROLES has them now; nobody has one where it cannot be read."""
    try:
        found = tomllib.loads(Path(os.environ["FOODLOTS_ROLES"]).read_text(encoding="utf-8"))["people"]
        return {str(address).strip().lower(): str(role) for address, role in found.items()}
    except (KeyError, OSError, ValueError, AttributeError):
        return {}
