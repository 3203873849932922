"""A tender: a plan with its case, its terms and the law, ready to be checked and written out."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from hashlib import sha256

from foodlots.calendar import contract_year
from foodlots.case import Case
from foodlots.files.raw import RawCase
from foodlots.insight.could_win import Contender, could_win
from foodlots.insight.fits import Inquiry
from foodlots.insight.grounds import ASSUMED, ESTIMATED, Ground, grounds, say_ground
from foodlots.insight.instead import Table
from foodlots.insight.rationale import Reasons, rationale
from foodlots.maps.facts import sites_of
from foodlots.plan import Award, Lot, Plan
from foodlots.plan_cells import columns_of
from foodlots.plan_files import TABLES
from foodlots.settings import Settings
from foodlots.tender.law.table import LawTable
from foodlots.tender.terms import Terms

PUBLIC_PARTS = ("the budget", "what kitchens ask for")
PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Round:
    """The distribution lot of a depot: a year of its rounds to the kitchens, £ a year."""

    depot: str
    areas: tuple[str, ...]
    drops: Decimal
    km: Decimal
    value_gbp: Decimal


@dataclass(frozen=True)
class Tender:
    """Everything the papers are made of; the plan decides lots and values. `raw`: the tables as typed, to keep."""

    case: Case
    settings: Settings
    plan: Plan
    terms: Terms
    law: LawTable
    raw: RawCase | None = None

    @cached_property
    def table(self) -> Table:
        """The case and the plan, laid out to be asked what else could have been decided."""
        return Table(self.case, self.settings, self.plan)

    @cached_property
    def inquiry(self) -> Inquiry:
        """The same for producers' eyes: no price of one is told to another."""
        return Inquiry(self.case, self.settings, self.plan)

    @cached_property
    def able(self) -> Mapping[str, list[Contender]]:
        """Lot -> everyone who could be awarded it and fill the least the buyer allows."""
        least = float(self.settings.awards.min_fill) - 1e-9  # floats only: a share this near the least is on it
        return {
            lot.id: [each for each in could_win(self.table, lot.id) if each.fill >= least] for lot in self.plan.lots
        }

    @cached_property
    def able_owners(self) -> frozenset[str]:
        """Owner groups of which somebody could be awarded at least one lot."""
        return frozenset(self.case.producers[fit.bidder].owner_group for fits in self.able.values() for fit in fits)

    @cached_property
    def reasons(self) -> tuple[Reasons, ...]:
        """Why each lot is as it is, and what else was considered: for the buyer's file."""
        return rationale(self.table)

    @cached_property
    def rests_on(self) -> tuple[Ground, ...]:
        """What the plan rests on, part by part."""
        return grounds(self.case, self.settings, self.plan)

    @property
    def asked_rests_on(self) -> tuple[str, ...]:
        """The same of what is asked for alone, in sentences: nothing of any producer, so that it may be published."""
        parts = [part for part in self.rests_on if part.what in PUBLIC_PARTS]
        return tuple(say_ground(part, known) for part in parts for known in (ESTIMATED, ASSUMED) if part.share(known))

    @cached_property
    def months(self) -> tuple[int, ...]:
        """The twelve months from the start of the contract year."""
        return contract_year(self.settings.case.first_month)

    @cached_property
    def sites(self) -> Mapping[str, list[str]]:
        """Lot -> its kitchens."""
        return sites_of(self.plan)

    @cached_property
    def asked(self) -> Mapping[tuple[str, str, int], Decimal]:
        """(lot, product, month) -> kilos: supplied and short together are all that is asked."""
        kilos: dict[tuple[str, str, int], Decimal] = defaultdict(Decimal)
        for line in (*self.plan.supply, *self.plan.shortfall):
            kilos[line.lot, line.product, line.month] += line.kg
        return dict(kilos)

    @cached_property
    def rounds(self) -> tuple[Round, ...]:
        """The distribution lots, one for each depot that works."""
        return tuple(self._round(depot) for depot in sorted({line.depot for line in self.plan.distribution}))

    def _round(self, depot: str) -> Round:
        lines = [line for line in self.plan.distribution if line.depot == depot]
        fixed = self.case.depots[depot].fixed_gbp
        return Round(
            depot, tuple(line.area for line in lines), sum((line.drops for line in lines), Decimal(0)),
            sum((line.km for line in lines), Decimal(0)),
            pence(sum((line.gbp for line in lines), fixed) + self.handling.get(depot, Decimal(0))),
        )  # fmt: skip

    @cached_property
    def handling(self) -> Mapping[str, Decimal]:
        """Depot -> £ a year for handling what passes through it."""
        paid: dict[str, Decimal] = defaultdict(Decimal)
        for award in self.plan.awards:
            if award.depot:
                paid[award.depot] += award.handling_gbp
        return paid

    @cached_property
    def depots(self) -> Mapping[str, str]:
        """Lot -> the depot it is brought to; lots delivered to the kitchens are left out."""
        return {award.lot: award.depot for award in self.plan.awards if award.depot}

    @cached_property
    def awards(self) -> Mapping[str, tuple[Award, ...]]:
        """Lot -> its awards."""
        found: dict[str, tuple[Award, ...]] = {lot.id: () for lot in self.plan.lots}
        for award in self.plan.awards:
            found[award.lot] += (award,)
        return found

    @property
    def annual_gbp(self) -> Decimal:
        """Value of all lots, those of distribution among them, £ a year."""
        parts = [*(lot.value_gbp for lot in self.plan.lots), *(each.value_gbp for each in self.rounds)]
        return sum(parts, Decimal(0))

    def contract_gbp(self, annual_gbp: Decimal) -> Decimal:
        """The most that could be paid over the longest term, VAT included, to the penny (Sch. 3 para. 1)."""
        terms = self.terms
        return pence(annual_gbp * terms.longest_years * (1 + terms.uplift) * (1 + terms.vat))

    def kg(self, lot: Lot, product: str, month: int) -> Decimal:
        """Kilos of a product that the lot asks for in a month."""
        return self.asked.get((lot.id, product, month), Decimal(0))

    @cached_property
    def fingerprint(self) -> str:
        """What tells this plan's tables from all others: it stands on every paper, and settles ties between bids."""
        return fingerprint_of(self.plan)


def fingerprint_of(plan: Plan) -> str:
    """SHA-256 of the plan's tables as they are written; how long the search took does not count."""
    digest = sha256()
    for table in TABLES:
        for record in getattr(plan, table.name):
            cells = (kind.write(getattr(record, name)) for name, kind in columns_of(table.record).items())
            digest.update(repr((table.name, *cells)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def pence(amount: Decimal) -> Decimal:
    """The amount in whole pence."""
    return amount.quantize(PENNY, ROUND_HALF_UP)
