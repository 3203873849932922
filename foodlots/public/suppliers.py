"""One supplier under the several spellings of a ledger: names without their trimmings, the nearest ones together."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

TRIMMINGS = re.compile(
    r"\b(limited|ltd|plc|llp|lp|cic|co|company|uk|the|and|group|holdings|services?|t/?a|trading as)\b"
)
ALIKE = 91  # of 100, by the letters of the trimmed names
LEAST_LETTERS = 5  # shorter names are one only when they are equal


def trimmed(name: str) -> str:
    """A name without Ltd and the like, capitals and marks: `J. Smith & Sons (Preston) Ltd.` is j smith sons preston."""
    plain = re.sub(r"[^a-z0-9/ ]", " ", name.lower().replace("&", " and ").replace("'", ""))
    short = " ".join(TRIMMINGS.sub(" ", plain).replace("/", " ").split())
    return short or " ".join(plain.split())


def as_one(names: Iterable[str]) -> dict[str, str]:
    """Each spelling -> the spelling used most among those that are the same supplier."""
    counted = Counter(names)
    groups: dict[str, list[str]] = {}
    for name in sorted(counted):
        groups.setdefault(trimmed(name), []).append(name)
    heads: dict[str, str] = {}
    for key in sorted(groups, key=lambda key: (-sum(counted[name] for name in groups[key]), key)):
        heads[key] = _head(key, heads)
    spelt: dict[str, Counter] = {}
    for key, head in heads.items():
        spelt.setdefault(head, Counter()).update({name: counted[name] for name in groups[key]})
    best = {head: min(found, key=lambda name: (-found[name], name)) for head, found in spelt.items()}
    return {name: best[heads[key]] for key, own in groups.items() for name in own}


def _head(key: str, heads: Mapping[str, str]) -> str:
    """The supplier, of those met before, that a trimmed name is another spelling of; itself when it is a new one."""
    if len(key) < LEAST_LETTERS or not heads:
        return key
    candidates = sorted({head for head in heads.values() if head[:1] == key[:1] and len(head) >= LEAST_LETTERS})
    found = process.extractOne(key, candidates, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found and _same_numbers(key, found[0]) else key


def _same_numbers(one: str, other: str) -> bool:
    """`Depot 1` and `Depot 2` are two."""
    return re.findall(r"\d+", one) == re.findall(r"\d+", other)


def nearest_known(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Name -> the id of the known producer it is, where one is near enough; known: id -> name."""
    by_name = {trimmed(name): key for key, name in sorted(known.items(), reverse=True)}
    found = {}
    for name in names:
        match = process.extractOne(trimmed(name), by_name.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if match and _same_numbers(trimmed(name), match[0]):
            found[name] = by_name[match[0]]
    return found
