"""What a cell of a case may say in the plain form of the contract: each reader gives its value or says why not."""

import re
import unicodedata
from decimal import Decimal

from foodlots.audit.exact import YEAR, OffGrid
from foodlots.audit.say import MONTHS

PLAIN = re.compile(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
LONGEST_NUMBER = 28  # characters
BY_NAME = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
BY_NAME |= {name[:3]: number for name, number in BY_NAME.items()} | {"sept": 9}
FLAGS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def number(text: str) -> Decimal:
    """A plain number, which may be less than nothing."""
    if len(text) > LONGEST_NUMBER or not PLAIN.fullmatch(text):
        raise OffGrid("it is not a plain number")
    return Decimal(text) or Decimal(0)


def amount(text: str) -> Decimal:
    """A plain number, 0 or more."""
    if number(text) < 0:
        raise OffGrid("it is less than nothing")
    return number(text)


def price(text: str) -> Decimal:
    """A plain number above 0."""
    if not amount(text):
        raise OffGrid("it is nothing")
    return amount(text)


def whole(text: str) -> int:
    """A whole number, 0 or more."""
    if amount(text) % 1:
        raise OffGrid("it is not a whole number")
    return int(amount(text))


def degrees(text: str) -> float:
    """Degrees north or east."""
    return float(number(text))


def kilometres(text: str) -> float:
    return float(amount(text))


def words(text: str) -> str:
    """Free text without control marks and hidden ones, its accents composed."""
    strange = (mark for mark in text if unicodedata.category(mark).startswith("C") and mark not in "\t\r\n")
    if any(strange) or not unicodedata.is_normalized("NFC", text):
        raise OffGrid("it holds marks that are not plain text")
    return text


def label(text: str) -> str:
    """Text on one line."""
    return " ".join(words(text).split())


def labels(text: str) -> frozenset[str]:
    """Texts joined by `;`."""
    return frozenset(label(part) for part in text.split(";") if part.strip())


def name(text: str) -> str:
    """An id: letters, digits and _."""
    if not re.fullmatch("[A-Za-z0-9_]{1,80}", text):
        raise OffGrid("an id has letters, digits and _ only")
    return text


def names(text: str) -> tuple[str, ...]:
    """Ids joined by `;`, in order."""
    return tuple(sorted({name(part.strip()) for part in text.split(";") if part.strip()}))


def word(text: str) -> str:
    """One of the words of a list: small letters and _."""
    if not re.fullmatch("[a-z_]+", text):
        raise OffGrid("it is not one word in small letters")
    return text


def hold(text: str) -> str:
    """Whether a bidder must win, or must not."""
    if text not in ("award", "never"):
        raise OffGrid("it is neither award nor never")
    return text


def flag(text: str) -> bool:
    """yes, no, true, false, 1 or 0."""
    if text.lower() not in FLAGS:
        raise OffGrid("it is not yes or no")
    return FLAGS[text.lower()]


def code(text: str) -> str:
    """The code of a council area, in capitals."""
    if not re.fullmatch("[A-Z0-9]{1,20}", text.upper()):
        raise OffGrid("an area code has letters and digits only")
    return text.upper()


def cpv(text: str) -> str:
    """Eight digits; a check digit after them is left out."""
    if not re.fullmatch("[0-9]{8}(-[0-9])?", text):
        raise OffGrid("a CPV code has eight digits")
    return text[:8]


def postcode(text: str) -> str:
    """A postcode as it is typed, in capitals."""
    return label(text.upper())


def year_month(text: str) -> str:
    """A month of a year: 2027-03."""
    if not re.fullmatch("[12][0-9]{3}-(0[1-9]|1[0-2])", text):
        raise OffGrid("it is not a month of a year such as 2027-03")
    return text


def month(text: str) -> int:
    """A month by number or English name."""
    told = text.lower()
    found = BY_NAME.get(told) or (int(told) if re.fullmatch("[0-9]{1,2}", told) else 0)
    if found not in YEAR:
        raise OffGrid("it is not a month")
    return found


def months(text: str) -> tuple[int, ...]:
    """Months written `Jun-Oct`, `6-10`, `1-3;11-12` or `all`, in calendar order; a span may run over the new year."""
    if text.lower() == "all":
        return YEAR
    found = [each for part in text.split(";") for each in _span(part)]
    if len(set(found)) < len(found):
        raise OffGrid("a month stands twice")
    return tuple(sorted(found))


def _span(part: str) -> list[int]:
    first, _, last = (end.strip() for end in part.partition("-"))
    start = month(first)
    return [(start - 1 + step) % 12 + 1 for step in range((month(last or first) - start) % 12 + 1)]
