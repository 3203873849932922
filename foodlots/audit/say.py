"""Figures and places in a buyer's words: "lot L03, Carrots, March", "120.001 kg", "£1,234.50"."""

from fractions import Fraction

from foodlots.audit.exact import as_decimal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def kilos(grams: Fraction | int) -> str:
    """Grams as kilos with 3 decimals."""
    return f"{as_decimal(Fraction(grams) / 1000):,.3f} kg"


def pounds(pence: Fraction | int) -> str:
    """Pence as pounds with 2 decimals; with 4 when they are not whole pence."""
    value = Fraction(pence)
    places = 2 if value.denominator == 1 else 4
    return f"{'-' if value < 0 else ''}£{as_decimal(abs(value) / 100):,.{places}f}"


def road(km: float | Fraction) -> str:
    """Kilometres with 6 decimals."""
    return f"{float(km):,.6f} km"


def plain(value: Fraction | int) -> str:
    """A number with no more decimals than it needs, at most 6."""
    text = f"{as_decimal(value):,.6f}"
    return text.rstrip("0").rstrip(".")


def percent(value: Fraction) -> str:
    """A share as a percentage with 4 decimals."""
    return f"{as_decimal(value * 100):,.4f}%"


def month(number: int) -> str:
    """A month's name."""
    return MONTHS[number - 1]


def months(numbers) -> str:
    """Months by name, in calendar order, unbroken runs as "January to July"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_run(run) for run in runs) or "no month"


def _run(run: list[int]) -> str:
    if len(run) == len(MONTHS):
        return "the whole year"
    return month(run[0]) if len(run) == 1 else f"{month(run[0])} to {month(run[-1])}"


def price(gbp: Fraction) -> str:
    """A price by the kilo, exact, with 2 decimals or more."""
    text = f"{as_decimal(gbp):,.6f}"
    return f"£{text[:-4]}{text[-4:].rstrip('0')} a kg"


def these(items) -> str:
    """Ids or names in order, joined by commas; "none" when there are none."""
    return ", ".join(sorted(items)) or "none"


def echo(text: str) -> str:
    """A value as it stood in a file, cut to 80 characters and with nothing in it that cannot be printed."""
    return repr(text if len(text) <= 80 else text[:80] + "…")
