"""The plain way to write the model down: kilos by lot and month, every link against all that is asked; for CBC.

The same candidates, bids, rules and costs as foodlots' own model (of settings with a least fill and a largest share per
owner at most), and so the same optimum: a reference to be faster than.
"""

from collections import defaultdict

import pulp

from foodlots.case import MONTHS
from foodlots.optimise.bids import BidBook
from foodlots.optimise.candidates import draw_candidates
from foodlots.optimise.ground import lay_ground
from foodlots.optimise.stock import take_stock


def plain_model(case, settings) -> pulp.LpProblem:
    """The whole problem with its objective, £ a year."""
    ground = lay_ground(case, settings)
    return _Plain(BidBook(ground, take_stock(ground), draw_candidates(ground))).problem


def _binary(name: str) -> pulp.LpVariable:
    return pulp.LpVariable(name, cat=pulp.LpBinary)


class _Plain:
    def __init__(self, book: BidBook):
        self.book, self.ground, self.settings = book, book.ground, book.ground.settings
        self.case, self.stock = book.ground.case, book.stock
        self.problem = pulp.LpProblem("plain", pulp.LpMinimize)
        self.draw = [_binary(f"draw_{lot}") for lot in range(len(book.candidates))]
        self.award = [_binary(f"award_{bid}") for bid in range(len(book.bids))]
        self.win = {bidder: _binary(f"win_{bidder}") for bidder in sorted({bid.channel.bidder for bid in book.bids})}
        self.serve = {at: _binary(f"serve_{at[0]}_{at[1]}") for at in sorted(self._through())}
        self.open = {depot: _binary(f"open_{depot}") for depot in sorted({depot for depot, _ in self.serve})}
        self.supply = dict(self._supplies())
        self._cover()
        self._award()
        self._sell()
        self._deliver()
        self._keep_policies()
        self.problem += pulp.lpSum(self._costs())

    def _through(self) -> set[tuple[str, int]]:
        return {
            (bid.channel.depot, leaf)
            for bid in self.book.bids
            if bid.channel.depot
            for leaf in self.book.candidates[bid.lot].leaves
        }

    def _supplies(self):
        """(bid, grower, product, month) -> kilos, where the lot asks and the grower has."""
        for number, bid in enumerate(self.book.bids):
            candidate = self.book.candidates[bid.lot]
            for grower in self.stock.sells_for[bid.channel.bidder]:
                for row, product in enumerate(candidate.products):
                    for month in MONTHS:
                        has = self.stock.kg[self.stock.row[grower], self.ground.row[product], month - 1]
                        if has > 0 and candidate.kg[row, month - 1] > 0:
                            at = number, grower, product, month
                            yield at, pulp.LpVariable("supply_" + "_".join(map(str, at)), 0)

    def _cover(self) -> None:
        covering = defaultdict(list)
        for lot, candidate in enumerate(self.book.candidates):
            for cell in candidate.cells:
                covering[cell].append(self.draw[lot])
        for lots in covering.values():
            self.problem += pulp.lpSum(lots) == 1

    def _award(self) -> None:
        of_lot = defaultdict(list)
        for number, bid in enumerate(self.book.bids):
            of_lot[bid.lot].append(float(bid.share) * self.award[number])
            self.problem += self.award[number] <= self.win[bid.channel.bidder]
        for lot, shares in of_lot.items():
            self.problem += pulp.lpSum(shares) <= self.draw[lot]

    def _sell(self) -> None:
        in_bid, of_grower = defaultdict(list), defaultdict(list)
        for (number, grower, product, month), kg in self.supply.items():
            in_bid[number, product, month].append(kg)
            of_grower[grower, product, month].append(kg)
        for (number, product, month), kilos in in_bid.items():
            bid = self.book.bids[number]
            candidate = self.book.candidates[bid.lot]
            asked = float(bid.share) * float(candidate.kg[candidate.products.index(product), month - 1])
            self.problem += pulp.lpSum(kilos) <= asked * self.award[number]
        for (grower, product, month), kilos in of_grower.items():
            has = self.stock.kg[self.stock.row[grower], self.ground.row[product], month - 1]
            self.problem += pulp.lpSum(kilos) <= float(has)

    def _deliver(self) -> None:
        for number, bid in enumerate(self.book.bids):
            for leaf in self.book.candidates[bid.lot].leaves if bid.channel.depot else ():
                self.problem += self.award[number] <= self.serve[bid.channel.depot, leaf]
        for (depot, _), serve in self.serve.items():
            self.problem += serve <= self.open[depot]

    def _keep_policies(self) -> None:
        fill, share = float(self.settings.awards.min_fill), self.settings.awards.max_share_per_owner
        filled, won, owned = defaultdict(list), defaultdict(list), defaultdict(list)
        for (number, _, product, _), kg in self.supply.items():
            benchmark = float(self.ground.benchmark[self.ground.row[product]])
            filled[self.book.bids[number].channel.bidder].append(benchmark * kg)
        for number, bid in enumerate(self.book.bids):
            won[bid.channel.bidder].append(bid.to_fill_gbp * self.award[number])
            owned[self.case.producers[bid.channel.bidder].owner_group].append(bid.value_gbp * self.award[number])
        for bidder in won if fill else ():
            self.problem += pulp.lpSum(filled[bidder]) >= fill * pulp.lpSum(won[bidder])
        for values in owned.values() if share is not None else ():
            self.problem += pulp.lpSum(values) <= float(share) * self.ground.value_gbp

    def _costs(self):
        costs, aims, local = self.settings.costs, self.settings.aims, self.ground.local
        worth, km = float(aims.local_spend_gbp), float(aims.km_gbp) + float(aims.kgco2e_gbp * costs.kgco2e_per_km)
        yield self.ground.value_gbp + float(aims.kgco2e_gbp) * self._eaten()
        yield from (float(costs.per_lot) * draw for draw in self.draw)
        for bidder, win in self.win.items():
            own = self.case.producers[bidder].setup_gbp
            yield float(costs.per_supplier if own is None else own) * win
        for number, bid in enumerate(self.book.bids):
            kept = 1 - worth * local[bid.channel.bidder, bid.channel.pool]
            yield (kept * bid.delivery_gbp + km * bid.km) * self.award[number]
        for (number, grower, product, month), kg in self.supply.items():
            channel, row = self.book.bids[number].channel, self.ground.row[product]
            gate = self.stock.price[self.stock.row[grower], row, month - 1]
            paid = float(gate) + self.stock.collection[channel.bidder, grower]
            handling = float(self.case.depots[channel.depot].handling_gbp_per_kg) if channel.depot else 0.0
            kept = 1 - worth * local[grower, channel.pool]
            yield (kept * paid + handling - float(self.ground.benchmark[row])) * kg
        for (depot, leaf), serve in self.serve.items():
            driven, gbp = self.book.distribution(depot, leaf)
            yield (gbp + km * driven) * serve
        for depot, opened in self.open.items():
            yield float(self.case.depots[depot].fixed_gbp) * opened

    def _eaten(self) -> float:
        products = self.ground.products
        return sum(
            float(self.case.products[product].kgco2e_per_kg) * float(self.ground.kg[:, row].sum())
            for row, product in enumerate(products)
        )
