"""A small valley made by hand: five kitchens, six producers, a depot, and a plan of five lots.

Lots: L1 vegetables to the town, delivered by the Valley Growers (members Hill and Brook, and its own garden);
L2 vegetables to the dale, brought by Brook Farm to the depot and from there to the two dale kitchens;
L3 milk to the town and the dale, shared by Dairy and Box; L4 meat, left to the open market;
L5 potatoes to the hospital in winter, delivered by Hill itself.
"""

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from foodlots.case import Buyer, Case, Depot, Offer, Place, Producer, Product, Site
from foodlots.plan import Award, Cell, Distribution, Lot, Plan, Shortfall, Stop, Summary, Supply
from foodlots.settings import (
    AimSettings,
    AwardSettings,
    CaseSettings,
    CostSettings,
    EffortSettings,
    FloorSettings,
    LotSettings,
    Settings,
)

D = Decimal
WHOLE_YEAR = (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)
WINTER = (11, 12, 1, 2)
TOWN = ("abbey", "bridge", "clinic")
DALE = ("dell", "edge")


def by_id(*records):
    return MappingProxyType({record.id: record for record in sorted(records, key=lambda record: record.id)})


def site(id, name, lat, lon, meals, kind="school"):
    return Site(id, "borough", name, kind, Place(lat, lon), D(meals), kind == "school", D(5), "")


def product(id, name, category, benchmark):
    return Product(id, name, id, category, "", D(benchmark), D(1), D(1), D(1), frozenset())


def producer(id, name, kind, lat, lon, member_of=(), organic=False):
    return Producer(
        id, name, kind, id, member_of, Place(lat, lon), D(60), D(0), None, "", None, frozenset(),
        small=True, social_enterprise=False, organic=organic, local=None,
    )  # fmt: skip


def sample_case() -> Case:
    products = by_id(
        product("potato", "Potatoes", "vegetables", "0.60"),
        product("leek", "Leeks", "vegetables", "1.50"),
        product("milk", "Milk", "dairy", "0.80"),
        product("mince", "Beef mince", "meat", "6.00"),
    )
    producers = by_id(
        producer("hill", "Hill Farm", "farm", 53.83, -2.62, ("growers",), organic=True),
        producer("brook", "Brook Farm", "farm", 53.71, -2.80, ("growers",)),
        producer("growers", "Valley Growers", "cooperative", 53.79, -2.84),
        producer("dairy", "Low Field Dairy", "processor", 53.69, -2.60),
        producer("box", "The Box Scheme", "csa", 53.81, -2.74),
        producer("spare", "Far Fell", "farm", 53.90, -2.52),
    )
    return Case(
        buyers=by_id(Buyer("borough", "Borough of Vale", "council", "")),
        sites=by_id(
            site("abbey", "Abbey Primary", 53.760, -2.700, 400),
            site("bridge", "Bridge Street School", 53.770, -2.730, 600),
            site("clinic", "Vale Hospital", 53.750, -2.720, 2000, "hospital"),
            site("dell", "Dell School", 53.850, -2.700, 150),
            site("edge", "Edge School", 53.860, -2.660, 50),
        ),
        products=products,
        producers=producers,
        offers=tuple(
            Offer(producer, product, tuple(range(1, 13)), D(2000), D(price))
            for producer, product, price in (
                ("box", "milk", "0.77"), ("brook", "leek", "1.37"), ("brook", "potato", "0.53"),
                ("dairy", "milk", "0.71"), ("growers", "leek", "1.43"), ("hill", "potato", "0.47"),
            )
        ),
        budgets=MappingProxyType({("borough", c): D(20000) for c in ("dairy", "meat", "vegetables")}),
        depots=by_id(Depot("yard", "Station Yard", Place(53.80, -2.69), D("0.06"), D(500))),
        sha256="0" * 64,
    )  # fmt: skip


