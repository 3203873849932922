"""The papers themselves: every file there, every value on the grid, every id known, every line once."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation

from foodlots.audit import say
from foodlots.audit.evidence import Evidence
from foodlots.audit.verdict import Breach, breach

Findings = Iterator[Breach | None]

MAKERS = (("foodlots",), ("pulp",), ("highs", "highspy"), ("python",))


def have_every_file(evidence: Evidence) -> Findings:
    """Every file of the plan is there, with every column, whole rows and every figure of the summary."""
    yield from evidence.papers.files


def keep_to_the_grid(evidence: Evidence) -> Findings:
    """Every value is one that can stand in a plan: whole grams, whole pence, months 1 to 12, nothing below 0."""
    yield from evidence.papers.grid


def name_known_things(evidence: Evidence) -> Findings:
    """Every buyer, site, product, producer, depot, lot and round that a line names exists."""
    yield from evidence.papers.known


def list_each_line_once(evidence: Evidence) -> Findings:
    """No line is told twice, and no depot round has the id of a lot."""
    yield from evidence.papers.once


def state_the_inputs(evidence: Evidence) -> Findings:
    """The plan was made from these very inputs: run.json's inputs_sha256 is the case's."""
    stated, found = evidence.papers.run.get("inputs_sha256"), evidence.case.sha256
    if stated is None:
        return
    trouble = "the plan was made from other inputs than this case holds"
    yield None if stated == found else breach("run.json, inputs_sha256", stated, found, trouble)


def state_the_settings(evidence: Evidence) -> Findings:
    """The settings the plan states are those of the case with the overrides it names."""
    stated = evidence.papers.run.get("settings")
    if stated is None:
        return
    if not isinstance(stated, Mapping):
        yield breach("run.json, settings", type(stated).__name__, "sections", "the settings are not given by section")
        return
    asked = {
        (section.name, key.name): getattr(getattr(evidence.made_with, section.name), key.name)
        for section in fields(evidence.made_with)
        for key in fields(getattr(evidence.made_with, section.name))
    }
    given = {
        (section, key): value
        for section, keys in stated.items()
        if isinstance(keys, Mapping)
        for key, value in keys.items()
    }
    for name in sorted({*asked, *given}):
        where = f"run.json, settings {'.'.join(name)}"
        if name not in given:
            yield breach(where, "nothing", shown_value(asked[name]), "this setting is not stated")
        elif name not in asked:
            yield breach(where, given[name], "nothing", "there is no such setting")
        else:
            yield _same_setting(where, given[name], asked[name])


def state_what_made_it(evidence: Evidence) -> Findings:
    """run.json names the versions of foodlots, PuLP, HiGHS and Python, and the seed."""
    versions = evidence.papers.run.get("versions")
    if versions is not None:
        named = {str(key).lower(): value for key, value in versions.items()} if isinstance(versions, Mapping) else {}
        for maker in MAKERS:
            told = [named[key] for key in maker if isinstance(named.get(key), str) and named[key].strip()]
            trouble = f"does not say which version of {maker[0]} made the plan"
            yield None if told else breach("run.json, versions", "nothing", maker[0], trouble)
    if "seed" in evidence.papers.run:
        seed = evidence.papers.run["seed"]
        whole = isinstance(seed, int) and not isinstance(seed, bool)
        yield None if whole else breach("run.json, seed", seed, "a whole number", "the seed is not a whole number")


def _same_setting(where: str, stated: object, found: object) -> Breach | None:
    if same_value(stated, found):
        return None
    shown = shown_value(found)
    trouble = f"{say.echo(str(stated))} stated but the case and its overrides say {shown}"
    return breach(where, stated, shown, trouble)


def same_value(stated: object, found: object) -> bool:
    """Whether a stated value is a setting: numbers by value, as number or text; lists and mappings part by part."""
    if found is None:
        return stated is None or stated == ""
    if isinstance(found, bool):
        return stated is found or str(stated).lower() == str(found).lower()
    if isinstance(found, int | Decimal):
        return _number(stated) == found
    if isinstance(found, tuple | list):
        return isinstance(stated, list) and len(stated) == len(found) and all(map(same_value, stated, found))
    if isinstance(found, Mapping):
        return (
            isinstance(stated, Mapping)
            and stated.keys() == found.keys()
            and all(same_value(stated[key], found[key]) for key in found)
        )
    return stated == found


def shown_value(value: object) -> str:
    """A setting as it would be typed."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(shown_value, value))}]"
    return "nothing" if value is None else str(value)


def _number(stated: object) -> Decimal | None:
    if isinstance(stated, bool) or not isinstance(stated, int | str | Decimal):
        return None
    try:
        number = Decimal(stated)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
