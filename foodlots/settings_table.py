"""Every setting of settings.toml, declared once: kind, unit, default, bounds, meaning and where the default is from."""

from dataclasses import dataclass
from decimal import Decimal

from foodlots.case import MONTHS
from foodlots.columns import Column, Table

ZERO = Decimal(0)
ONE = Decimal(1)
NO_LIMIT = "no limit"
ASSUMED = "assumed"
AIMS = ("cost", "local", "carbon", "km", "suppliers", "lots")
TERM_WEEKS = tuple(map(Decimal, ["4.0", "3.2", "4.2", "2.2", "3.6", "4.2", "3.2", "0", "4.2", "3.6", "4.4", "2.2"]))


@dataclass(frozen=True)
class Setting(Column):
    """One setting: a column's declaration, and the section of settings.toml it stands in.

    Further kinds: whole, amounts (least and most), wholes (least and most), seasons, weeks, area_lists, aims.
    """

    section: str = ""

    @property
    def label(self) -> str:
        """How it is named in an override or a message: `awards.max_km`."""
        return f"{self.section}.{self.name}"


def _case(name: str, kind: str, meaning: str, unit: str = "", **more) -> Setting:
    return Setting(name, kind, meaning, unit, section="case", **more)


def _lots(name: str, kind: str, meaning: str, unit: str = "", **more) -> Setting:
    return Setting(name, kind, meaning, unit, section="lots", **more)


def _awards(name: str, kind: str, meaning: str, unit: str = "", **more) -> Setting:
    return Setting(name, kind, meaning, unit, section="awards", **more)


def _floor(name: str, meaning: str) -> Setting:
    return Setting(name, "number", meaning, "share", default=ZERO, least=ZERO, most=ONE, section="floors")


def _limit(name: str, kind: str, meaning: str, unit: str, example: str) -> Setting:
    return Setting(
        name, kind, meaning, unit, default_words=NO_LIMIT, least=ZERO, section="limits", example=example
    )  # fmt: skip


def _cost(name: str, unit: str, default: str, meaning: str, **more) -> Setting:
    bounds = {"least": ZERO} | more
    return Setting(name, "number", meaning, unit, default=Decimal(default), source=ASSUMED, section="costs", **bounds)


def _aim(name: str, unit: str, meaning: str) -> Setting:
    return Setting(name, "number", meaning, unit, default=ZERO, least=ZERO, section="aims")


def _effort(name: str, kind: str, meaning: str, unit: str = "", **more) -> Setting:
    return Setting(name, kind, meaning, unit, section="effort", **more)


