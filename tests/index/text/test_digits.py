"""Digits with marks between them: a number in one of the forms of the press, or none at all."""

import pytest

from index.text.digits import chains, read_digits


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12,000", 12_000),
        ("12،500", 12_500),
        ("1’250", 1_250),
        ("1'250", 1_250),
        ("12 000", 12_000),
        ("1 234 567,5", 1_234_567.5),
        ("1.500.000", 1_500_000),
        ("1.234,5", 1_234.5),
        ("1,234.5", 1_234.5),
        ("1’234.50", 1_234.5),
        ("51.824.281.70", 51_824_281.7),
        ("12,34,567", 1_234_567),
        ("0,125", 0.125),
        ("3.5", 3.5),
        ("3,5", 3.5),
        ("3،5", 3.5),
        ("16,45", 16.45),
        ("2ر1", 1.2),  # the wire agencies write the decimals first
        ("20ر109", 109.2),
        ("540ر999ر45", 45_999_540),
        ("1⁄2", 0.5),
        ("31⁄2", 3.5),
        ("1⁄0", 1.0),
    ],
)
def test_digits_are_grouped_or_decimal(written: str, number: float) -> None:
    read = read_digits(written)
    assert read is not None and read.value == number


@pytest.mark.parametrize("written", ["21.10.2024", "1.2.3", "10:30", "1’2", "12,34,56", "2010,2011", "1.2,3.4"])
def test_what_is_no_number_is_not_read_in_part(written: str) -> None:
    assert read_digits(written) is None


@pytest.mark.parametrize(
    ("written", "value", "other"),
    [("12.500", 12.5, 12_500), ("000ر22", 22, 22_000), ("12,500", 12_500, 12.5), ("12،500", 12_500, 12.5)],
)
def test_one_mark_before_three_digits_may_be_either(written: str, value: float, other: float) -> None:
    assert read_digits(written) == (value, other)


@pytest.mark.parametrize(
    ("listed", "parts"),
    [
        ("2010،2011،2012", [("2010", 0), ("2011", 5), ("2012", 10)]),
        ("5،10،15", [("5", 0), ("10", 2), ("15", 5)]),
        ("10:30،11:30", [("10:30", 0), ("11:30", 6)]),
        ("12،500", [("12،500", 0)]),
    ],
)
def test_commas_without_blanks_may_list(listed: str, parts: list[tuple[str, int]]) -> None:
    assert list(chains(listed)) == parts
