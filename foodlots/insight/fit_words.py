"""Fits, reasons and changes in the words of the trade, and as plain records for those who compute with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

from foodlots.calendar import NAMES, contract_year, say_months
from foodlots.case import Case
from foodlots.insight import changes as kinds
from foodlots.insight.certificates import said
from foodlots.insight.changes import Change
from foodlots.insight.fits import LotFit
from foodlots.insight.reasons import listed

MONEY = ("worth_gbp", "delivery_gbp", "collection_gbp", "drop_gbp", "asks_gbp")


def say_change(case: Case, change: Change, first_month: int) -> str:
    """One change as a sentence's part: "30 kg more Diced lamb in September"."""
    return _SAYERS[change.kind](case, change, first_month)


def say_takes(case: Case, fit: LotFit, first_month: int) -> str:
    """Every way to become able, "or" between them; "" where there is none to tell."""
    return "; or ".join(say_changes(case, way, first_month) for way in fit.takes)


def say_changes(case: Case, way: Iterable[Change], first_month: int) -> str:
    """Changes that go together, in one sentence."""
    return ", and ".join(say_change(case, change, first_month) for change in way)


def _kilos(case: Case, change: Change, first_month: int) -> str:
    parts = []
    for product in sorted({product for product, _, _ in change.kilos}):
        months = [month for each, month, _ in change.kilos if each == product]
        kg = sum(kg for each, _, kg in change.kilos if each == product)
        parts.append(f"{_kg(kg)} more {case.products[product].name} a year, in {say_months(months, first_month)}")
    return listed(parts)


def _kg(kg) -> str:
    return f"{kg:,.0f} kg" if kg >= 100 else f"{kg:,.3f} kg"


_SAYERS = {
    kinds.KG: _kilos,
    kinds.KM: lambda case, change, first: f"deliver {change.amount:,.3f} km farther by road",
    kinds.CERTIFICATE: lambda case, change, first: (
        f"hold {listed(map(said, change.certificates))}, or an equivalent"
    ),
    kinds.PRICE: lambda case, change, first: f"ask {100 * change.amount:,.2f}p a kg less",
    kinds.DROP: lambda case, change, first: f"accept drops worth £{change.amount:,.2f} less",
    kinds.CONTRACT: lambda case, change, first: f"take a contract worth £{change.amount:,.2f} more",
}  # fmt: skip


def detail(case: Case, fit: LotFit, first_month: int) -> Iterator[str]:
    """One lot as it fits one bidder, line by line."""
    money = fit.money
    yield f"{fit.lot} {fit.name}, worth £{fit.value_gbp:,.0f} a year."
    yield "It wins the lot." if fit.wins else "It fits as drawn." if fit.able else "It does not fit as drawn."
    yield from (f"  {reason.says}" for reason in fit.reasons)
    order = [month for month in contract_year(first_month) if month in fit.months]
    shares = ", ".join(f"{NAMES[month - 1][:3]} {fit.months[month]:.0%}" for month in order)
    yield f"Could fill {fit.fill:.1%} of the year's value: {shares}."
    how = f"to {case.depots[fit.depot].name}" if fit.depot else "to each kitchen"
    yield (
        f"Brought {how}, up to {fit.km:,.1f} km: {money.kg:,.0f} kg worth £{money.worth_gbp:,.0f}, less delivery "
        f"£{money.delivery_gbp:,.0f} and collection £{money.collection_gbp:,.0f}, leaves £{money.left_gbp:,.0f} "
        f"(£{money.left_gbp_per_kg:,.2f} a kg)."
    )
    if money.asks_gbp is not None and money.kg:
        yield f"It asks £{money.asks_gbp:,.0f} at its gate for those kilos."
    yield f"A drop of the whole lot is worth £{fit.drop_gbp:,.2f}, of its part £{money.drop_gbp:,.2f}."
    if fit.market_gbp is not None:
        side = "cheaper" if fit.market_gbp >= 0 else "dearer"
        yield f"Alone it is £{abs(fit.market_gbp):,.0f} a year {side} for the buyer than the open market."
    if takes := say_takes(case, fit, first_month):
        yield f"To fit: {takes}."


def fit_record(fit: LotFit, first_month: int) -> dict:
    """A fit as plain values; money to the penny, months in the order of the contract year."""
    money = fit.money
    return {
        "lot": fit.lot, "name": fit.name, "value_gbp": round(fit.value_gbp, 2), "able": fit.able, "wins": fit.wins,
        "depot": fit.depot, "km": round(fit.km, 3), "reason": fit.first.name if fit.first else "",
        "reasons": [_reason_record(reason) for reason in fit.reasons], "fill": round(fit.fill, 6),
        "coverage": {str(month): round(fit.months[month], 6) for month in contract_year(first_month)
                     if month in fit.months},
        "lot_drop_gbp": round(fit.drop_gbp, 2), "kg": round(money.kg, 3),
        **{name: None if getattr(money, name) is None else round(getattr(money, name), 2) for name in MONEY},
        "left_gbp": round(money.left_gbp, 2), "left_gbp_per_kg": round(money.left_gbp_per_kg, 4),
        "cheaper_than_open_market_gbp": None if fit.market_gbp is None else round(fit.market_gbp, 2),
        "takes": [[change_record(change) for change in way] for way in fit.takes],
    }  # fmt: skip


def _reason_record(reason) -> dict:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(reason).items()}


def change_record(change: Change) -> Mapping[str, object]:
    """A change as plain values: exact amounts as text."""
    kilos = [{"product": product, "month": month, "kg": str(kg)} for product, month, kg in change.kilos]
    certificates = list(change.certificates)
    amount = {"kg": str(change.kg)} if change.kilos else {} if certificates else {"amount": str(change.amount)}
    parts = {"kilos": kilos} if kilos else {"products": list(change.products)} if change.products else {}
    return {"kind": change.kind, **amount, **parts, **({"certificates": certificates} if certificates else {})}


def fit_rows(fits: Iterable[LotFit]) -> tuple[list[str], list[list[str]], tuple[int, ...]]:
    """Headings, rows and number columns of a fit list; lots of which it grows nothing are left to `not_grown`."""
    headings = ["Lot", "Name", "Value", "Could fill", "Money left", "Fits", "Why not"]
    return headings, [_row(fit) for fit in fits if not _is_strange(fit)], (2, 3, 4)


def _is_strange(fit: LotFit) -> bool:
    return bool(fit.first) and fit.first.name == "not_grown"


def _row(fit: LotFit) -> list[str]:
    return [
        fit.lot, fit.name, f"£{fit.value_gbp:,.0f}", f"{fit.fill:.0%}",
        f"£{fit.money.left_gbp:,.0f}" if fit.money.kg else "",
        "wins" if fit.wins else "yes" if fit.able else "no", fit.first.says if fit.first else "",
    ]  # fmt: skip


def take_lines(case: Case, fits: Iterable[LotFit], first_month: int) -> Iterator[str]:
    """What it would take, lot by lot; and of which lots it grows nothing."""
    fits = list(fits)
    for fit in fits:
        if takes := say_takes(case, fit, first_month):
            yield f"To fit {fit.lot}: {takes}."
    strange = [fit.lot for fit in fits if _is_strange(fit)]
    if strange:
        yield f"Offers nothing of what {listed(strange, 30)} {'asks' if len(strange) == 1 else 'ask'} for."
