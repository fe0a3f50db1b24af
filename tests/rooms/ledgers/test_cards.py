"""What a card on a phone shows of a row before it is opened."""

import pytest

from taihua.kernel import house
from taihua.rooms.ledgers.queries.rows import FEW, cells


def shown(code):
    ledger = house.ledgers()[code]
    found = cells(ledger, dict.fromkeys(column.code for column in ledger.columns))
    return ledger, [cell.column.code for cell in found if not cell.is_minor]


@pytest.mark.parametrize("code", sorted(house.ledgers()))
def test_a_card_shows_what_tells_its_row_apart_and_is_never_tall(code):
    ledger, codes = shown(code)
    keys = [column.code for column in ledger.columns if column.key]

    assert set(keys) <= set(codes)
    assert len(codes) == max(len(keys), min(FEW, len(ledger.columns)))
    assert codes[0] == ledger.columns[0].code


def test_a_row_of_the_roster_is_a_name_a_unit_and_a_post():
    assert shown("roster")[1] == ["name", "unit", "post"]
