"""Pictures of choices: every mark stands in the words for those who do not see it."""

from foodlots.charts import price_chart, trade_off_chart

BARS = [("Local floor", "Lifted", -1250.4), ("Local floor", "One step tighter", 300.0), ("Most lots", "Lifted", 0.0)]


def test_each_price_is_a_bar_and_stands_in_the_words():
    made = price_chart(BARS).to_dict()
    assert made["description"] == (
        "What moving each rule costs a year: Local floor, lifted: −£1,250; Local floor, one step tighter: £300; "
        "Most lots, lifted: £0"
    )
    assert [row["gbp"] for row in made["data"]["values"]] == [-1250, 300, 0]


def test_each_point_of_one_aim_is_numbered_and_joined_in_order_of_the_aim():
    made = trade_off_chart([(100.0, 5.0, 0.0), (130.0, 9.0, 10.0)], ["Delivery, km"]).to_dict()
    assert made["description"] == (
        "Cost against Delivery, km: point 1: £100 a year, Delivery, km 5; point 2: £130 a year, Delivery, km 9"
    )
    assert [layer["mark"]["type"] for layer in made["layer"]] == ["line", "rule", "point", "text"]
    assert [row["low"] for row in made["data"]["values"]] == [100, 120]


def test_two_aims_are_told_apart_by_shade_and_not_joined():
    made = trade_off_chart([(100.0, 5.0, 7.0, 0.0)], ["Delivery, km", "Winners"]).to_dict()
    assert [layer["mark"]["type"] for layer in made["layer"]] == ["rule", "point", "text"]
    assert "Winners 7" in made["description"]
