"""Figures that a writer reckons from others."""

import pytest

from assistant.values.derived import follows
from assistant.values.values import find_values


@pytest.mark.parametrize(
    ("stated", "told", "does"),
    [
        ("510 مليمات", "1650 مليما للبنزين و1140 مليما للغازوال", True),
        ("4.5 كيلومترات", "على بعد 6.5 و11 كيلومترا", True),
        ("166 ألف دينار", "106 آلاف دينار و60 ألف دينار", True),
        ("24 سنة", "بين 18 و24 سنة", True),
        ("40 حالة", "20 حالة", True),
        ("50 محطة", "40 محطة", False),
        ("17 قتيلا", "12 قتيلا و3 جرحى", False),
        ("7 قتلى", "", False),
        ("20 بالمائة", "20 شخصا", False),
        ("5 ملايين دولار", "5 ملايين دينار", False),
        ("1204 أشخاص", "1200 شخص", False),
    ],
)
def test_one_step_is_followed(stated: str, told: str, does: bool) -> None:
    (value,) = find_values(stated)[:1]
    assert follows(value, find_values(told)) is does
