"""A small good case as text, and the ways in which tests spoil it, one thing at a time."""

import csv
import io

from foodlots.checking import Checked, check
from foodlots.reading import read_tables

GOOD = {
    "buyers": """\
buyer,name,kind,area_code
town,Town Council,council,E07000123
trust,Mill Trust,nhs_trust,
""",
    "sites": """\
site,buyer,name,kind,postcode,lat,lon,meals_per_week,term_time,deliveries_per_week,area_code
mill,town,Mill School,school,,53.75,-2.70,400,yes,3,E07000123
park,town,Park School,school,,53.78,-2.65,250,,,
ward,trust,Ward Hospital,hospital,,53.80,-2.71,900,no,5,
""",
    "products": """\
product,name,family,category,cpv,benchmark_gbp_per_kg,kgco2e_per_kg,budget_share,drops_per_week,accreditation
carrot,Carrots,roots,vegetables,03221112,0.80,0.3,0.6,1,
leek,Leeks,leaves,vegetables,03221100,1.60,0.4,0.4,2,
milk,Milk,milk,dairy,15511000,1.00,2.8,1,3,dairy
""",
    "budgets": """\
buyer,category,budget_gbp
town,vegetables,40000
town,dairy,20000
trust,vegetables,30000
""",
    "producers": """\
producer,name,kind,owner_group,member_of,lat,lon,reach_km,min_drop_gbp,max_contract_gbp,accreditations,small,organic,local
hill,Hill Farm,farm,,grange,53.85,-2.60,40,25,50000,,yes,no,
dale,Dale Farm,farm,,,53.70,-2.80,30,,,dairy;Red Tractor,yes,yes,
grange,Grange Co-op,cooperative,,,53.76,-2.72,80,0,,dairy,no,,yes
""",
    "offers": """\
producer,product,months,kg_per_month,price_gbp_per_kg
hill,carrot,Jun-Oct,900,0.60
hill,leek,Nov-Feb,400,1.20
hill,leek,3,300,1.30
dale,milk,all,2000,0.75
grange,milk,1-3;11-12,500,0.70
""",
    "depots": """\
depot,name,lat,lon,handling_gbp_per_kg,fixed_gbp
hub,Town depot,53.76,-2.69,,1000
""",
    "distances": """\
origin,destination,km
hill,mill,16.5
""",
    "spend": """\
buyer,supplier,postcode,category,spend_gbp,contract_end
town,National Foods,,vegetables,41000,2027-03
""",
    "provenance": """\
table,column,standing,source
offers,*,estimated,growers' own figures
""",
}

SETTINGS = """\
[case]
name = "Small town"

[lots]
value_gbp = [1000, 60000]

[awards]
max_km = 80
"""


def files(**changes: str | bytes | None) -> dict[str, bytes]:
    """The small case as file names and bytes, with tables replaced, added, or (None) taken away."""
    texts = {**GOOD, "settings": SETTINGS, **changes}
    return {
        "settings.toml" if name == "settings" else f"{name}.csv": text if isinstance(text, bytes) else text.encode()
        for name, text in texts.items()
        if text is not None
    }


def grid(table: str) -> list[list[str]]:
    """The rows of one table of the small case, its headings first."""
    return list(csv.reader(io.StringIO(GOOD[table])))


def as_csv(rows: list[list[str]]) -> str:
    """Rows as the text of a CSV file."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def with_cell(table: str, row: int, column: str, value: str) -> dict[str, bytes]:
    """The small case with one cell changed; rows count as the spreadsheet does."""
    rows = grid(table)
    rows[row - 1][rows[0].index(column)] = value
    return files(**{table: as_csv(rows)})


def with_row(table: str, *cells: str) -> dict[str, bytes]:
    """The small case with a row added at the foot of a table."""
    return files(**{table: as_csv([*grid(table), list(cells)])})


def with_setting(line: str, section: str) -> dict[str, bytes]:
    """The small case with one more line in a section of its settings."""
    return files(settings=SETTINGS.replace(f"[{section}]", f"[{section}]\n{line}") if f"[{section}]" in SETTINGS
                 else f"{SETTINGS}\n[{section}]\n{line}\n")  # fmt: skip


def checked(source, overrides=()) -> Checked:
    """What checking says of a case."""
    return check(read_tables(source), overrides)
