"""The terms of a tender: dates, length, VAT, mechanism; declared once, read from a small TOML file of the buyer's."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from foodlots.errors import DataError, Fault
from foodlots.plan import Plan
from foodlots.settings import Settings
from foodlots.values.texts import did_you_mean, shown

FILE = "terms"
NO_LIMIT = "no limit"
MOST_TEXT = 2000  # characters of one text of the terms
DAYS_TO_ANSWER = 40  # days between the notice and the deadline, unless the buyer says otherwise
DAYS_TO_START = 90  # days at least between the deadline and the start, unless the buyer says otherwise


@dataclass(frozen=True)
class Terms:
    """What a tender needs to know beside the plan. Shares are 0 to 1; `max_lots_…` None means no limit."""

    reference: str
    publish: date
    deadline: date
    start: date
    years: Decimal
    extension_years: Decimal
    vat: Decimal
    uplift: Decimal
    quality_weight: Decimal
    max_lots_bid: int | None
    max_lots_awarded: int | None
    max_share_per_owner: Decimal | None
    reserved: str
    engaged: bool
    contact: str
    how_to_bid: str
    quality: str
    decided_by: str

    @property
    def longest_years(self) -> Decimal:
        """Years that the contract lasts if every extension is used."""
        return self.years + self.extension_years


@dataclass(frozen=True)
class Term:
    """How one term is written in terms.toml, what it stands for when it is left out, and what it means.

    limit: it may also be NO_LIMIT.
    """

    name: str
    kind: str
    default: str
    meaning: str
    least: Decimal | None = None
    most: Decimal | None = None
    choices: tuple[str, ...] = ()
    limit: bool = False


ZERO, ONE = Decimal(0), Decimal(1)

TERMS = (
    Term("reference", "text", "none", "the buyer's own reference, printed on every paper"),
    Term("publish", "date", "the day the plan was made", "the day on which the tender notice is to be published"),
    Term("deadline", "date", f"{DAYS_TO_ANSWER} days after publication", "the last day for bids"),
    Term("start", "date", "the next first day of the contract year", "the first day of the contracts"),
    Term("years", "number", "1", "years the contracts last without extension", least=Decimal("0.25"), most=Decimal(10)),
    Term("extension_years", "number", "0", "years by which they may be extended", least=ZERO, most=Decimal(10)),
    Term("vat", "number", "0 (most food is zero-rated: check yours)", "rate of VAT on what is bought", least=ZERO,
         most=ONE),
    Term("uplift", "number", "the price ceiling of the case (awards.max_price_over_benchmark), else 0",
         "how far above the lots' stated value the buyer might have to pay at most, as a share", least=ZERO, most=ONE),
    Term("quality_weight", "number", "0 (price decides)", "how much of a lot's value the best quality is worth",
         least=ZERO, most=ONE),
    Term("max_lots_bid", "whole", "no limit", "the most lots one supplier may bid for", least=ONE, limit=True),
    Term("max_lots_awarded", "whole", "the case's awards.max_lots_per_supplier", "the most lots one supplier may win",
         least=ONE, limit=True),
    Term("max_share_per_owner", "number", "the case's awards.max_share_per_owner",
         "the most of the value of all lots that one owner may win", least=Decimal("0.01"), most=ONE, limit=True),
    Term("reserved", "choice", "no", "for whom the competition is reserved", choices=("no", "uk", "local")),
    Term("engaged", "flag", "false", "whether suppliers were spoken to before the notice (market engagement)"),
    Term("contact", "text", "none", "who answers questions: printed in the invitation"),
    Term("how_to_bid", "text", "none", "where and how bids are sent: printed in the invitation"),
    Term("quality", "text", "none", "what quality means and how it is scored: printed in the invitation"),
    Term("decided_by", "text", "none", "who decided on these lots, and when: printed in the decision record"),
)  # fmt: skip


def read_terms(settings: Settings, plan: Plan, path: Path | None = None, overrides: Iterable[str] = ()) -> Terms:
    """The terms in the file, with "name=value" overrides; raises DataError with everything wrong in them."""
    given = _of_file(path)
    for override in overrides:
        name, _, value = override.partition("=")
        given[name.strip()] = _value_of(value.strip())
    return make_terms(settings, plan, given)


def make_terms(settings: Settings, plan: Plan, given: Mapping[str, object]) -> Terms:
    """The terms given by name, what stands for the others; raises DataError with everything wrong in them."""
    faults = []
    known = {term.name: term for term in TERMS}
    values = {}
    for name, value in given.items():
        if name not in known:
            faults.append(Fault(FILE, 0, shown(name), "", "there is no such term", did_you_mean(name, known, "")))
            continue
        try:
            values[name] = _checked(known[name], value)
        except ValueError as expected:
            faults.append(Fault(FILE, 0, name, shown(str(value)), f"{shown(str(value))!r} cannot stand here",
                                f"write {expected}"))  # fmt: skip
    if faults:
        raise DataError(faults)
    return _in_order(_completed(values, settings, plan))


def write_terms(terms: Terms) -> str:
    """The terms as TOML that reads back the same, each with its meaning above it."""
    lines = ["# The terms of this tender. Edit and give the file back with --terms."]
    for term in TERMS:
        value = getattr(terms, term.name)
        lines += [f"# {term.meaning}; left out: {term.default}"]
        lines += [f"# {term.name} =" if value == "" else f"{term.name} = {_toml(value)}"]
    return "\n".join(lines) + "\n"


def _of_file(path: Path | None) -> dict[str, object]:
    if path is None:
        return {}
    try:
        found = tomllib.loads(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, ValueError) as trouble:
        raise DataError([Fault(FILE, 0, "", path.name, f"{path.name} cannot be read ({shown(str(trouble))})",
                               'write name = value, texts in quotation marks "…"')]) from None  # fmt: skip
    return dict(found)


def _value_of(text: str) -> object:
    try:
        return tomllib.loads(f"value = {text}", parse_float=Decimal)["value"]
    except (tomllib.TOMLDecodeError, ValueError):
        return text


def _checked(term: Term, value: object) -> object:
    """The value as its kind has it, None for no limit; ValueError says what was expected."""
    if term.limit and value in (None, NO_LIMIT):
        return None
    if term.kind == "text":
        if isinstance(value, str) and len(value) <= MOST_TEXT:
            return value
        raise ValueError(f'a text in quotation marks, at most {MOST_TEXT} characters: "…"')
    if term.kind == "date":
        if type(value) is date and 2000 <= value.year <= 2100:
            return value
        raise ValueError("a date such as 2026-09-01")
    if term.kind == "flag":
        if isinstance(value, bool):
            return value
        raise ValueError("true or false")
    if term.kind == "choice":
        if value in term.choices:
            return value
        raise ValueError("one of " + ", ".join(f'"{choice}"' for choice in term.choices))
    return _number(term, value)


def _number(term: Term, value: object) -> Decimal | int:
    least = f"{term.least} or more" if term.most is None else f"{term.least} to {term.most}"
    words = f"a {'whole number' if term.kind == 'whole' else 'number'}, {least}"
    words += f', or "{NO_LIMIT}"' if term.limit else ""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(words)
    number = Decimal(value)
    inside = number.is_finite() and number >= term.least and (term.most is None or number <= term.most)
    if not inside or (term.kind == "whole" and number != int(number)):
        raise ValueError(words)
    return int(number) if term.kind == "whole" else number


def _completed(given: Mapping[str, object], settings: Settings, plan: Plan) -> Terms:
    """The terms with what stands for those left out."""
    publish = given.get("publish") or day_of(plan)
    deadline = given.get("deadline") or publish + timedelta(days=DAYS_TO_ANSWER)
    awards = settings.awards
    defaults = {
        "publish": publish,
        "deadline": deadline,
        "start": _first_day(settings.case.first_month, deadline + timedelta(days=DAYS_TO_START)),
        "years": ONE,
        "extension_years": ZERO,
        "vat": ZERO,
        "uplift": awards.max_price_over_benchmark or ZERO,
        "quality_weight": ZERO,
        "max_lots_bid": None,
        "max_lots_awarded": awards.max_lots_per_supplier,
        "max_share_per_owner": awards.max_share_per_owner,
        "reserved": "no",
        "engaged": False,
    }
    return Terms(**{field.name: given.get(field.name, defaults.get(field.name, "")) for field in fields(Terms)})


def day_of(plan: Plan) -> date:
    """The day the plan was made, as its run says; the first day of 2026 where it does not."""
    try:
        return date.fromisoformat(str(plan.run.get("time", ""))[:10])
    except ValueError:
        return date(2026, 1, 1)


def _first_day(month: int, not_before: date) -> date:
    year = not_before.year
    return next(day for day in (date(year, month, 1), date(year + 1, month, 1)) if day >= not_before)


def _in_order(terms: Terms) -> Terms:
    if not terms.publish <= terms.deadline <= terms.start:
        raise DataError([Fault(
            FILE, 0, "deadline", str(terms.deadline),
            f"published {terms.publish}, bids until {terms.deadline}, start {terms.start}: not in this order",
            "put the dates in order")])  # fmt: skip
    return terms


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return f'"{NO_LIMIT}"'
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        plain = "".join(mark if mark.isprintable() else f"\\u{ord(mark):04x}" for mark in escaped)
        return f'"{plain}"'
    return str(value)