def sample_settings() -> Settings:
    weeks = ("4.0", "3.2", "4.2", "2.2", "3.6", "4.2", "3.2", "0", "4.2", "3.6", "4.4", "2.2")
    return Settings(
        CaseSettings("Vale", 9, True, tuple(map(D, weeks)), True, D(48), MappingProxyType({})),
        LotSettings((D(1000), None), (None, None), None, (WHOLE_YEAR,), 0),
        AwardSettings(None, None, 0, D("0.5"), None, None, 2),
        FloorSettings(D(0), D(0), D(0)),
        CostSettings(D("0.85"), D(4), D(1500), D(800), D("1.4"), D("0.0015"), D("0.25")),
        AimSettings(D(0), D(0), D("0.05"), D(0)),
        EffortSettings(D(60), D("0.0005"), 0, 1, D(30)),
    )


def lot(id, name, area, products, months, value, winner, fill, able=2):
    return Lot(
        id, name, ("borough",), area, products, months, D(value), "03221000", able, winner, D(fill), D("7.25")
    )  # fmt: skip


def award(lot, bidder, value, share="1", depot=""):
    return Award(
        lot, bidder, depot, D(share), D(value), D(value) / 2, D("101.10"), D("12.00") if depot else D(0),
        visits=D(39), drops=D(117), km=D("812.5"),
    )  # fmt: skip


def supply(lot, bidder, producer, product, months, kg, price):
    collected = D("1.25") if producer != bidder else D(0)
    gate = round(D(kg) * D(price), 2)
    return [Supply(lot, bidder, producer, product, month, D(kg), gate, collected) for month in months]


def sample_plan() -> Plan:
    lots = (
        lot("L1", "Vegetables, town", "Town", ("leek", "potato"), WHOLE_YEAR, "5000", "growers", "0.9"),
        lot("L2", "Vegetables, dale", "Dale", ("leek", "potato"), WHOLE_YEAR, "2000", "brook", "0.8"),
        lot("L3", "Milk", "Vale", ("milk",), WHOLE_YEAR, "6000", "box;dairy", "1"),
        lot("L4", "Meat", "Vale", ("mince",), WHOLE_YEAR, "9000", "", "0", able=0),
        lot("L5", "Winter potatoes", "Hospital", ("potato",), WINTER, "1200", "hill", "1", able=1),
    )
    cells = (
        *(Cell("L1", s, p, WHOLE_YEAR) for s in TOWN for p in ("leek", "potato") if (s, p) != ("clinic", "potato")),
        *(Cell("L2", s, p, WHOLE_YEAR) for s in DALE for p in ("leek", "potato")),
        *(Cell("L3", s, "milk", WHOLE_YEAR) for s in TOWN + DALE),
        *(Cell("L4", s, "mince", WHOLE_YEAR) for s in TOWN + DALE),
        Cell("L5", "clinic", "potato", WINTER),
    )
    awards = (
        award("L1", "growers", "5000"),
        award("L2", "brook", "2000", depot="yard"),
        award("L3", "box", "3000", share="0.5"),
        award("L3", "dairy", "3000", share="0.5"),
        award("L5", "hill", "1200"),
    )
    supplied = (
        *supply("L1", "growers", "brook", "leek", (1, 2, 3), "50", "1.37"),
        *supply("L1", "growers", "growers", "leek", (10, 11, 12), "40.5", "1.43"),
        *supply("L1", "growers", "hill", "potato", WHOLE_YEAR, "300", "0.47"),
        *supply("L2", "brook", "brook", "leek", (1, 2, 3), "20", "1.37"),
        *supply("L2", "brook", "brook", "potato", WHOLE_YEAR, "80", "0.53"),
        *supply("L3", "box", "box", "milk", WHOLE_YEAR, "310", "0.77"),
        *supply("L3", "dairy", "dairy", "milk", WHOLE_YEAR, "310", "0.71"),
        *supply("L5", "hill", "hill", "potato", WINTER, "500", "0.47"),
    )
    shortfall = tuple(Shortfall("L4", "mince", month, D("125"), D("750")) for month in range(1, 13))
    rounds = (
        *(Stop("L1", n, s) for n, s in enumerate(TOWN, 1)),
        *(Stop("D01", n, s) for n, s in enumerate(DALE, 1)),
    )
    return Plan(
        lots, cells, awards, supplied, shortfall,
        (Distribution("D01", "yard", "Dale", D(39), D(78), D("7.8"), D("900.5"), D("1077.43")),),
        rounds, sample_summary(), {"foodlots": "0.1.0", "seed": 1, "settings": {"case": {"name": "Vale"}}},
    )  # fmt: skip