SETTINGS = (
    _case("name", "text", "what the case is called on pages and papers", default_words="the folder's name",
          example='"Town Council"'),
    _case("first_month", "month", "calendar month in which the contract year starts", default=9,
          default_words="9", source="school contracts start in September"),
    _case("illustrative", "flag", "prints \"illustrative\" on every page and paper", default=False,
          default_words="false"),
    _case("term_weeks", "weeks", "weeks of school term in each month, January first", "weeks", default=TERM_WEEKS,
          default_words="[4.0, 3.2, 4.2, 2.2, 3.6, 4.2, 3.2, 0, 4.2, 3.6, 4.4, 2.2]", least=ZERO, most=Decimal(5),
          source="an English school year of 39 weeks"),
    _case("pool_buyers", "flag", "whether one lot may serve kitchens of several buyers", default=True,
          default_words="true", source=ASSUMED),
    _case("local_km", "number", "road km within which a producer is local, where no areas are listed", "km",
          default=Decimal(48), above=ZERO, most=Decimal(2000), source="30 miles, a common local food policy"),
    _case("local_areas", "area_lists", "area codes whose producers are local: one list for all buyers, or one for each",
          default=(), default_words="none: local_km decides",
          example='{ town_council = ["E07000123", "E07000119"] }'),
    _lots("value_gbp", "amounts", "least and most value of a lot; either may be left out", "£", default=(None, None),
          default_words=NO_LIMIT, least=ZERO, example="[10000, 150000]"),
    _lots("number", "wholes", "least and most lots; either may be left out", "lots", default=(None, None),
          default_words=NO_LIMIT, least=ZERO, example="[5, 60]"),
    _lots("areas", "whole", "small areas to start from", "areas", default_words="from the number of sites", least=ONE,
          most=Decimal(1000), example="12"),
    _lots("seasons", "seasons", "the months in groups that a lot may not straddle", default=(MONTHS,),
          default_words="the whole year", example="[[9,10,11,12,1,2,3], [4,5,6,7,8]]"),
    _lots("min_able_bidders", "whole",
          "independent bidders who could each win the lot; with fewer it is left to the open market", "owners",
          default=0, default_words="0", least=ZERO),
    _awards("max_lots_per_supplier", "whole", "the most lots one supplier may win", "lots", default_words=NO_LIMIT,
            least=ONE, example="6"),
    _awards("max_share_per_owner", "number", "the most one owner group may win, of the value of all lots", "share",
            default_words=NO_LIMIT, above=ZERO, most=ONE, example="0.25"),
    _awards("min_winners", "whole", "the fewest different winners", "winners", default=0, default_words="0",
            least=ZERO, example="5"),
    _awards("min_fill", "number", "of what a bidder wins, by value, what it must fill itself", "share", default=ZERO,
            least=ZERO, most=ONE, example="0.5"),
    _awards("max_km", "number", "the farthest a bidder may be by road, on top of its own reach", "km",
            default_words=NO_LIMIT, above=ZERO, most=Decimal(2000), example="80"),
    _awards("max_price_over_benchmark", "number", "how far above the open-market price an offer may be", "share",
            default_words=NO_LIMIT, least=ZERO, most=Decimal(10), example="0.15"),
    _awards("max_winners_per_lot", "whole", "winners among whom one lot may be shared", "winners", default=1,
            default_words="1", least=ONE, most=Decimal(5), source="one lot, one contract"),
    _floor("local", "least share of spend paid to local producers"),
    _floor("small", "least share of spend paid to small producers"),
    _floor("organic_or_higher", "least share of spend paid to organic or higher-standard producers"),
    _limit("cost_gbp", "number", "the most all may cost in a year: food, delivery, lots and suppliers", "£", "1600000"),
    _limit("local_gbp", "number", "the least to be paid to local producers in a year", "£", "500000"),
    _limit("km", "number", "the most km of delivery in a year", "km", "60000"),
    _limit("kgco2e", "number", "the most greenhouse gas in a year, of food and delivery", "kg CO₂e", "900000"),
    _limit("winners", "whole", "the most different winners", "winners", "12"),
    _cost("per_km", "£/km", "0.85", "driving"),
    _cost("per_drop", "£", "4.0", "one stop at a kitchen"),
    _cost("per_lot", "£", "1500", "tendering and running one lot for a year"),
    _cost("per_supplier", "£", "800", "taking on and managing one supplier for a year"),
    _cost("road_factor", "times", "1.4", "road km for each km as the crow flies", least=ONE, most=Decimal(3)),
    _cost("collect_gbp_per_kg_km", "£/kg/km", "0.0015", "bringing a member's kilos to its cooperative"),
    _cost("kgco2e_per_km", "kg CO₂e/km", "0.25", "greenhouse gas of driving"),
    _aim("km_gbp", "£/km", "worth of each km not driven"),
    _aim("kgco2e_gbp", "£/kg CO₂e", "worth of each kg of greenhouse gas saved"),
    _aim("local_spend_gbp", "£/£", "worth of each £ kept local"),
    _aim("balance_gbp", "£/£", "worth of each £ by which the largest and smallest lot differ less"),
    Setting("aims", "aims", "aims in a strict order instead of by weight: each as good as can be before the next "
            "counts; cost, as the weights count it, is last unless named", default=(),
            default_words="none: weights decide", example='["local", "cost"]', section="order"),
    Setting("slack", "number", "how much of an aim that comes first may be given up for the next", "share",
            default=Decimal("0.001"), least=ZERO, most=ONE, source=ASSUMED, section="order"),
    _effort("seconds", "number", "the most time to search", unit="s", default=Decimal(60), above=ZERO,
            most=Decimal(86400), source=ASSUMED),
    _effort("gap", "number", "how close to the best possible is close enough, of total spend", unit="share",
            default=Decimal("0.0005"), least=ZERO, most=ONE, source=ASSUMED),
    _effort("threads", "whole", "processor cores to use; 0 for all", unit="cores", default=0, default_words="0",
            least=ZERO, most=Decimal(256)),
    _effort("seed", "whole", "start of the solver's random numbers; the same seed gives the same plan", default=0,
            default_words="0", least=ZERO, most=Decimal(2_000_000_000)),
    _effort("patience", "number",
            "once the gap asked for is proven, how long from the start the search still goes on to prove the rest",
            unit="s", default=Decimal(30), least=ZERO, most=Decimal(86400), source=ASSUMED),
)  # fmt: skip

SECTIONS = tuple(dict.fromkeys(setting.section for setting in SETTINGS))

SETTINGS_SHEET = Table(
    "settings", "The settings, one row each, in a workbook.", ("section", "key"),
    (
        Column("section", "text", "section of the setting", required=True, example="awards"),
        Column("key", "text", "name of the setting", required=True, example="max_km"),
        Column("value", "text", "its value; empty for the default", default="", example="80"),
        Column("default", "text", "what an empty value stands for; for reading only", default=""),
        Column("meaning", "text", "what it does; for reading only", default=""),
    ),
)  # fmt: skip
