"""Ways to spoil the papers of a right plan: each gives a function that changes them in place."""

from decimal import Decimal

D = Decimal
DRIVEN = ("gbp", "collection_gbp", "delivery_gbp")
COUNTED = ("visits", "drops", "km", "round_km", "able_bidders")


def units(column):
    """One of what a column counts: a gram, a penny, a thousandth of a ratio, a whole anything else; 0 for words.

    Two pence where kilometres stand behind them: within 1/100 penny of a half, either penny is right.
    """
    if column.endswith("gbp"):
        return D("0.02") if column in DRIVEN else D("0.01")
    return {"kg": D("0.001"), "fill": D("0.001"), "share": D("0.01")}.get(column, D(column in COUNTED))


def put(file, row, column, value):
    """Another value in a cell of the plan."""
    return lambda papers: papers[file][row].update({column: value})


def add(file, row, column, by):
    """A little more or less in a cell of the plan, written with the decimals it had."""

    def spoil(papers):
        cells = papers[file][row]
        cells[column] = str(D(cells[column]) + D(by))

    return spoil


def tell(file, key, value):
    """Another value in summary.json or run.json; a function makes it of the one that stood there."""
    return lambda papers: papers[file].update({key: value(papers[file][key]) if callable(value) else value})


def drop(file, row):
    return lambda papers: papers[file].pop(row)


def again(file, row, **changes):
    return lambda papers: papers[file].append(papers[file][row] | changes)


def without(file, key=None):
    """A figure, a column or (no key) a whole file left out."""

    def spoil(papers):
        rows = papers[file] if key else papers
        for row in rows if isinstance(rows, list) else [rows]:
            del row[key or file]

    return spoil


def all_of(*spoils):
    def spoil(papers):
        for one in spoils:
            one(papers)

    return spoil


def line(papers, file, **cells):
    """The number of the row with these cells."""
    return next(n for n, row in enumerate(papers[file]) if all(row[key] == value for key, value in cells.items()))


def at(file, column, change, **cells):
    """Another value in the row with these cells; a number changes by it, a text becomes it."""

    def spoil(papers):
        row = papers[file][line(papers, file, **cells)]
        row[column] = str(D(row[column]) + change) if isinstance(change, Decimal) else change

    return spoil


def order(name, *sites, km=None, file="lots"):
    """A round driven in another order, with its length as stated or as it was."""

    def spoil(papers):
        kept = [row for row in papers["rounds"] if row["round"] != name]
        papers["rounds"] = kept + [{"round": name, "stop": str(n), "site": s} for n, s in enumerate(sites, start=1)]
        if km:
            key = {"lots": "lot", "distribution": "distribution"}[file]
            papers[file][line(papers, file, **{key: name})]["round_km"] = km

    return spoil
