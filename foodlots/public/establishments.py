"""Approved food establishments (FSA) → producers of meat, dairy, eggs and fish, with their approval."""

from collections.abc import Sequence

from foodlots.public.amounts import name
from foodlots.public.areas import district_named
from foodlots.public.downloads import Download, unwrap_all
from foodlots.public.imported import Imported, Oddities, Standing, Wish
from foodlots.public.placing import place_cells
from foodlots.public.rows import Record, read_records
from foodlots.values.texts import as_id

SOURCE = "Food Standards Agency, approved food establishments, Open Government Licence v3.0"
APPROVAL = "fsa_approval"
REACH_KM = "60"  # assumed, until the firm says otherwise

WORDS = (  # what an activity's name says about what is made there
    ("red_meat", ("(red)",)),
    ("poultry", ("(poultry)",)),
    ("game", ("game",)),
    ("mince_and_preparations", ("mince meat", "meat preparation")),
    ("meat_products", ("processing plant (meat)",)),
    ("dairy", ("(dairy)",)),
    ("eggs", ("(egg)",)),
    ("fish", ("(fish)", "fishery", "auction hall (fish)")),
    ("shellfish", ("purification", "dispatch centre", "shellfish")),
)
TRADES = ("cold store", "re-wrapping", "wholesale market")  # those alone make nothing


def read_establishments(files: Sequence[Download], wish: Wish) -> Imported:
    """The approved establishments of the area, as processors; those that only store or re-wrap, as wholesalers."""
    odd = Oddities(files[0].name)
    found: dict[str, tuple[int, Record]] = {}
    rows = 0
    for file in unwrap_all(files):
        records = read_records(file, "establishments")
        for number, row in records.rows:
            rows += 1
            _gather(found, number, row, odd)
        rows += records.blank
        odd.read_notes += records.notes
    producers = []
    for key, (number, row) in sorted(found.items()):
        if wish.area is None or _district(row) in wish.codes:
            cells = _producer(key, number, row, odd)
            producers += [cells] if cells and wish.is_near(cells) else []
    where = f" in {wish.scope}" if wish.scope else ""
    told = (
        f"{files[0].name}: {rows:,} rows, {len(found):,} approved establishments.",
        f"{len(producers):,} producers{where}, with what they are approved for; the register says nothing of kilos, "
        "prices or reach.",
    )
    return Imported({"producers": tuple(producers)}, told, tuple(odd.notes()), STANDINGS)


def _gather(found: dict[str, tuple[int, Record]], number: int, row: Record, odd: Oddities) -> None:
    key = as_id(f"fsa_{row['number']}").lower()
    if key in found and found[key][1]["number"] != row["number"]:
        key += "_2"  # BI 122 and BI122 are two establishments
    if not row["number"] or not name(row["name"]):
        odd.add("no approval number or name, left out", number, name(row["name"]) or row["number"])
    elif key in found:
        odd.add("the same approval number again; the first row was used", number, row["number"])
    else:
        found[key] = number, row


def _district(row: Record) -> str:
    return row.get("area") or district_named(row["authority"])


def activities(words: str) -> tuple[str, ...]:
    """What is made at an establishment, from the names of its approved activities."""
    plain = words.lower()
    return tuple(kind for kind, signs in WORDS if any(sign in plain for sign in signs))


def _producer(key: str, number: int, row: Record, odd: Oddities) -> dict[str, str]:
    label = name(row["name"])
    if row.get("withheld", "").lower() == "yes" and not row["postcode"]:
        odd.add("the address is withheld by the register, so it was left out", number, label)
        return {}
    place = place_cells({**row, "area": _district(row)}, number, label, odd)
    if not place:
        return {}
    makes = activities(row["activities"])
    trades = not makes and any(word in row["activities"].lower() for word in TRADES)
    return {
        "producer": key, "name": label, "kind": "wholesaler" if trades else "processor", **place,
        "reach_km": REACH_KM, "accreditations": APPROVAL, "_makes": ";".join(makes), "_town": name(row["town"]),
    }  # fmt: skip


STANDINGS = (
    Standing("producers", "fsa_*", "*", "measured", SOURCE),
    Standing("producers", "fsa_*", "reach_km", "assumed", f"{REACH_KM} km, until the firm says how far it delivers"),
    Standing("producers", "fsa_*", "kind", "estimated", "from the names of the approved activities"),
    Standing("producers", "fsa_*", "small", "assumed", "the register does not say how large a firm is"),
)
