"""The typed figures of a case, read from the CSV files beside this one."""

import csv
from collections.abc import Iterator

from making.holdings import Holding, Product
from making.tables import HERE


def read_products(name: str) -> tuple[Product, ...]:
    """The products of a case, in the order typed."""
    return tuple(_product(row) for row in _rows(f"{name}_products.csv"))


def _product(row: dict[str, str]) -> Product:
    return Product(
        id=row["product"],
        name=row["name"],
        family=row["family"],
        category=row["category"],
        cpv=row["cpv"],
        benchmark=row["benchmark_gbp_per_kg"],
        kgco2e=row["kgco2e_per_kg"],
        share=row["budget_share"],
        drops=row["drops_per_week"],
        accreditation=row["accreditation"],
        seasons=tuple(row["seasons"].split("|")),
        cover=float(row["cover"]),
        gate=(float(row["gate_low"]), float(row["gate_high"])),
    )


def read_holdings(name: str) -> tuple[Holding, ...]:
    """The sorts of producer of a case, in the order typed."""
    return tuple(_holding(row) for row in _rows(f"{name}_holdings.csv"))


def _holding(row: dict[str, str]) -> Holding:
    return Holding(
        title=row["title"],
        kind=row["kind"],
        count=int(row["count"]),
        land=row["land"],
        products=tuple(row["products"].split(";")),
        sells=(int(row["sells_least"]), int(row["sells_most"])),
        reach_km=(int(row["reach_low"]), int(row["reach_high"])),
        min_drop_gbp=(int(row["drop_low"]), int(row["drop_high"])),
        most_gbp=(int(row["contract_low"]), int(row["contract_high"])),
        size=float(row["size"]),
        dearer=float(row["dearer"]),
        accreditations=row["accreditations"],
        chance_accredited=float(row["chance_accredited"]),
        joins=tuple(filter(None, row["joins"].split(";"))),
        chance_joins=float(row["chance_joins"]),
        organic=float(row["organic"]),
        social=float(row["social"]),
        small=row["small"],
        owner_group=row["owner_group"],
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
