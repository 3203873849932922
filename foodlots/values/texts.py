"""What any cell must be before it can mean anything: clean text of a sensible length."""

import re
import unicodedata

LONGEST_TEXT = 2000
LONGEST_ID = 80
SHOWN = 80

# C0 and C1 controls but tab and line ends, lone surrogates and non-characters.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Zero-width marks, bidirectional overrides, soft hyphen, byte-order mark: they hide what a name says.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Unreadable(Exception):
    """A cell that cannot be read: what is wrong with it, and how to mend it."""

    def __init__(self, problem: str, mend: str):
        super().__init__(f"{problem}; {mend}")
        self.problem = problem
        self.mend = mend


def shown(value: str) -> str:
    """The value as a message may show it: one line, controls spelt out, cut to 80 characters."""
    text = CONTROL.sub(lambda found: f"<U+{ord(found[0]):04X}>", value)
    text = INVISIBLE.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def refuse_controls(text: str) -> None:
    """Nothing when the text holds no control character; else it is named by its code point."""
    found = CONTROL.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        raise Unreadable(
            f"{shown(text)!r} holds the control character {code}", f"write {shown(CONTROL.sub('', text).strip())!r}"
        )


def tidy(text: str) -> tuple[str, str]:
    """The text without outer blanks and invisible marks, accents composed, and a note when a mark was taken out."""
    if text.isascii():
        return text.strip(), ""
    kept = unicodedata.normalize("NFC", INVISIBLE.sub("", text)).strip()
    if INVISIBLE.search(text):
        return kept, "invisible characters were left out"
    return kept, ""


def one_line(text: str) -> str:
    """The text with every run of blanks and line ends as one space."""
    return " ".join(text.split())


def without_accents(text: str) -> str:
    """The nearest ASCII spelling; letters that have none are dropped."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def as_id(text: str) -> str:
    """The nearest id: letters, digits and _ only."""
    return re.sub(r"[^A-Za-z0-9]+", "_", without_accents(text).replace("'", "")).strip("_")[:LONGEST_ID]


def nearest(value: str, candidates, likeness: float = 0.6) -> str:
    """The candidate most like the value, "" when none is near; capitals, blanks and marks do not count."""
    from difflib import get_close_matches

    spellings: dict[str, str] = {}
    for candidate in sorted(candidates):
        spellings.setdefault(as_id(candidate).lower() or candidate, candidate)
    plain = as_id(value).lower() or value
    found = get_close_matches(plain, spellings, n=1, cutoff=max(likeness, 0.8)) or _holding(plain, spellings)
    found = found or get_close_matches(plain, spellings, n=1, cutoff=likeness)
    return spellings[found[0]] if found else ""


def _holding(word: str, spellings) -> list[str]:
    """The one spelling that has the word among its words: price in price_gbp_per_kg."""
    holding = [spelling for spelling in spellings if word in spelling.split("_")]
    return holding if len(holding) == 1 else []


def did_you_mean(value: str, candidates, otherwise: str) -> str:
    """The mend for a name that is not known: the nearest known one, or what else to do."""
    near = nearest(value, candidates)
    return f"did you mean '{near}'?" if near else otherwise
