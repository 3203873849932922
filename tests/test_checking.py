"""What checking promises beyond single faults: settings, edits, positions, notes, order."""

import random
from decimal import Decimal

import pytest
from small_case import GOOD, SETTINGS, as_csv, checked, files, grid, with_cell, with_setting

from foodlots import checking
from foodlots.case import MONTHS
from foodlots.checking import check
from foodlots.errors import DataError
from foodlots.reading import edit_table, read_case, read_tables
from foodlots.settings_table import SETTINGS as DECLARED
from foodlots.tables import TABLES


def settings_of(*overrides: str, text: str = SETTINGS):
    return read_case(files(settings=text), overrides)[1]


def test_defaults_are_those_of_the_contract():
    found = settings_of(text="")
    assert (found.case.name, found.case.first_month, found.case.illustrative) == ("Food lots", 9, False)
    assert (found.case.pool_buyers, found.case.local_km, dict(found.case.local_areas)) == (True, 48, {})
    assert sum(found.case.term_weeks) == 39
    assert found.case.term_weeks[7] == 0
    assert (found.lots.value_gbp, found.lots.number, found.lots.areas) == ((None, None), (None, None), None)
    assert (found.lots.seasons, found.lots.min_able_bidders) == ((MONTHS,), 0)
    awards = found.awards
    assert (awards.max_lots_per_supplier, awards.max_share_per_owner, awards.max_km) == (None, None, None)
    assert (awards.min_winners, awards.min_fill, awards.max_winners_per_lot) == (0, 0, 1)
    assert awards.max_price_over_benchmark is None
    assert (found.floors.local, found.floors.small, found.floors.organic_or_higher) == (0, 0, 0)
    costs = found.costs
    assert (costs.per_km, costs.per_drop, costs.per_lot, costs.per_supplier, costs.road_factor) == (
        Decimal("0.85"), 4, 1500, 800, Decimal("1.4"))  # fmt: skip
    assert (costs.collect_gbp_per_kg_km, costs.kgco2e_per_km) == (Decimal("0.0015"), Decimal("0.25"))
    assert set(vars(found.aims).values()) == {Decimal(0)}
    effort = found.effort
    assert (effort.seconds, effort.gap, effort.threads, effort.seed, effort.patience) == (
        60, Decimal("0.0005"), 0, 0, 30)  # fmt: skip


def test_every_declared_setting_is_a_field():
    found = settings_of()
    declared = {(setting.section, setting.name) for setting in DECLARED}
    fields = {(section, name) for section in vars(found) for name in vars(getattr(found, section))}
    assert declared == fields


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[5000, 90000]", (5000, 90000)),
        ("[5000]", (5000, None)),
        ("[, 90000]", (None, 90000)),
        ("[5000,]", (5000, None)),
        ('["", 90000]', (None, 90000)),
        ('["£5,000", "£90,000.50"]', (5000, Decimal("90000.50"))),
        ("{ most = 90000 }", (None, 90000)),
        ("none", (None, None)),
        ("", (None, None)),
    ],
)
def test_least_and_most_of_a_lot(text, value):
    assert settings_of(f"lots.value_gbp={text}").lots.value_gbp == value


@pytest.mark.parametrize(
    ("override", "section", "name", "value"),
    [
        ("awards.max_km=60", "awards", "max_km", 60),
        (" awards.max_km = none", "awards", "max_km", None),
        ("awards.max_share_per_owner=25%", "awards", "max_share_per_owner", Decimal("0.25")),
        ("lots.seasons=[[9,10,11,12,1,2,3],[4,5,6,7,8]]", "lots", "seasons",
         ((9, 10, 11, 12, 1, 2, 3), (4, 5, 6, 7, 8))),
        ('lots.seasons=["Sep-Mar", "Apr-Aug"]', "lots", "seasons", ((1, 2, 3, 9, 10, 11, 12), (4, 5, 6, 7, 8))),
        ("case.illustrative=yes", "case", "illustrative", True),
        ("case.first_month=April", "case", "first_month", 4),
        ('case.name="Over Wallop"', "case", "name", "Over Wallop"),
        ("case.name=Over = Wallop", "case", "name", "Over = Wallop"),
        ("case.local_areas=[\"e07000123\"]", "case", "local_areas", {"*": ("E07000123",)}),
        ("case.local_areas={town = [\"E07000123\", \"E07000119\"]}", "case", "local_areas",
         {"town": ("E07000119", "E07000123")}),
        ("effort.threads=2", "effort", "threads", 2),
    ],
)  # fmt: skip
def test_override_wins(override, section, name, value):
    assert getattr(getattr(settings_of(override), section), name) == value


