"""Schools from the register, a list with pupils, the census or performance tables → kitchens with meals a week."""

from collections.abc import Mapping, Sequence

from foodlots.errors import DataError
from foodlots.public.amounts import Odd, day, name, whole, written
from foodlots.public.areas import district_named, find_area, same_name
from foodlots.public.downloads import Download, refuse, unwrap_all
from foodlots.public.imported import Imported, Oddities, Standing, Wish
from foodlots.public.placing import place_cells
from foodlots.public.rows import Record, read_records
from foodlots.values.texts import as_id

SOURCE = "DfE, Open Government Licence v3.0"
MOST_PUPILS = 6_000  # no school of England is near
DAYS = 5  # of service in a week
TAKE_UP = {"primary": 0.6, "secondary": 0.4}  # share of pupils who eat a school meal; assumed
OTHERWISE = 0.45  # special schools, colleges and all-through schools; assumed
INDEPENDENT = ("independent schools", "universities", "welsh schools", "online provider", "children's centres")
Schools = dict[str, dict[str, str]]


def read_schools(files: Sequence[Download], wish: Wish) -> Imported:
    """State schools that are open, as kitchens of their authority; several files are joined by URN."""
    schools: Schools = {}
    oddities = [_read(file, schools) for file in unwrap_all(files)]
    whole_file = len(schools)
    if not any("name" in school for school in schools.values()):
        raise refuse(files[0].name, "the census alone has no names and postcodes",
                     "give the schools register or a performance table with it")  # fmt: skip
    chosen = {urn: school for urn, school in sorted(schools.items()) if "name" in school and _wanted(school, wish)}
    odd = Oddities(files[0].name)
    sites = [cells for urn, school in chosen.items() if (cells := _site(urn, school, wish, odd))]
    notes = [note for found in (*oddities, odd) for note in found.notes()]
    return Imported(
        {"buyers": _buyers(chosen.values(), wish), "sites": tuple(sites)},
        _told(files, whole_file, sites, wish), tuple(notes), _standings(wish),
    )  # fmt: skip


def _read(file: Download, schools: Schools) -> Oddities:
    records = read_records(file, "schools")
    odd = Oddities(file.name)
    for number, row in records.rows:
        urn = row["urn"].removesuffix(".0")
        if records.layout.title.startswith("a school performance") and row["record"] not in ("1", "2"):
            continue  # totals of an authority or of England
        if not urn.isdecimal():
            odd.add("the URN is no number, so the row was left out", number, row["urn"][:40])
        elif not _open_and_state(row):
            odd.add("closed, planned or not a state school, left out", number)
        else:
            _join(schools.setdefault(urn, {"row": str(number)}), row, number, odd)
    odd.read_notes = records.notes
    return odd


def _open_and_state(row: Record) -> bool:
    status = row.get("status", "open").lower()
    return status.startswith("open") and row.get("group", "").lower() not in INDEPENDENT


def _join(school: dict[str, str], row: Record, number: int, odd: Oddities) -> None:
    """The school with what another row says of it; two rows that disagree are told, the first one stays."""
    if school.keys() - {"row"} and "name" in school and "name" in row:
        odd.add("the same URN again" + ("" if _agree(school, row) else ", with other figures; the first row was used"),
                number, row["urn"])  # fmt: skip
        return
    school |= {key: value for key, value in row.items() if value and key not in school}


def _agree(school: Mapping[str, str], row: Record) -> bool:
    return all(school.get(key, value) == value for key, value in row.items() if value)


def _wanted(school: Mapping[str, str], wish: Wish) -> bool:
    """Whether the school is its area's: by the authority it belongs to, else by the district it stands in."""
    if wish.area is None:
        return True
    if school.get("la_name") and not wish.bordering and wish.area.code.startswith(("E10", "E06", "E08", "E09")):
        return same_name(school["la_name"], wish.area.name)
    return school.get("area", "") in wish.codes or district_named(school.get("la_name", "")) in wish.codes


def _site(urn: str, school: Mapping[str, str], wish: Wish, odd: Oddities) -> dict[str, str] | None:
    row, label = int(school["row"]), name(school["name"])
    try:
        pupils = whole(school.get("pupils", ""), MOST_PUPILS)
        fsm = whole(school.get("fsm", ""), MOST_PUPILS)
    except Odd as trouble:
        odd.add("the number of pupils cannot be read, so the school was left out", row, f"{label}, {trouble}")
        return None
    if pupils is not None and fsm is not None and fsm > pupils:
        odd.add("more free meals than pupils, so the school was left out", row, label)
        return None
    if not pupils:
        odd.add("no pupils stated, so the school was left out", row, label)
        return None
    place = place_cells(school, row, label, odd)
    if not place:
        return None
    return {
        "site": f"school_{urn}", "buyer": _buyer(school, wish), "name": label, "kind": "school", **place,
        "meals_per_week": written(pupils * DAYS * _take_up(school, wish), 0), "term_time": "yes",
        "_pupils": str(pupils), "_phase": school.get("phase", ""), "_census": school.get("census", ""),
    }  # fmt: skip


def _take_up(school: Mapping[str, str], wish: Wish) -> float:
    return wish.take_up if wish.take_up is not None else TAKE_UP.get(school.get("phase", "").lower(), OTHERWISE)


def _buyer(school: Mapping[str, str], wish: Wish) -> str:
    return wish.buyer or as_id(_authority(school, wish)).lower() or "council"


def _authority(school: Mapping[str, str], wish: Wish) -> str:
    return name(school.get("la_name", "")) or (wish.area.name if wish.area else "council")


def _buyers(schools, wish: Wish) -> tuple[dict[str, str], ...]:
    found = {}
    for school in schools:
        authority = _authority(school, wish)
        found.setdefault(_buyer(school, wish), {
            "buyer": _buyer(school, wish), "name": f"{authority} council", "kind": "council",
            "area_code": _code(authority),
        })  # fmt: skip
    return tuple(found[buyer] for buyer in sorted(found))


def _code(authority: str) -> str:
    try:
        return find_area(authority).code
    except DataError:
        return ""


def _told(files, whole_file: int, sites: list[dict[str, str]], wish: Wish) -> tuple[str, ...]:
    pupils = sum(int(site["_pupils"]) for site in sites)
    meals = sum(float(site["meals_per_week"]) for site in sites)
    where = f" in {wish.area.name}" if wish.area else ""
    days = sorted({site["_census"] for site in sites if site["_census"]}, key=_day)
    counted = (
        f" Pupils as counted on {days[-1]}." if days else " The file does not say in which year pupils were counted."
    )
    return (
        f"{files[0].name}: {whole_file:,} open state schools.",
        f"{len(sites):,} kitchens{where} with {pupils:,} pupils, about {meals:,.0f} meals a week.{counted}",
    )


def _day(text: str) -> tuple[int, int, int]:
    """A day as it sorts; one that cannot be read comes first."""
    try:
        found = day(text)
    except Odd:
        return 0, 0, 0
    return found.year, found.month, found.day


def _standings(wish: Wish) -> tuple[Standing, ...]:
    share = "the share given" if wish.take_up is not None else "60% of primary, 40% of secondary, 45% of other pupils"
    return (
        Standing("sites", "school_*", "*", "measured", SOURCE),
        Standing(
            "sites", "school_*", "meals_per_week", "estimated", f"pupils of the file × 5 days × {share} (assumed)"
        ),
    )
