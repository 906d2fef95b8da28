"""Figures in digits: what is written in any form of the press reads back whole, or not at all."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.values.values import Value, bears_out, find_values, same_value, surely_bears_out


def only(text: str) -> Value:
    (found,) = find_values(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "other"),
    [
        ("12.500 شخص", 12_500, (12.5,)),
        ("12.500 دينار", 12.5, (12_500,)),
        ("12.500", 12.5, (12_500,)),
        ("-12.500 درجة مئوية", -12.5, (-12_500,)),
        ("5,922 مليون درهم", 5.922e9, (5.922e6,)),
        ("6.935 مليون برميل", 6.935e6, ()),
        ("12.500%", 12.5, ()),
        ("12,500 شخص", 12_500, ()),
        ("12،500 شخص", 12_500, ()),
        ("1.250.000 شخص", 1_250_000, ()),
        ("بين 5.000 و7.500 شخص", 5_000, (5, 7.5)),
        ("10:30", 630, (1350,)),
    ],
)
def test_what_may_be_read_in_two_ways_tells_both(text: str, value: float, other: tuple[float, ...]) -> None:
    found = only(text)
    assert (found.value, found.other) == (value, other)


@pytest.mark.parametrize("sure", ["12,500 شخص", "12 ألفا و500 شخص", "12.5 شخص"])
def test_two_readings_prove_each_of_them_but_not_for_sure(sure: str) -> None:
    open_, stated = only("12.500 شخص"), only(sure)
    assert bears_out(open_, stated) and not surely_bears_out(open_, stated)
    assert bears_out(stated, open_) and not surely_bears_out(stated, open_)
    assert not same_value(open_, stated)


def test_two_readings_are_surely_those_of_another_that_has_both() -> None:
    assert surely_bears_out(only("12.500 شخص"), only("٠١٢.٥٠٠ شخص".removeprefix("٠")))
    assert not bears_out(only("12.500 شخص"), only("13.500 شخص"))
    assert not bears_out(only("12.500 شخص"), only("500 شخص"))


EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def wire(number: int, decimals: str) -> str:
    return f"{decimals}ر{number}"


digit_sets = st.sampled_from([lambda text: text, lambda text: text.translate(EASTERN)])
around = st.sampled_from([("", ""), ("(", ")"), ("بلغ ", "."), ("«", "»"), ("نحو ", "، بحسب"), ("\u200f", "\u200f")])


@given(
    st.integers(1_000, 10**9), st.sampled_from([",", "٬", "،", "’", "'", " ", "\u00a0", "\u202f"]), digit_sets, around
)
def test_thousands_in_any_form_read_back(number: int, mark: str, digits, sides) -> None:
    found = only(digits(grouped(number, mark)).join(sides))
    assert (found.value, found.other) == (number, ())


@given(st.integers(1_000_000, 10**12), digit_sets, around)
def test_millions_with_points_read_back(number: int, digits, sides) -> None:
    found = only(digits(grouped(number, ".")).join(sides))
    assert (found.value, found.other) == (number, ())


@given(
    st.integers(0, 9_999),
    st.integers(0, 99).map("{:02}".format),
    st.sampled_from([".", ",", "٫", "،", "ر"]),
    digit_sets,
)
def test_decimals_in_any_form_read_back(number: int, decimals: str, mark: str, digits) -> None:
    written = wire(number, decimals) if mark == "ر" else f"{number}{mark}{decimals}"
    for scale, factor in (("", 1), (" مليون", 1e6), (" ألف", 1e3)):
        found = only(f"بلغ {digits(written)}{scale} دولار")
        assert found.value == pytest.approx(float(f"{number}.{decimals}") * factor)


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["-", "–", "ـ", "−", " - ", " ـ "]), digit_sets)
def test_ranges_in_any_form_read_back(one: int, other: int, dash: str, digits) -> None:
    low, high = sorted((one, other))
    found = find_values(digits(f"بقي {one}{dash}{other} ألف دولار"))
    assert low == high or [value.ends for value in found] == [(low * 1e3, high * 1e3)]


def chained(parts: list[str], marks: list[str]) -> str:
    return parts[0] + "".join(mark + part for mark, part in zip(marks, parts[1:], strict=False))


def chains_of(marks: str) -> st.SearchStrategy[str]:
    parts = st.lists(st.integers(0, 99_999).map(str), min_size=2, max_size=4)
    return st.builds(chained, parts, st.lists(st.sampled_from(marks), min_size=3, max_size=3))


@given(chains_of(".٫'’:ر"))
def test_no_part_of_a_chain_is_a_figure_of_its_own(chain: str) -> None:
    (found,) = find_values(f"بلغ {chain} بعد")
    assert found.end - found.start == len(chain)


@given(chains_of(".,،٬٫'’:ر/-–−"))
def test_only_what_lists_or_ties_parts_figures(chain: str) -> None:
    text = f"بلغ {chain} بعد"
    found = find_values(text)
    assert (found[0].start, found[-1].end) == (text.index(chain), text.index(chain) + len(chain))
    assert all(text[a.end : b.start] in tuple(",،٬/-–−") for a, b in pairwise(found))
