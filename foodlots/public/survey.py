"""Survey forms that producers filled in → producers and their offers, month by month."""

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from foodlots.calendar import write_months
from foodlots.case import MONTHS
from foodlots.postcodes import UnknownPostcode, find_postcode
from foodlots.public.amounts import Odd, name, number, written
from foodlots.public.builder import rows_of
from foodlots.public.downloads import Download, refuse
from foodlots.public.form import ABOUT, ANSWERS, AT_LEAST, HEADINGS, MONTH_HEADINGS, PRICE, QUESTIONS, SUPPLY
from foodlots.public.imported import Imported, Oddities, Standing, Wish
from foodlots.public.sheets import Sheet, sheets_of
from foodlots.values.texts import as_id

KM_A_MILE = 1.609344
MOST_KG, MOST_PRICE, MOST_MILES, MOST_GBP = 2_000_000, 200.0, 600, 50_000_000
RANGE = re.compile(r"\s*([\d,.]+)\s*(?:-|–|to)\s*([\d,.]+)\s*(?:kg)?\s*", re.I)


def read_survey(files: Sequence[Download], wish: Wish) -> Imported:
    """Each form's producer with what it can supply; an answer that cannot be read is named and left out."""
    odd = Oddities(files[0].name if len(files) == 1 else "the forms")
    known = {row["product"] for row in rows_of(wish.case, "products")}
    producers: dict[str, dict[str, str]] = {}
    offers: list[dict[str, str]] = []
    for file in files:
        about, supply = _form(file)
        cells = _producer(file, about, odd)
        if cells["producer"] in producers:
            odd.add("a second form of the same producer; the first was used", 0, file.name)
            continue
        producers[cells["producer"]] = cells
        offers += _offers(cells, supply, known, odd)
    told = (
        f"{len(producers):,} forms, {len(offers):,} offers of {len({one['product'] for one in offers}):,} products.",
    )
    standings = tuple(
        Standing(table, key, "*", "measured", "the producer's own answer to the survey")
        for key in producers
        for table in ("producers", "offers")
    )
    return Imported(
        {"producers": tuple(producers.values()), "offers": tuple(offers)}, told, tuple(odd.notes()), standings
    )


def _form(file: Download) -> tuple[dict[str, str], list[tuple[int, dict[str, str]]]]:
    """Answers by our column, and the rows of what can be supplied. Raises DataError when it is not our form."""
    sheets = {sheet.name: sheet for sheet in sheets_of(file)}
    if ABOUT not in sheets or SUPPLY not in sheets:
        raise refuse(file.name, "it is not the survey form", f"expected the sheets {ABOUT} and {SUPPLY}, as foodlots "
                     "survey writes them")  # fmt: skip
    return _about(file, sheets[ABOUT]), _supply(file, sheets[SUPPLY])


def _about(file: Download, sheet: Sheet) -> dict[str, str]:
    asked = {question: column for question, column, _ in QUESTIONS}
    found = {
        asked[cells[0]]: cells[1].strip() if len(cells) > 1 else "" for _, cells in sheet.rows if cells[0] in asked
    }
    missing = [question for question, column, _ in QUESTIONS if column not in found]
    if missing:
        raise refuse(file.name, f"the question {missing[0]!r} is no longer in it", "fill in the form as it was sent")
    return found


def _supply(file: Download, sheet: Sheet) -> list[tuple[int, dict[str, str]]]:
    rows = list(sheet.rows)
    top = next((index for index, (_, cells) in enumerate(rows) if set(HEADINGS) <= set(cells)), None)
    if top is None:
        raise refuse(file.name, f"the headings of {SUPPLY} were changed", f"expected {', '.join(HEADINGS[:4])} …")
    headings = rows[top][1]
    return [(number_, dict(zip(headings, cells, strict=False))) for number_, cells in rows[top + 1 :] if any(cells)]


