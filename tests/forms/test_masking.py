"""Personal data as others see it."""

import pytest

from forms import masking


@pytest.mark.parametrize(
    ("mask", "value", "shown"),
    [
        (masking.mask_id_number, "11010519491231002X", "110105********002X"),
        (masking.mask_id_number, "1101051949", "**********"),
        (masking.mask_id_number, "", ""),
        (masking.mask_mobile, "13800138000", "138****8000"),
        (masking.mask_mobile, "1380013", "*******"),
        (masking.mask_name, "张三丰", "张**"),
        (masking.mask_name, "", ""),
    ],
)
def test_mask_hides_what_others_need_not_know(mask, value, shown):
    assert mask(value) == shown
