"""Charts say their numbers, fit their box and survive nothing at all."""

import re

from hypothesis import given
from hypothesis import strategies as st

from payung.web.shell import charts
from payung.web.shell.charts import Item, Tile

numbers = st.integers(0, 10**9)


def test_the_longest_bar_fills_its_track_and_the_others_keep_proportion():
    drawn = charts.bars([Item("Karawaci", 250, "/cakupan/"), Item("Benda", 50)])
    assert re.findall(r'bar-fill" width="([\d.]+)"', drawn) == ["100.0", "20.0"]
    assert '<a href="/cakupan/">Karawaci</a>' in drawn
    assert "<strong>250</strong>" in drawn


def test_a_label_cannot_carry_markup():
    assert "<b>" not in charts.bars([Item("<b>x</b>", 1)])
    assert "<b>" not in charts.tiles([Tile("1", "<b>x</b>", "<b>y</b>", 1)])
    assert "<b>" not in charts.line([("<b>", 1)], "<b>")


def test_charts_of_nothing_are_drawn_empty():
    for drawn in (charts.bars([]), charts.line([]), charts.shares([]), charts.tiles([])):
        assert "NaN" not in drawn
        assert "None" not in drawn


@given(st.lists(st.tuples(st.text("abc", max_size=3), numbers), max_size=30))
def test_a_line_stays_inside_its_box(points):
    for x, y in re.findall(r'cx="([\d.-]+)" cy="([\d.-]+)"', charts.line(points)):
        assert 0 <= float(x) <= 440
        assert 0 <= float(y) <= 190


@given(st.lists(numbers, max_size=6))
def test_shares_fill_the_bar_and_no_more(values):
    drawn = charts.shares([(str(place), value, "good") for place, value in enumerate(values)])
    pieces = re.findall(r'x="([\d.]+)" width="([\d.]+)" height="12"', drawn)
    assert all(float(x) + float(width) <= 1000.01 for x, width in pieces)
    assert len(pieces) == sum(value > 0 for value in values)


@given(st.lists(numbers, max_size=60))
def test_every_kelurahan_has_one_tile_and_the_highest_the_darkest(values):
    items = [Tile(f"{place:03}", f"K{place}", "X", value) for place, value in enumerate(values)]
    drawn = charts.tiles(items)
    shades = re.findall(r'class="q(\d)" x=', drawn)
    assert len(shades) == len(values)
    for value, shade in zip(values, shades, strict=True):
        assert (value == 0) == (shade == "0")
        if value and value == max(values):
            assert shade == "5"


def test_tiles_are_grouped_by_kecamatan_with_their_number_in_the_tooltip():
    drawn = charts.tiles(
        [
            Tile("36.71.02.1001", "Keroncong", "Jatiuwung", 1204, "/pekerja/?kelurahan=1", "orang"),
            Tile("36.71.01.1001", "Sukarasa", "Tangerang", 0),
        ]
    )
    assert drawn.index("Jatiuwung") < drawn.index("Tangerang")
    assert "<title>Keroncong: 1.204 orang</title>" in drawn
    assert '<a href="/pekerja/?kelurahan=1">' in drawn
