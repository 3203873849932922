"""The village with every rule and policy at work: two seasons, two areas, a cooperative and a depot."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from foodlots.case import MONTHS, Case, Depot, Place, Producer
from foodlots.optimise.search import build
from foodlots.reading import read_case
from foodlots.settings import Settings

VILLAGE = Path(__file__).parent.parent / "data" / "village"
POLICIES_ON = (
    "lots.value_gbp=[500, 9000]",
    "lots.number=[2, 6]",
    "lots.areas=2",
    "lots.seasons=[[9,10,11,12,1,2,3],[4,5,6,7,8]]",
    "lots.min_able_bidders=1",
    "awards.max_lots_per_supplier=3",
    "awards.max_share_per_owner=0.6",
    "awards.min_winners=2",
    "awards.min_fill=0.5",
    "awards.max_km=40",
    "awards.max_price_over_benchmark=0.1",
    "floors.local=0.2",
    "floors.small=0.1",
    "floors.organic_or_higher=0.05",
    "limits.cost_gbp=12000",
    "limits.local_gbp=1000",
    "limits.km=9000",
    "limits.kgco2e=20000",
    "limits.winners=3",
    "aims.balance_gbp=0.01",
)


def village_with_everything() -> tuple[Case, Settings]:
    """The case and settings whose rows the golden files hold."""
    case, settings, _ = read_case(VILLAGE, POLICIES_ON)
    place = Place(53.90, -2.61)
    together = Producer(
        "together", "Together", "cooperative", "together", (), place, Decimal(30), Decimal(0), None, "",
        Decimal(100), frozenset(), True, False, False, None,
    )  # fmt: skip
    croft = replace(case.producers["croft"], member_of=("together",), organic=True)
    producers = dict(sorted({**case.producers, "croft": croft, "together": together}.items()))
    depots = {"barn": Depot("barn", "The barn", place, Decimal("0.06"), Decimal(50))}
    return replace(case, producers=MappingProxyType(producers), depots=MappingProxyType(depots)), settings


def golden_model():
    """The model of that case."""
    return build(*village_with_everything())


def golden_model_by_hand():
    """The village with two lots drawn by hand: one award settled, another ruled out."""
    case, settings, _ = read_case(VILLAGE)
    lots = {
        "greens": tuple((site, product, MONTHS) for site in case.sites for product in ("apples", "potatoes")),
        "milk": tuple((site, "milk", MONTHS) for site in case.sites),
    }
    held = {("greens", "croft"): "never", ("milk", "mead"): "award"}
    return build(replace(case, lots=MappingProxyType(lots), held=MappingProxyType(held)), settings)
