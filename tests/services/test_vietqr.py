"""The QR of a transfer, compared with a published vector and read back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import vietqr

# Of the specification that NAPAS published: a card-less transfer of 180,000 to account 0011012345678 at bank 970403.
PUBLISHED = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA53037045406180000"
    "5802VN62340107NPS68690819thanh toan don hang63042E2E"
)
GOOD: dict[str, Any] = {
    "bank_bin": "970403",
    "account": "0011012345678",
    "amount": 180_000,
    "purpose": "thanh toan don hang",
}


def test_the_published_vector_has_our_checksum() -> None:
    assert vietqr.is_whole(PUBLISHED)
    assert vietqr.checksum("123456789") == "29B1"  # CRC-16/CCITT-FALSE, the check value of its catalogue


def test_ours_differs_from_it_only_in_the_bill_number_that_we_have_not() -> None:
    made, published = vietqr.fields(vietqr.transfer(**GOOD)), vietqr.fields(PUBLISHED)
    for tag in ("00", "01", "38", "53", "54", "58"):
        assert made[tag] == published[tag]
    assert vietqr.fields(made["62"]) == {"08": "thanh toan don hang"}
    assert vietqr.fields(published["62"])["08"] == "thanh toan don hang"


@given(
    account=st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True),
    amount=st.integers(1, 10**12),
    purpose=st.from_regex(r"[0-9A-Za-z .-]{1,25}", fullmatch=True),
)
def test_all_of_it_can_be_read_back(account: str, amount: int, purpose: str) -> None:
    text = vietqr.transfer(bank_bin="970415", account=account, amount=amount, purpose=purpose)
    assert vietqr.is_whole(text)
    read = vietqr.fields(text)
    assert int(read["54"]) == amount
    assert vietqr.fields(read["62"])["08"] == purpose
    whom = vietqr.fields(vietqr.fields(read["38"])["01"])
    assert whom == {"00": "970415", "01": account}
    assert vietqr.fields(read["38"])["00"] == "A000000727"


@given(st.integers(0, len(PUBLISHED) - 5))
def test_one_changed_digit_is_noticed(place: int) -> None:
    other = "X" if PUBLISHED[place] != "X" else "Y"
    assert not vietqr.is_whole(PUBLISHED[:place] + other + PUBLISHED[place + 1 :])


@pytest.mark.parametrize(
    "wrong",
    [
        {"bank_bin": "97040"}, {"account": ""}, {"account": "1" * 20}, {"account": "12 34"}, {"amount": 0},
        {"amount": -1}, {"amount": 10**13}, {"purpose": ""}, {"purpose": "x" * 26}, {"purpose": "phí"},
    ],
)  # fmt: skip  # a table
def test_what_no_bank_reads_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(vietqr.NoTransferError):
        vietqr.transfer(**(GOOD | wrong))


def test_lengths_that_do_not_add_up_are_refused() -> None:
    for text in ("0005", "000A12", "00", "0002011"):
        with pytest.raises(vietqr.NoTransferError):
            vietqr.fields(text)
