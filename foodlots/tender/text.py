"""Data as text in a paper: what a file cannot hold or a reader cannot see is taken out, never silently cut."""

import re

LONGEST = 2_000  # characters of one text in a paper
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")  # also those that turn the direction of text
NOT_IN_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def plain(text: object) -> str:
    """The text in one line, without control and direction marks; one too long ends in how much was left out.

    >>> plain("Hill\\x00 Farm"), plain("=1+1")
    ('Hill  Farm', '=1+1')
    """
    line = NOT_IN_XML.sub("\ufffd", UNSEEN.sub("", BREAKS.sub(" ", str(text))))
    if len(line) <= LONGEST:
        return line
    return f"{line[:LONGEST]}… ({len(line) - LONGEST:,} characters more)"


def file_stem(name: str, taken: set[str]) -> str:
    """A file name of letters, digits and hyphens that no other file has on any disk; `taken` is added to."""
    stem = re.sub(r"[^A-Za-z0-9_]+", "-", name).strip("-")[:60] or "paper"
    found, number = stem, 2
    while found.lower() in taken:
        found, number = f"{stem}-{number}", number + 1
    taken.add(found.lower())
    return found
