"""What a case to be built should be: its products, its money and who may be assumed; each default said to be one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from foodlots.public.areas import Area
from foodlots.public.catalogue import Entry

PER_MEAL = MappingProxyType({"school": 1.02, "hospital": 1.80, "care_home": 1.80, "other": 1.50})  # £ of food; assumed
TERM_WEEKS, YEAR_WEEKS = 39, 52
CATEGORY_PARTS = MappingProxyType({  # of each £100 of food; assumed
    "vegetables": 25, "fruit": 11, "dairy and eggs": 22, "meat": 28, "fish": 5, "bread and flour": 9,
})  # fmt: skip
ONE_IN = 3  # establishments that would sell to public kitchens; assumed
KITCHENS_A_GROWER = 8  # one grower is assumed for so many kitchens
LEAST_GROWERS, MOST_GROWERS = 12, 160


@dataclass(frozen=True)
class Order:
    """What the user asks of the builder. `area` is where growers may be assumed.

    budget_gbp: a year for all buyers, None for £ a meal · growers: how many to assume, None for a number that fits ·
    assume: whether anything may be assumed · prices: £/kg read from a file, by product · made: what each
    establishment makes · seed: the draw of what is assumed.
    """

    products: tuple[Entry, ...]
    area: Area | None = None
    budget_gbp: float | None = None
    per_meal: float | None = None
    growers: int | None = None
    assume: bool = True
    name: str = ""
    seed: int = 0
    prices: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    made: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def price(self, entry: Entry) -> float:
        """The open-market price of a product, £/kg: as read from a file, else the catalogue's."""
        return self.prices.get(entry.product, float(entry.price_gbp_per_kg))
