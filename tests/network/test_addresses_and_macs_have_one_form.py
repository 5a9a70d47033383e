"""An IPv4 address and a MAC are kept in one form, and what is none of them is refused with its own text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netledger.network.addresses import parse_address, parse_mac, parse_nas_address
from netledger.network.errors import AddressMalformed, AddressUnusable, MacMalformed

macs = st.binary(min_size=6, max_size=6).map(bytes.hex)


def _in_pairs(digits: str, separator: str) -> str:
    return separator.join(digits[at : at + 2] for at in range(0, 12, 2))


def _in_fours(digits: str, separator: str) -> str:
    return separator.join(digits[at : at + 4] for at in range(0, 12, 4))


@given(digits=macs, upper=st.booleans())
def test_a_mac_is_the_same_in_whichever_form_it_comes(digits: str, upper: bool) -> None:
    typed = digits.upper() if upper else digits
    forms = [
        typed,
        _in_pairs(typed, ":"),
        _in_pairs(typed, "-"),
        _in_fours(typed, "."),
        _in_fours(typed, "-"),
    ]

    assert {parse_mac(form) for form in forms} == {_in_pairs(digits, ":")}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("001A.2B3C.4D5E", "00:1a:2b:3c:4d:5e"),
        ("00-1A-2B-3C-4D-5E", "00:1a:2b:3c:4d:5e"),
        ("ecf4-bb37-ddaa", "ec:f4:bb:37:dd:aa"),
    ],
)
def test_the_macs_that_routers_print_are_read(typed: str, kept: str) -> None:
    assert parse_mac(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "00:1a:2b:3c:4d", "00:1a:2b:3c:4d:5e:6f", "00:1a-2b:3c-4d:5e", "0:1a:2b:3c:4d:5e", "001a2b3c4d5g",
        "00:1a:2b:3c:4d:5e ", "００1a2b3c4d5e", "001a:2b3c:4d5e", "00:1a:2b:3c:4d:5e\n", "ＡＡaabbccddee",
    ],
)  # fmt: skip
def test_what_is_no_mac_is_refused_by_its_text(text: str) -> None:
    with pytest.raises(MacMalformed) as refused:
        parse_mac(text)

    assert refused.value.text == text


@pytest.mark.parametrize(
    "text",
    ["", "10.0.0", "10.0.0.256", "10.0.0.01", "10.0.0.0/24", " 10.0.0.1", "10.0.0.1\n", "::1", "::ffff:10.0.0.1",
     "١٠.0.0.1", "167772161", "host"],
)  # fmt: skip
def test_what_is_no_ipv4_address_is_refused_by_its_text(text: str) -> None:
    for parse in (parse_address, parse_nas_address):
        with pytest.raises(AddressMalformed) as refused:
            parse(text)
        assert refused.value.text == text


@pytest.mark.parametrize(
    "text", ["0.0.0.0", "0.1.2.3", "255.255.255.255", "240.0.0.1", "224.0.0.5", "239.255.255.255"]
)
def test_an_address_that_no_device_has_is_refused(text: str) -> None:
    for parse in (parse_address, parse_nas_address):
        with pytest.raises(AddressUnusable) as refused:
            parse(text)
        assert refused.value.address == text


def test_only_a_nas_may_stand_on_this_very_machine() -> None:
    with pytest.raises(AddressUnusable):
        parse_address("127.0.0.1")

    assert parse_nas_address("127.0.0.1") == "127.0.0.1"


def test_a_long_text_is_not_given_back_whole() -> None:
    with pytest.raises(AddressMalformed) as refused:
        parse_address("1" * 10_000)

    assert len(refused.value.text) == 64
