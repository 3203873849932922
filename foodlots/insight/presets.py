"""Starting points for the buyer's levers: what each is after, in a word, and the settings it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass

Label = tuple[str, str]  # section and key of settings.toml


@dataclass(frozen=True)
class Preset:
    """A named choice of aims; settings it does not name stay as they are."""

    name: str
    title: str
    what: str
    settings: Mapping[Label, str]


def _aims(km: str = "0", kgco2e: str = "0", local: str = "0", balance: str = "0") -> dict[Label, str]:
    return {
        ("aims", "km_gbp"): km,
        ("aims", "kgco2e_gbp"): kgco2e,
        ("aims", "local_spend_gbp"): local,
        ("aims", "balance_gbp"): balance,
    }


NO_FLOORS = {("floors", "local"): "0", ("floors", "small"): "0", ("floors", "organic_or_higher"): "0"}

PRESETS = (
    Preset("price", "Best price", "The lowest cost to the buyer, whoever wins. No floors, no other aims.",
           _aims() | NO_FLOORS),
    Preset("balanced", "Balanced", "Each £ kept local counts as worth 5p, each km not driven 10p.",
           _aims(km="0.1", local="0.05")),
    Preset("local", "Most local", "Each £ kept local counts as worth 50p: the buyer pays more to keep money near.",
           _aims(local="0.5")),
    Preset("carbon", "Lowest carbon", "Each kg of greenhouse gas saved counts as worth £5. The food asked for stays "
           "the same, so this shortens its journeys.", _aims(kgco2e="5")),
)  # fmt: skip
