"""Menus: kilos of a cycle by hand, faults by row and column, and swaps within a family with their cost."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from golden_case import VILLAGE

from foodlots.case import Offer
from foodlots.cli import FAULTS, main
from foodlots.errors import DataError
from foodlots.insight.menus import demand_rows, kg_per_meal, menu_costs, swaps, with_menu
from foodlots.menu_days import days_in, weeks_in
from foodlots.menu_reading import read_menu
from foodlots.optimise import make_plan
from foodlots.reading import read_case

D = Decimal
CYCLE = """\
week,day,dish,product,g_per_portion,uptake,months
1,monday,Jacket potato,potatoes,200,0.5,
1,monday,Apple crumble,apples,80,1,Sep-Mar
1,tuesday,Milk pudding,milk,100,,
"""


@pytest.fixture(scope="module")
def village():
    return read_case(VILLAGE)[:2]


def menu(case, text=CYCLE):
    return read_menu("menu.csv", text.encode(), case)


def faults(case, text):
    with pytest.raises(DataError) as trouble:
        menu(case, text)
    return [str(fault) for fault in trouble.value.faults]


def test_a_mean_meal_takes_its_part_of_each_day(village):
    """Two days a cycle: 200 g to half the meals on one of two days is 50 g; crumble 40 g, in winter alone."""
    kilos = kg_per_meal(menu(village[0]))
    assert kilos["potatoes", 1] == kilos["potatoes", 6] == D("0.05")
    assert (kilos["apples", 1], kilos.get(("apples", 6)), kilos["milk", 6]) == (D("0.04"), None, D("0.05"))


def test_the_kilos_of_each_kitchen(village):
    """North cooks 300 meals in each of 4 weeks of January: 1,200 × 50 g of potatoes; nothing in August."""
    case = with_menu(*village, menu(village[0]))
    assert case.demand["north", "potatoes", 1] == D(60)
    assert case.demand["south", "apples", 1] == D(32)
    assert not case.budgets
    assert not any(month == 8 for _, _, month in case.demand)
    total = sum(kg for (_, product, _), kg in case.demand.items() if product == "milk")
    assert total == pytest.approx(D(19500) * D("0.05"), abs=D("0.001"))


def test_what_the_menu_costs_beside_the_budget(village):
    costs, asked = menu_costs(*village, menu(village[0]))
    by_name = {cost.category: cost for cost in costs}
    assert by_name["dairy"].gbp == pytest.approx(19500 * 0.05 * 1.0)
    assert by_name["dairy"].before_gbp == pytest.approx(4680)
    assert asked.total_gbp == pytest.approx(sum(cost.gbp for cost in costs))


def test_the_menu_can_be_planned_and_its_table_read_back(village, tmp_path):
    case = with_menu(*village, menu(village[0]))
    assert make_plan(case, village[1]).summary.budget_gbp > 0
    for file in VILLAGE.glob("*"):
        if file.name not in ("budgets.csv", "README.md"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    rows = [("site", "product", "month", "kg"), *demand_rows(case)]
    (tmp_path / "demand.csv").write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    assert read_case(tmp_path)[0].demand == case.demand


@pytest.mark.parametrize(("old", "new", "said"), [
    ("potatoes,200", "potatos,200", "menu row 2, product: 'potatos' is not in products; did you mean 'potatoes'?"),
    ("potatoes,200", "potatoes,none", "menu row 2, g_per_portion"),
    ("200,0.5", "200,1.5", "menu row 2, uptake"),
    ("1,tuesday", "1,tuseday", "menu row 4, day"),
    ("g_per_portion", "grams", "menu row 1"),
])  # fmt: skip
def test_a_fault_is_named_by_row_and_column(village, old, new, said):
    assert any(fault.startswith(said) for fault in faults(village[0], CYCLE.replace(old, new)))


def test_weeks_and_days_are_read_as_caterers_write_them(village):
    """A three-week cycle, Monday to Friday: bread on all fifteen days, a pie on two of them."""
    case = village[0]
    written = """\