@pytest.mark.parametrize(
    ("override", "mend"),
    [
        ("awards.max_kms=60", "did you mean 'awards.max_km'?"),
        ("award.max_km=60", "did you mean 'awards.max_km'?"),
        ("max_km=60", "section.key=value"),
        ("nonsense", "section.key=value"),
        ("aims.happiness=1", "use one of km_gbp"),
        ("happy.days=1", "use one of case"),
        ("lots.value_gbp=5000", "write [10000, 150000]"),
        ("lots.value_gbp=[1,2,3]", "write [10000, 150000]"),
        ("lots.number=[1.5, 3]", "write 1 or 2"),
        ("lots.areas=0", "write 1 or more"),
        ("lots.seasons=[]", "write [[9"),
        ("lots.seasons=[[1,2]", "write [[9"),
        ("awards.min_fill=1.2", "0.012 for 1.2%"),
        ("awards.max_km=0", "above 0"),
        ("effort.seconds=0", "above 0"),
        ("effort.threads=-1", "0 or more"),
        ("costs.road_factor=0.9", "1 or more"),
        ("case.first_month=13", "from 1 to 12"),
        ("case.illustrative=perhaps", "yes or no"),
        ("case.local_areas=[1, 2]", "town_council"),
        ("case.term_weeks=[0,0,0,0,0,0,0,0,0,0,0,0]", "4.0"),
        ("case.term_weeks=[6,0,0,0,0,0,0,0,0,0,0,0]", "5 or less"),
    ],
)
def test_bad_override_is_named(override, mend):
    with pytest.raises(DataError) as trouble:
        settings_of(override)
    (fault,) = trouble.value.faults
    assert fault.table == "settings"
    assert mend in fault.mend


def test_last_setting_wins():
    assert settings_of("awards.max_km=60", "awards.max_km=70").awards.max_km == 70


def test_local_areas_as_a_section_of_its_own():
    text = '[case.local_areas]\ntown = ["E07000123"]\n'
    assert dict(settings_of(text=text).case.local_areas) == {"town": ("E07000123",)}


def test_values_are_exact_and_defaults_filled_in():
    case, _, _ = read_case(files())
    assert case.budgets["town", "vegetables"] == Decimal(40000)
    assert case.products["carrot"].benchmark_gbp_per_kg == Decimal("0.80")
    assert case.sites["mill"].term_time is True
    assert case.sites["park"].term_time is True
    assert case.sites["ward"].term_time is False
    assert case.sites["park"].deliveries_per_week == 5
    assert case.producers["hill"].owner_group == "hill"
    assert case.producers["hill"].member_of == ("grange",)
    assert case.producers["dale"].accreditations == frozenset({"dairy", "Red Tractor"})
    assert (case.producers["dale"].small, case.producers["dale"].social_enterprise) == (True, False)
    assert (case.producers["hill"].local, case.producers["dale"].local, case.producers["grange"].local) == (
        None, None, True)  # fmt: skip
    assert case.producers["dale"].max_contract_gbp is None
    assert case.depots["hub"].handling_gbp_per_kg == Decimal("0.06")
    assert case.distances == {("hill", "mill"): Decimal("16.5"), ("mill", "hill"): Decimal("16.5")}
    assert [(offer.producer, offer.product, offer.months[0]) for offer in case.offers] == sorted(
        (offer.producer, offer.product, offer.months[0]) for offer in case.offers
    )
    leeks = next(offer for offer in case.offers if offer.product == "leek" and len(offer.months) == 4)
    assert leeks.months == (1, 2, 11, 12)


def test_each_way_of_a_road_is_kept_when_both_are_given():
    case, _, notes = read_case(files(distances=GOOD["distances"] + "mill,hill,18\n"))
    assert case.distances == {("hill", "mill"): Decimal("16.5"), ("mill", "hill"): Decimal(18)}
    assert any("the way back (row 2) is 16.5 km" in note.problem for note in notes)


def test_kilos_may_be_given_instead_of_budgets():
    text = "site,product,month,kg\nmill,carrot,Sep,12.5\nward,milk,10,0\n"
    case, _, notes = read_case(files(budgets=None, demand=text))
    assert case.budgets == {}
    assert case.demand == {("mill", "carrot", 9): Decimal("12.5"), ("ward", "milk", 10): Decimal(0)}
    assert any("nothing is asked for" in note.problem for note in notes)


def test_lots_drawn_for_kilos_need_hold_only_what_is_asked():
    demand = "site,product,month,kg\nmill,carrot,9,12\nmill,carrot,10,12\n"
    drawn = files(budgets=None, demand=demand, lots="lot,site,product,months\na,mill,carrot,9\nb,mill,carrot,10\n")
    assert read_case(drawn)[0].lots == {"a": (("mill", "carrot", (9,)),), "b": (("mill", "carrot", (10,)),)}
    short = files(budgets=None, demand=demand, lots="lot,site,product,months\na,mill,carrot,9\n")
    (fault,) = checked(short).blocking
    assert "October" in fault.problem


