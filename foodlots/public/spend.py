"""A council's payments over £500 → today's spending on food by supplier and category, the rest counted and listed."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from foodlots.errors import Fault
from foodlots.files.raw import note
from foodlots.public.amounts import written
from foodlots.public.downloads import Download, refuse, unwrap_all
from foodlots.public.food_words import MIXED, category_of
from foodlots.public.imported import Imported, Oddities, Standing, Wish
from foodlots.public.payments import Payment, read_payments
from foodlots.public.suppliers import as_one, nearest_known
from foodlots.writing import csv_bytes

YEAR = 12  # months
SHOWN = 5
TOGETHER = "fruit and vegetables"


def read_spend(files: Sequence[Download], wish: Wish) -> Imported:
    """Rows of today's spending, a year's worth; what is not food is a sum, and a list to look through is kept."""
    odd = Oddities(files[0].name)
    payments = [payment for file in unwrap_all(files) for payment in read_payments(file, odd)]
    if not payments:
        raise refuse(files[0].name, "it holds no payment that can be read", "check that it is the list of payments")
    buyer = wish.buyer or _only_buyer(files[0].name, wish)
    categories = [category_of(payment.words, payment.supplier) for payment in payments]
    food = [(payment, category) for payment, category in zip(payments, categories, strict=True) if category]
    names = as_one(payment.supplier for payment, _ in food)
    months = sorted({(payment.day.year, payment.day.month) for payment in payments if payment.day})
    scale = YEAR / len(months) if months else 1.0
    rows = _rows(food, names, buyer, scale, wish)
    notes = [*odd.notes(), *_notes(files[0].name, payments, categories, names, months)]
    told = _told(files[0].name, payments, food, rows, months)
    standing = Standing("spend", "", "*", "measured", "payments over £500 as published; categories suggested by words")
    papers = {"payments_not_taken_as_food.csv": _rest(payments, categories)}
    return Imported({"spend": rows}, told, tuple(notes), (standing,), papers=papers)


def _only_buyer(file: str, wish: Wish) -> str:
    raw = wish.case.tables.get("buyers")
    ids = [row.cells[raw.headings.index("buyer")] for row in raw.rows] if raw and "buyer" in raw.headings else []
    if len(ids) != 1:
        raise refuse(file, "it does not say which buyer of the case paid", "give --buyer with the buyer's id")
    return ids[0]


def _rows(food, names: dict[str, str], buyer: str, scale: float, wish: Wish) -> tuple[dict[str, str], ...]:
    sums: dict[tuple[str, str], float] = defaultdict(float)
    postcodes: dict[str, Counter] = defaultdict(Counter)
    for payment, category in food:
        supplier = names[payment.supplier]
        sums[supplier, "vegetables" if category == TOGETHER else category] += payment.gbp
        postcodes[supplier].update([payment.postcode] if payment.postcode else [])
    known = nearest_known(set(names.values()), _names_of_producers(wish))
    places = {row["producer"]: row for row in _producers(wish)}
    return tuple(
        {"buyer": buyer, "supplier": supplier, "category": category, "spend_gbp": written(gbp * scale),
         "postcode": _postcode(postcodes[supplier], places.get(known.get(supplier, ""), {}))}
        for (supplier, category), gbp in sorted(sums.items())
        if gbp > 0
    )  # fmt: skip


def _postcode(counted: Counter, producer) -> str:
    return min(counted, key=lambda one: (-counted[one], one)) if counted else producer.get("postcode", "")


def _producers(wish: Wish) -> list[dict[str, str]]:
    raw = wish.case.tables.get("producers")
    return [dict(zip(raw.headings, row.cells, strict=False)) for row in raw.rows] if raw else []


def _names_of_producers(wish: Wish) -> dict[str, str]:
    return {row["producer"]: row.get("name", "") for row in _producers(wish)}


def _told(file: str, payments: Sequence[Payment], food, rows, months) -> tuple[str, ...]:
    total, eaten = sum(payment.gbp for payment in payments), sum(payment.gbp for payment, _ in food)
    span = f" over {len(months)} {'month' if len(months) == 1 else 'months'}" if months else ""
    return (
        f"{file}: {len(payments):,} payments of £{total:,.2f}{span}, {len(food):,} of them (£{eaten:,.2f}) for food.",
        f"{len(rows):,} lines of supplier and category, £{sum(float(row['spend_gbp']) for row in rows):,.2f} a year.",
    )


def _notes(file: str, payments, categories, names: dict[str, str], months) -> list[Fault]:
    found = []
    merged = sorted({name for name, head in names.items() if name != head})
    if merged:
        shown = "; ".join(f"{name} is {names[name]}" for name in merged[:SHOWN])
        found.append(note(file, "", f"{len(merged):,} spellings were taken for suppliers met before: {shown}"))
    if not months:
        found.append(note(file, "", "no dates were found: the sum is taken for a year's spending"))
    elif len(months) != YEAR:
        found.append(note(file, "", f"the file covers {len(months)} months; sums are brought to twelve"))
    found += _doubts(file, payments)
    mixed = sum(payment.gbp for payment, category in zip(payments, categories, strict=True) if category == MIXED)
    if mixed:
        found.append(note(file, "", f"£{mixed:,.2f} is food of no single category ({MIXED}): share it out yourself"))
    if TOGETHER in categories:
        found.append(note(file, "", "fruit and vegetables paid together stand under vegetables"))
    return found


def _doubts(file: str, payments: Sequence[Payment]) -> list[Fault]:
    """Payments that came back, and payments that stand in the file more than once: counted as they stand, and told."""
    found = []
    back = [payment for payment in payments if payment.gbp < 0]
    if back:
        total = -sum(payment.gbp for payment in back)
        found.append(note(file, "", f"{len(back):,} payments of £{total:,.2f} came back (minus) and were taken off",
                          row=back[0].row))  # fmt: skip
    seen = Counter((one.supplier, one.gbp, one.day, one.words) for one in payments)
    twice = sum(times - 1 for times in seen.values() if times > 1)
    if twice:
        found.append(note(file, "", f"{twice:,} payments are alike in supplier, day, sum and purpose to one before; "
                          "all were counted", "take out those that stand twice by mistake"))  # fmt: skip
    return found


def _rest(payments: Sequence[Payment], categories: Sequence[str]) -> bytes:
    """Every supplier whose payments were not taken as food, dearest first, to look through."""
    sums: dict[str, float] = defaultdict(float)
    words: dict[str, Counter] = defaultdict(Counter)
    for payment, category in zip(payments, categories, strict=True):
        if not category:
            sums[payment.supplier] += payment.gbp
            words[payment.supplier][payment.words] += 1
    order = sorted(sums, key=lambda supplier: (-sums[supplier], supplier))
    lines = ((supplier, written(sums[supplier]), words[supplier].most_common(1)[0][0]) for supplier in order)
    return csv_bytes(("supplier", "gbp", "what_for"), lines)