def sample_summary() -> Summary:
    return Summary(
        "feasible", D("31234.56"), D("31000.10"), 0.0075, 1.5, D("60000"), D("29000"), D("12000"), D("505.5"), D("40"),
        D("12"), D("1077.43"), D("500"), D("9000"), D("7500"), D("4000"), D("11000"), 0.4, 0.41, 0.1, 5, 4, 5,
        D("7800"), D("4962.5"), D("30100.25"), D("197000"), 14.72,
    )  # fmt: skip


def hostile_plan(names) -> tuple[Case, Settings, Plan]:
    """The valley with each hostile name in turn as the name of everything that has one."""
    names = iter(names)
    case, settings, plan = sample_case(), sample_settings(), sample_plan()

    def renamed(table):
        return MappingProxyType({key: replace(record, name=next(names)) for key, record in table.items()})

    products = {key: replace(record, name=next(names), category=next(names)) for key, record in case.products.items()}
    case = replace(
        case, buyers=renamed(case.buyers), sites=renamed(case.sites), producers=renamed(case.producers),
        depots=renamed(case.depots), products=MappingProxyType(products), budgets=MappingProxyType({}),
    )  # fmt: skip
    settings = replace(settings, case=replace(settings.case, name=next(names)))
    lots = tuple(replace(lot, name=next(names), area=next(names)) for lot in plan.lots)
    return case, settings, replace(plan, lots=lots)


def large_plan(sites: int, producers: int, lots: int) -> tuple[Case, Settings, Plan]:
    """A county made by rule: each lot holds every `lots`-th run of kitchens, two producers supply it all year."""
    case, settings, plan = sample_case(), sample_settings(), sample_plan()
    kitchens = by_id(
        *(
            site(f"s{n:03}", f"Primary School of Saint Somebody No. {n}", 53.5 + n % 29 / 40, -3 + n % 31 / 40, 50 + n)
            for n in range(sites)
        )
    )
    growers = by_id(
        *(
            producer(f"p{n:03}", f"Farm at the Long Lane No. {n}", "farm", 53.4 + n % 37 / 40, -3.1 + n % 41 / 40)
            for n in range(producers)
        )
    )
    made = [
        lot(f"L{n:02}", f"Lot {n}", "Area", ("potato", "milk"), WHOLE_YEAR, "9000", f"p{n:03}", "0.9")
        for n in range(lots)
    ]
    ids = list(kitchens)
    cells = [
        Cell(one.id, ids[n], p, WHOLE_YEAR)
        for k, one in enumerate(made)
        for n in range(k, sites, lots)
        for p in one.products
    ]
    supplied = [
        row
        for n, one in enumerate(made)
        for p in one.products
        for grower in (n, n + lots)
        for row in supply(one.id, f"p{n:03}", f"p{grower:03}", p, WHOLE_YEAR, "100", "0.40")
    ]
    case = replace(case, sites=kitchens, producers=growers, offers=(), depots=MappingProxyType({}))
    awards = tuple(award(one.id, one.winner, "9000") for one in made)
    plan = replace(plan, lots=tuple(made), cells=tuple(cells), supply=tuple(supplied), awards=awards)
    return case, settings, replace(plan, shortfall=(), distribution=(), rounds=())
