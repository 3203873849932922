"""Numbers as people type them in spreadsheets, read exactly: never guessed, never rounded."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from foodlots.columns import Column, number_in_words
from foodlots.values.texts import Unreadable, shown

MOST = Decimal(10) ** 12  # £, kg or km: nothing in a council's food year comes near
LONGEST = 28  # characters: what Decimal keeps exactly in its arithmetic
FINEST = {  # smallest amount that is not a slip of the unit: a gram, a hundredth of a penny, a metre
    "kg": Decimal("0.001"),
    "£": Decimal("0.0001"),
    "£/kg": Decimal("0.0001"),
    "£ a year": Decimal("0.0001"),
    "km": Decimal("0.001"),
    "degrees": Decimal(0),
}
FINEST_OTHERWISE = Decimal("0.000001")
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    (0x00A0, 0x2007, 0x2009, 0x202F, 0x3000), " "
)

PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
POWER = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))[eE]([+-]?[0-9]+)")
BRITISH = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
SPACED = re.compile(r"[+-]?[0-9]{1,3}(?:[ '’][0-9]{3})+(?:\.[0-9]+)?")
EUROPEAN = re.compile(r"[+-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,})")
COMMA_DECIMAL = re.compile(r"[+-]?[0-9]+,[0-9]+")
EITHER_WAY = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
MINUS = re.compile(r"^[−–—‐‑‒﹣－]")
BRACKETS = re.compile(r"\(\s*(.+?)\s*\)")
RANGE = re.compile(r"^\D{0,2}[\d.,]+\s*\D{0,3}(?:-|–|—|to|/)\s*\D{0,2}[\d.,]+\D{0,4}$", re.I)
NOT_FINITE = {"nan", "inf", "infinity", "∞", "1.#inf", "1.#qnan"}


def has_comma_decimals(texts: Iterable[str]) -> bool:
    """Whether a column writes 1,5 for one and a half: some value must say so, and none may say otherwise."""
    telling = False
    for text in texts:
        text = text.strip()
        if "," not in text and "." not in text:
            continue
        if EITHER_WAY.fullmatch(text) or not (COMMA_DECIMAL.fullmatch(text) or EUROPEAN.fullmatch(text)):
            return False
        telling = telling or bool(COMMA_DECIMAL.fullmatch(text))
    return telling


def read_number(text: str, column: Column, comma_decimals: bool = False) -> tuple[Decimal, str]:
    """The amount a cell holds, and a note when it was not plainly written; raises Unreadable.

    Forgiven, with a note: £, thousands marks, full-width digits, typographic minus, (1,200), 15% in a share.
    Refused, with a mend: ranges, "TBC", units, pence, letters for digits, what is not finite, what is out of bounds.
    """
    if len(text) > LONGEST:
        raise Unreadable(f"{shown(text)!r} is too long for a number ({len(text):,} characters)", "write one number")
    if PLAIN.fullmatch(text):
        value, note = Decimal(text), ""
    else:
        value = _unusual(text, column, comma_decimals)
        note = f"{shown(text)!r} was read as {number_in_words(value)}"
    value = value if value else Decimal(0)
    refuse_out_of_bounds(text, value, column)
    return value, note


def refuse_out_of_bounds(text: str, value: Decimal, column) -> None:
    """Nothing when the value keeps the column's bounds; else the bound it breaks is named."""
    found = shown(text)
    if abs(value) > MOST:
        raise Unreadable(f"{found!r} is implausibly large", _with_unit("write the amount", column))
    if column.above is not None and value <= column.above:
        raise Unreadable(f"{found!r} is not above {number_in_words(column.above)}",
                         f"write a number above {number_in_words(column.above)}")  # fmt: skip
    if column.least is not None and value < column.least:
        least = number_in_words(column.least)
        raise Unreadable(f"{found!r} is below {least}, the least allowed", f"write {least} or more")
    if column.most is not None and value > column.most:
        raise Unreadable(f"{found!r} is above {number_in_words(column.most)}, the most allowed",
                         _mend_of_too_much(value, column))  # fmt: skip
    finest = FINEST.get(column.unit, FINEST_OTHERWISE)
    if value and abs(value) < finest:
        least = f"{number_in_words(finest)} {column.unit}".rstrip()
        raise Unreadable(f"{found!r} is less than {least}, the least that counts",
                         _with_unit("write 0, or the amount", column))  # fmt: skip


def _mend_of_too_much(value: Decimal, column) -> str:
    most = number_in_words(column.most)
    if column.unit == "share" and value <= 100:
        return f"write {number_in_words(value / 100)} for {number_in_words(value)}%"
    if column.unit == "km":
        return f"write {most} or less; leave the row out when there is no road"
    return f"write {most} or less"