Week,Day,Dish,Product,g per portion,uptake,months
Week 1,Mon,Pie,potatoes,150,0.6,
Wk 2,Thurs,Pie,potatoes,150,0.6,
Weeks 1-3,Mon–Fri,Apple,apples,80,1,Sep-Jul
"""
    plain = ["week,day,dish,product,g_per_portion,uptake,months", "1,monday,Pie,potatoes,150,0.6,",
             "2,thursday,Pie,potatoes,150,0.6,"]  # fmt: skip
    plain += [f"{week},{day},Apple,apples,80,1,Sep-Jul" for week in (1, 2, 3)
              for day in ("monday", "tuesday", "wednesday", "thursday", "friday")]  # fmt: skip
    found = menu(case, written)
    assert found == menu(case, "\n".join(plain) + "\n")
    assert kg_per_meal(found)["potatoes", 9] == D(2) * D("0.15") * D("0.6") / 15


@pytest.mark.parametrize(("text", "days"), [
    ("Mon", "monday"), ("TUES.", "tuesday"), ("Weds", "wednesday"), ("thu/fri", "thursday friday"), ("M", "monday"),
    ("Mon to Wed", "monday tuesday wednesday"), ("weekdays", "monday tuesday wednesday thursday friday"), ("T", ""),
    ("Fri-Mon", ""), ("Mon and", ""), ("", ""), ("s", ""),
])  # fmt: skip
def test_days_are_told_where_they_can_be_no_other(text, days):
    assert " ".join(days_in(text)) == days


@pytest.mark.parametrize(("text", "weeks"), [
    ("3", "3"), ("Week Two", "2"), ("w1", "1"), ("1, 3", "1 3"), ("wk 1 to 3", "1 2 3"), ("13", ""), ("0", ""),
    ("1.5", ""), ("odd", ""), ("3-1", ""),
])  # fmt: skip
def test_weeks_are_told_by_number(text, weeks):
    assert " ".join(weeks_in(text)) == weeks


def test_the_same_day_named_twice_in_two_ways_is_a_fault_of_both_rows(village):
    text = CYCLE + "Week 1,Mon-Wed,Jacket potato,potatoes,200,0.5,\n"
    assert "stands in rows 2 and 5" in faults(village[0], text)[0]
    assert "menu row 4, day" in faults(village[0], CYCLE.replace("1,tuesday", "1,Mon-Funday"))[0]


def test_a_line_that_stands_twice_and_an_empty_menu_are_faults(village):
    assert "stands in rows 2 and 5" in faults(village[0], CYCLE + CYCLE.splitlines()[1] + "\n")[0]
    assert "no rows" in faults(village[0], CYCLE.splitlines()[0] + "\n")[0]


def one_family(case):
    """Potatoes and apples in one family: potatoes are spare (450 kg a month each at two farms), apples are short."""
    products = {key: replace(each, family="food") for key, each in case.products.items()}
    return replace(case, products=products)


def test_a_swap_in_place_of_what_is_short(village):
    """July lacks 160 kg of apples (£1.60); Croft's potatoes are £0.50: 450 - 320 = 130 kg left there, then Mead's."""
    case = one_family(village[0])
    found = {(swap.out, swap.into): swap for swap in swaps(case, village[1])}
    swap = found["apples", "potatoes"]
    assert swap.kg == pytest.approx({7: 160})
    assert swap.local_gbp == pytest.approx(130 * 0.50 + 30 * 0.54)
    assert swap.cost_gbp == pytest.approx(130 * 0.50 + 30 * 0.54 - 256)
    assert swap.pence_per_meal == pytest.approx(100 * swap.cost_gbp / 19500)
    assert ("potatoes", "apples") not in found


def test_under_a_plan_what_it_leaves_short_and_unused_counts(village):
    """Croft sells all 320 kg of July's potatoes: the same 130 kg are left, and Mead's 450."""
    case, settings = one_family(village[0]), village[1]
    plan = make_plan(*village)
    (swap,) = [each for each in swaps(case, settings, plan) if each.out == "apples" and each.into == "potatoes"]
    assert swap.kg == pytest.approx({7: 160})
    assert swap.local_gbp == pytest.approx(130 * 0.50 + 30 * 0.54)


def test_no_swap_leaves_the_family_or_the_neighbourhood(village):
    case, settings = village
    assert swaps(case, settings) == ()
    far = {key: replace(each, local=False) for key, each in case.producers.items()}
    assert swaps(replace(one_family(case), producers=far), settings) == ()


def test_a_dearer_swap_says_so(village):
    case, settings = one_family(village[0]), village[1]
    dear = tuple(
        replace(offer, price_gbp_per_kg=D(2)) if offer.product == "potatoes" else offer for offer in case.offers
    )
    (swap,) = [each for each in swaps(replace(case, offers=dear), settings) if each.into == "potatoes"]
    assert swap.cost_gbp == pytest.approx(160 * 0.40)
    assert isinstance(dear[0], Offer)


def test_the_command(tmp_path: Path, capsys):
    file, out = tmp_path / "cycle.csv", tmp_path / "demand.csv"
    file.write_text(CYCLE, encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["menus", str(VILLAGE), "--menu", str(file), "--out", str(out), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert not end.value.code
    assert {cost["category"] for cost in answer["menu"]} == {"dairy", "fruit and vegetables"}
    assert out.read_text(encoding="utf-8").startswith("site,product,month,kg\nnorth,apples,1,48.000\n")
    file.write_text(CYCLE.replace("apples", "aples"), encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["menus", str(VILLAGE), "--menu", str(file)])
    assert end.value.code == FAULTS
    assert "menu row 3, product: 'aples'" in capsys.readouterr().err
