"""The example cases that come with foodlots: folders with a settings.toml and a line that says what each is."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

SAID = {
    "village": ("The village", "2 kitchens and 2 farms: small enough to check with a pencil."),
    "preston": ("Preston", "A council's food budget of £1.6m: 64 kitchens, 105 producers, one depot."),
    "devon": ("Devon", "County schools, hospitals and academies buy together: £3.0m, 120 kitchens, 125 producers."),
}


@dataclass(frozen=True)
class Example:
    """A case to learn from."""

    name: str
    title: str
    what: str
    folder: Path


def examples() -> list[Example]:
    """Every example that is on this machine, the smallest first."""
    home = _home()
    found = [folder for folder in sorted(home.iterdir()) if (folder / "settings.toml").is_file()] if home else []
    order = list(SAID)
    found.sort(key=lambda folder: (order.index(folder.name) if folder.name in order else len(order), folder.name))
    return [Example(folder.name, *SAID.get(folder.name, (_title(folder), "")), folder) for folder in found]


def _home() -> Path | None:
    """Where the examples lie: beside the package, or where FOODLOTS_EXAMPLES says."""
    package = Path(__file__).resolve().parents[1]
    places = [os.environ.get("FOODLOTS_EXAMPLES"), package.parent / "data", package / "data"]
    return next((Path(place) for place in places if place and Path(place).is_dir()), None)


def _title(folder: Path) -> str:
    try:
        return str(tomllib.loads((folder / "settings.toml").read_text(encoding="utf-8"))["case"]["name"])
    except (OSError, KeyError, TypeError, ValueError):
        return folder.name