def _with_unit(words: str, column) -> str:
    return f"{words} in {column.unit}" if column.unit else words


def _unusual(text: str, column: Column, comma_decimals: bool) -> Decimal:
    plain = " ".join(MINUS.sub("-", text.translate(FULL_WIDTH).strip()).split())
    if plain.lower().strip("+-() ") in NOT_FINITE:
        raise Unreadable(f"{shown(text)!r} is not a finite number", "write a number")
    negative = BRACKETS.fullmatch(plain)
    plain = negative[1] if negative else plain
    plain, percent = _without_marks(plain, text, column)
    value = _digits(plain, text, comma_decimals)
    if value is None:
        raise Unreadable(f"{shown(text)!r} is not a number", _mend(plain, column))
    value = value.scaleb(-2) if percent else value
    return -value if negative else value


def _without_marks(plain: str, text: str, column: Column) -> tuple[str, bool]:
    """The digits without £ (in a £ column) or % (in a share); raises Unreadable when the mark is out of place."""
    money = re.sub(r"^([+-]?)\s*(?:£|GBP)\s*|\s*(?:£|GBP)(?:\s*(?:/|per)\s*kg)?$", r"\1", plain, flags=re.I)
    money = re.sub(r"(?<=\d)\s*(?:/|per)\s*kg$", "", money, flags=re.I) if column.unit == "£/kg" else money
    if money != plain and not column.unit.startswith("£"):
        raise Unreadable(f"{shown(text)!r} is money, but {column.name} is not", _with_unit("write the number", column))
    if not money.endswith("%"):
        return money, False
    if column.unit != "share":
        raise Unreadable(f"{shown(text)!r} is a percentage, but {column.name} is not",
                         _with_unit("write the number", column))  # fmt: skip
    return money[:-1].strip(), True


def _digits(plain: str, text: str, comma_decimals: bool) -> Decimal | None:
    """The number when only its marks are unusual, None when it is no number."""
    if not plain.isascii() and any(letter.isdecimal() and not letter.isascii() for letter in plain):
        return None
    if PLAIN.fullmatch(plain):
        return Decimal(plain)
    if power := POWER.fullmatch(plain):
        return _power(Decimal(power[1]), power[2], text)
    if BRITISH.fullmatch(plain):
        return _thousands(plain, text, comma_decimals)
    if SPACED.fullmatch(plain):
        return Decimal(re.sub("[ '’]", "", plain))
    if EUROPEAN.fullmatch(plain) or (comma_decimals and COMMA_DECIMAL.fullmatch(plain)):
        return Decimal(plain.replace(".", "").replace(",", "."))
    trailing = re.fullmatch(r"([0-9.]+)\s*-", plain)
    return -Decimal(trailing[1]) if trailing and PLAIN.fullmatch(trailing[1]) else None


def _power(mantissa: Decimal, exponent: str, text: str) -> Decimal:
    if len(exponent) > 3:
        raise Unreadable(f"{shown(text)!r} is not a finite number", "write a number without an exponent")
    return mantissa.scaleb(int(exponent))


def _thousands(plain: str, text: str, comma_decimals: bool) -> Decimal:
    if comma_decimals:
        raise Unreadable(f"{shown(text)!r} may mean {plain.replace(',', '.')} or {plain.replace(',', '')}",
                         "write it without a comma")  # fmt: skip
    return Decimal(plain.replace(",", ""))


def _mend(plain: str, column: Column) -> str:
    """The likeliest thing meant, offered and never taken."""
    otherwise = "write one number" if column.required else "write one number, or leave the cell empty"
    if guess := _look_alikes(plain):
        return f"a letter stands for a digit: write {guess}"
    if COMMA_DECIMAL.fullmatch(plain):
        return f"write {plain.replace(',', '.')}"
    pence = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)\s*p(?:ence)?(?:\s*(?:/|per)\s*kg)?", plain, re.I)
    if pence and column.unit.startswith("£"):
        return f"write {number_in_words(Decimal(pence[1]).scaleb(-2))}, in £"
    if RANGE.match(plain):
        return f"a range is not averaged: {otherwise}"
    numbers = re.findall(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?", "".join(_ascii_digit(letter) for letter in plain))
    if len(numbers) == 1:
        return f"write {numbers[0].replace(',', '')}{_in_unit(column)}"
    return otherwise


def _in_unit(column: Column) -> str:
    return f", in {column.unit}" if column.unit else ""


def _ascii_digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def _look_alikes(plain: str) -> str:
    """The number that letters O, l, I, S and B were typed for, "" when there is none."""
    if not re.search(r"[0-9]", plain) or not re.search(r"[OolISB|]", plain):
        return ""
    digits = plain.translate(str.maketrans("OolI|SB", "0011158")).replace(",", "")
    return digits if PLAIN.fullmatch(digits) else ""