def _producer(file: Download, about: Mapping[str, str], odd: Oddities) -> dict[str, str]:
    label = name(about["name"])
    if not label:
        raise refuse(file.name, "it does not say whose it is", "fill in the name of the farm or business")
    try:
        postcode = find_postcode(about["postcode"]).postcode
    except UnknownPostcode as trouble:
        raise refuse(file.name, trouble.problem, "ask the producer for the postcode") from None
    amounts = {column: _amount(about[column], most, column, label, odd) for column, most in (
        ("reach_miles", MOST_MILES), ("min_drop_gbp", MOST_GBP), ("max_contract_gbp", MOST_GBP))}  # fmt: skip
    if amounts["reach_miles"] is None:
        raise refuse(file.name, f"{label} does not say how far it delivers", "ask for the miles by road")
    cells = {"producer": _id(label, postcode), "name": label, "kind": "farm", "postcode": postcode,
             "reach_km": written(amounts["reach_miles"] * KM_A_MILE, 1)}  # fmt: skip
    cells |= {
        column: written(value) for column, value in amounts.items() if column.endswith("gbp") and value is not None
    }
    for column, allowed in ANSWERS.items():
        answer = about[column].lower()
        if answer in allowed:
            cells[column] = answer
        elif answer:
            odd.add(f"the answer is none of {', '.join(allowed)}, so it was left out", 0, f"{label}, {answer}")
    marks = [as_id(mark).lower() for mark in re.split("[;,]", about["accreditations"]) if mark.strip()]
    return cells | ({"accreditations": ";".join(marks)} if marks else {})


def _id(label: str, postcode: str) -> str:
    """An id that stays the same for the same producer, form after form."""
    return f"survey_{as_id(label).lower()[:40]}_{sha256(f'{label} {postcode}'.lower().encode()).hexdigest()[:4]}"


def _amount(text: str, most: float, what: str, label: str, odd: Oddities) -> float | None:
    try:
        return number(text, 0, most)
    except Odd as trouble:
        odd.add(f"the answer for {what} cannot be read, so it was left out", 0, f"{label}, {trouble}")
        return None


def _offers(producer: Mapping[str, str], supply, known: set[str], odd: Oddities) -> Iterator[dict[str, str]]:
    for row_number, row in supply:
        product, label = row.get("Code", "").strip(), f"{producer['name']}, {row.get('Product', '')}"
        kilos = {month: _kilos(row.get(heading, ""), row_number, label, odd)
                 for month, heading in zip(MONTHS, MONTH_HEADINGS, strict=True)}  # fmt: skip
        if not any(kilos.values()):
            continue
        price = _amount(row.get(PRICE, ""), MOST_PRICE, "the price", label, odd)
        if product not in known:
            odd.add("a product the case does not have, left out", row_number, label)
        elif not price:
            odd.add("kilos without a price, left out", row_number, label)
        else:
            if least := row.get(AT_LEAST, "").strip():
                odd.add("only if at least so many kilos a year: keep it in mind, no table holds it", row_number,
                        f"{label}, {least}")  # fmt: skip
            yield from _by_months(producer["producer"], product, kilos, price)


def _kilos(text: str, row_number: int, label: str, odd: Oddities) -> float:
    """Kilos of a month; of a range the lower end, which can be counted on."""
    try:
        if found := RANGE.fullmatch(text):
            low, high = number(found[1], 0, MOST_KG), number(found[2], 0, MOST_KG)
            if low is None or high is None or low > high:
                raise Odd(f"{text!r} is not a range")
            odd.add("a range; the lower end is counted on", row_number, f"{label}, {text}")
            return low
        return number(re.sub(r"(?i)\s*kg$", "", text), 0, MOST_KG) or 0.0
    except Odd as trouble:
        odd.add("kilos that cannot be read, left out", row_number, f"{label}, {trouble}")
        return 0.0


def _by_months(producer: str, product: str, kilos: Mapping[int, float], price: float) -> Iterator[dict[str, str]]:
    """An offer for each amount, with all the months that have it."""
    for kg in sorted({kg for kg in kilos.values() if kg}):
        months = tuple(month for month, own in kilos.items() if own == kg)
        yield {"producer": producer, "product": product, "months": write_months(months), "kg_per_month": written(kg),
               "price_gbp_per_kg": written(price)}  # fmt: skip
