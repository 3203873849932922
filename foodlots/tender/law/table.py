"""The law as one dated table, read from a TOML file that a user may update: thresholds, rules, sources, standings."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from foodlots.errors import DataError, Fault
from foodlots.values.texts import shown

SHIPPED = Path(__file__).with_name("law.toml")
STANDINGS = {"H": "text of the law or two sources seen", "M": "one source seen", "L": "recalled: check it first"}
CAUTIONS = {
    "H": "",
    "M": "One source seen: have it confirmed.",
    "L": "Not verified: written from memory, check it against the law before you rely on it.",
}
RULES = (
    "value", "aggregate", "regime", "vat", "lots", "limit_bid", "limit_awarded", "reservation", "conditions",
    "together", "engagement", "bidders", "able", "quotations", "country", "light_touch", "schools", "nhs", "dates",
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """One rule in a sentence, where it stands, and how sure that is."""

    name: str
    title: str
    words: str
    source: str
    standing: str


@dataclass(frozen=True)
class Threshold:
    """£, VAT included, from which a contract of such an authority is a public contract, in these days."""

    authority: str
    first: date
    last: date
    gbp: Decimal
    source: str
    standing: str


@dataclass(frozen=True)
class Quotation:
    """A rule of the house: how a contract below so many £ is quoted for."""

    below_gbp: Decimal
    words: str


@dataclass(frozen=True)
class Country:
    """A country of the UK: whether these checks are made for it, and what holds there."""

    name: str
    covered: bool
    words: str


@dataclass(frozen=True)
class LawTable:
    """Everything the checks know of the law, the day it was written down, and `text`, the table as its file has it."""

    stated: date
    advice: str
    authorities: Mapping[str, str]
    thresholds: tuple[Threshold, ...]
    notifiable: Mapping[str, Decimal]
    notifiable_source: str
    notifiable_standing: str
    reservation_kinds: tuple[str, ...]
    reservation_country: str
    reservation_from: date
    countries: Mapping[str, Country]
    quotations: tuple[Quotation, ...]
    quotation_source: str
    rules: Mapping[str, Rule]
    text: str

    def threshold(self, kind: str, day: date) -> Threshold | None:
        """The threshold for a buyer of this kind on this day; None outside the days of the table."""
        authority = self.authority(kind)
        return next((t for t in self.thresholds if t.authority == authority and t.first <= day <= t.last), None)

    def authority(self, kind: str) -> str:
        """Central or sub-central, by the kind of buyer."""
        return self.authorities.get(kind, self.authorities["other"])


def read_law(path: Path | None = None) -> LawTable:
    """The law table in the file, else the one that is shipped; raises DataError when it cannot be used."""
    path = path or SHIPPED
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        return _table(tomllib.loads(text, parse_float=Decimal), text)
    except KeyError as missing:
        raise _unusable(path, f"it has no {missing.args[0]!r}") from None
    except (ValueError, TypeError, AttributeError, RecursionError) as trouble:
        raise _unusable(path, str(trouble)) from None


def _unusable(path: Path, why: str) -> DataError:
    return DataError([Fault("law table", 0, "", path.name, f"{path.name} cannot be used ({shown(why)})",
                            "start again from the law.toml of a tender pack")])  # fmt: skip


def _table(found: dict, text: str) -> LawTable:
    return LawTable(
        _day(found["stated"]),
        str(found["advice"]),
        {"other": "sub_central", **{str(kind): str(authority) for kind, authority in found["authorities"].items()}},
        tuple(map(_threshold, found["thresholds"])),
        {str(each["authority"]): _pounds(each["gbp"]) for each in found["notifiable"]},
        str(found["notifiable"][0]["source"]),
        _standing(found["notifiable"][0]["standing"]),
        tuple(map(str, found["reservation"]["kinds"])),
        str(found["reservation"]["country"]),
        _day(found["reservation"]["from"]),
        {
            code: Country(str(c["name"]), c["covered"] is True, str(c["words"]))
            for code, c in found["countries"].items()
        },
        _quotations(found.get("quotations", [])),
        str(found["quotation_source"]["source"]),
        {name: _rule(name, found["rules"][name]) for name in RULES},
        text,
    )


def _threshold(row: dict) -> Threshold:
    return Threshold(
        str(row["authority"]), _day(row["from"]), _day(row["until"]), _pounds(row["gbp"]), str(row["source"]),
        _standing(row["standing"]),
    )  # fmt: skip


def _quotations(rows: list[dict]) -> tuple[Quotation, ...]:
    found = (Quotation(_pounds(row["below_gbp"]), str(row["words"])) for row in rows)
    return tuple(sorted(found, key=lambda quotation: quotation.below_gbp))


def _rule(name: str, row: dict) -> Rule:
    return Rule(name, str(row["title"]), str(row["words"]), str(row["source"]), _standing(row["standing"]))


def _standing(value: object) -> str:
    if value not in STANDINGS:
        raise ValueError(f"standing {value!r}; write H, M or L")
    return str(value)


def _day(value: object) -> date:
    if type(value) is not date:
        raise ValueError(f"{value!r} is no date such as 2026-01-01")
    return value


def _pounds(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value) > 0:
        raise ValueError(f"{value!r} is no amount above 0")
    return Decimal(value)
