from __future__ import annotations

import pytest

from forms.strict_json import JsonRefused, read_json


@pytest.mark.parametrize("number", [2**63, -(2**63), 10**40])
def test_a_whole_number_that_not_every_program_writes_is_refused(number: int) -> None:
    with pytest.raises(JsonRefused, match="för stort"):
        read_json(str(number).encode(), most_values=10)


@pytest.mark.parametrize("number", [0, -1, 2**63 - 1, 1 - 2**63])
def test_other_whole_numbers_are_read_as_they_stand(number: int) -> None:
    assert read_json(str(number).encode(), most_values=10) == number