def test_postcode_gives_a_position():
    postcode = GOOD["sites"].replace(",,53.75,-2.70,", ",pr1 6au,,,")
    place = read_case(files(sites=postcode))[0].sites["mill"].place
    assert place.postcode == "PR1 6AU"
    assert abs(place.lat - 53.77) < 0.05
    assert abs(place.lon + 2.7) < 0.05


def test_lat_and_lon_far_from_the_postcode_are_warned_of():
    text = GOOD["sites"].replace(",,53.75,-2.70,", ",EX1 1AA,53.75,-2.70,")
    case, _, notes = read_case(files(sites=text))
    assert case.sites["mill"].place.lat == 53.75
    assert [(note.table, note.row, note.severity) for note in notes] == [("sites", 2, "warn")]


def test_category_without_budget_is_only_noted():
    text = GOOD["products"] + "beef,Beef,red meat,meat,,7,,1,1,\n"
    notes = read_case(files(products=text))[2]
    assert [(note.table, note.row, note.column) for note in notes] == [("products", 5, "category")]
    assert notes[0].severity == "note"


def test_no_offers_is_a_warning():
    notes = read_case(files(offers=None))[2]
    assert [(note.table, note.severity) for note in notes] == [("offers", "warn")]


def test_shares_may_be_off_by_a_thousandth():
    assert read_case(with_cell("products", 2, "budget_share", "0.6005"))[0]
    assert read_case(with_cell("products", 2, "budget_share", "0.599"))[0]
    assert checked(with_cell("products", 2, "budget_share", "0.5989")).blocking


def test_edits_on_a_screen_are_checked_as_files_are():
    raw = read_tables(files())
    rows = grid("offers")
    rows[1][0] = "hil"
    edited = edit_table(raw, "offers", rows[0], rows[1:])
    assert [str(fault) for fault in check(edited).blocking] == [
        "offers row 2, producer: 'hil' is not in producers; did you mean 'hill'?"
    ]
    rows[1][0] = "hill"
    assert check(edit_table(edited, "offers", rows[0], rows[1:])).case == read_case(files())[0]


def test_edit_that_loses_a_column_is_a_fault_and_can_be_undone():
    raw = read_tables(files())
    broken = edit_table(raw, "buyers", ["buyer"], [["town"]])
    assert [(fault.table, fault.column) for fault in check(broken).blocking] == [("buyers", "name")]
    rows = grid("buyers")
    assert check(edit_table(broken, "buyers", rows[0], rows[1:])).blocking == ()


def test_table_may_be_taken_away():
    raw = read_tables(files()).without_table("spend")
    assert check(raw).case.spend == ()


def test_faults_are_in_order_of_table_and_row():
    rows = grid("offers")
    rows[3][3], rows[1][3] = "x", "y"
    source = files(offers=as_csv(rows), buyers=GOOD["buyers"].replace("council,E", "shop,E")) | {
        "settings.toml": b"[awards]\nmax_km = 'x'\n"
    }
    assert [(fault.table, fault.row) for fault in checked(source).blocking] == [
        ("buyers", 2), ("offers", 2), ("offers", 4), ("settings", 2)]  # fmt: skip


def test_faults_do_not_depend_on_order_of_files():
    source = with_setting("max_kn = 60", "awards") | {"offers.csv": GOOD["offers"].replace("hill", "hil").encode()}
    first = checked(source).faults
    names = list(source)
    random.Random(1).shuffle(names)
    assert checked({name: source[name] for name in names}).faults == first


def test_applying_the_mend_makes_the_fault_vanish():
    for table, row, column, wrong in (
        ("offers", 2, "producer", "hil"),
        ("producers", 2, "member_of", "granj"),
        ("products", 2, "cpv", "3221112"),
        ("sites", 2, "lon", "2.70"),
        ("budgets", 2, "budget_gbp", "4O000"),
        ("buyers", 2, "kind", "counsil"),
    ):
        (fault,) = checked(with_cell(table, row, column, wrong)).blocking
        words = fault.mend.replace("'", " ").replace(",", " ").replace("?", " ").split()
        mended = [word for word in words if not checked(with_cell(table, row, column, word)).blocking]
        assert mended, fault


def test_every_rule_is_listed_and_says_what_it_promises():
    rules = (*checking.RULES, *checking.RULES_OF_PLACE)
    assert len({rule.__name__ for rule in rules}) == len(rules)
    assert all(rule.__name__.startswith("find_") and rule.__doc__ for rule in rules)


def test_declarations_are_whole():
    for table in TABLES:
        assert table.meaning.endswith(".")
        assert set(table.key) <= set(table.names)
        for column in table.columns:
            assert column.meaning, column
            assert not (column.required and column.default is not None), column
            assert set(column.refers) <= {other.name for other in TABLES}
    for setting in DECLARED:
        assert setting.meaning, setting
