"""Hospital sites from the estates returns (ERIC) → kitchens with meals a week, and what their food costs."""

from collections.abc import Sequence

from foodlots.public.amounts import Odd, name, number, whole, written
from foodlots.public.downloads import Download, unwrap_all
from foodlots.public.imported import Imported, Oddities, Standing, Wish
from foodlots.public.placing import place_cells
from foodlots.public.rows import Record, read_records
from foodlots.values.texts import as_id

SOURCE = "NHS England, Estates Returns Information Collection (ERIC), Open Government Licence v3.0"
MOST_MEALS = 5_000_000  # a year at one site
MOST_COST = 50_000_000  # £ a year at one site
LEAST_EACH, MOST_EACH = 0.5, 60.0  # £ of food service a meal: beyond them one of the two figures is wrong
WEEKS = 52


def read_hospitals(files: Sequence[Download], wish: Wish) -> Imported:
    """Hospital sites that serve inpatient meals, as kitchens of their trust."""
    odd = Oddities(files[0].name)
    found: dict[str, tuple[int, Record, int, float]] = {}
    for file in unwrap_all(files):
        records = read_records(file, "hospitals")
        for row_number, row in records.rows:
            _gather(found, row_number, row, odd)
        odd.read_notes += records.notes
    told = _told(files[0].name, found)
    sites, buyers = [], {}
    for site, (row_number, row, meals, cost) in sorted(found.items()):
        cells = _site(site, row_number, row, meals, cost, wish, odd)
        if cells and (wish.area is None or cells.get("area_code") in wish.codes):
            sites.append(cells)
            buyers[cells["buyer"]] = _buyer(cells["buyer"], row, wish)
    meals = sum(float(cells["meals_per_week"]) for cells in sites)
    told += (
        f"{len(sites):,} kitchens{f' in {wish.area.name}' if wish.area else ''}, about {meals:,.0f} meals a week.",
    )
    tables = {"buyers": tuple(buyers[key] for key in sorted(buyers)), "sites": tuple(sites)}
    return Imported(tables, told, tuple(odd.notes()), STANDINGS)


def _gather(found: dict, row_number: int, row: Record, odd: Oddities) -> None:
    """The row with its meals and cost, unless it is odd or serves none; the first of two with one code stays."""
    site = as_id(f"hospital_{row['trust']}_{row['site']}").lower()
    label = name(row["name"])
    try:
        meals, cost = whole(row["meals"], MOST_MEALS), number(row["cost"], 0, MOST_COST)
    except Odd as trouble:
        odd.add("meals or cost cannot be read, so the site was left out", row_number, f"{label}, {trouble}")
        return
    if not row["trust"] or not row["site"]:
        odd.add("no trust or site code, so the site was left out", row_number, label)
    elif not meals:
        odd.add("no inpatient meals, left out", row_number, label)
    elif site in found:
        odd.add("the same site again; the first row was used", row_number, label)
    elif cost and not LEAST_EACH <= cost / meals <= MOST_EACH:
        odd.add("meals and food cost do not fit together (below 50p or above £60 a meal): check them before you use "
                "the site", row_number, f"{label}, {meals:,} meals, £{cost / meals:,.2f} a meal")  # fmt: skip
        found[site] = row_number, row, meals, cost
    else:
        found[site] = row_number, row, meals, cost or 0.0


def _told(file: str, found: dict) -> tuple[str, ...]:
    meals = sum(one[2] for one in found.values())
    cost = sum(one[3] for one in found.values())
    return (f"{file}: {len(found):,} hospital sites, {meals:,} inpatient main meals and £{cost:,.0f} of food service a "
            "year (staff included).",)  # fmt: skip


def _site(site: str, row_number: int, row: Record, meals: int, cost: float, wish: Wish, odd: Oddities) -> dict:
    label = name(row["name"]).title()
    place = place_cells(row, row_number, f"{label}, {meals:,} meals a year", odd)
    if not place:
        return {}
    return {
        "site": site, "buyer": wish.buyer or as_id(f"trust_{row['trust']}").lower(), "name": label,
        "kind": "hospital", **place, "meals_per_week": written(meals / WEEKS, 1), "term_time": "no",
        "_food_service_gbp": written(cost),
    }  # fmt: skip


def _buyer(buyer: str, row: Record, wish: Wish) -> dict[str, str]:
    label = name(row["trust_name"]).title().replace("Nhs", "NHS")
    return {"buyer": buyer, "name": label, "kind": "nhs_trust", "area_code": ""}


STANDINGS = (
    Standing("sites", "hospital_*", "*", "measured", SOURCE),
    Standing("sites", "hospital_*", "meals_per_week", "measured", "inpatient main meals of the year ÷ 52; ERIC"),
)
