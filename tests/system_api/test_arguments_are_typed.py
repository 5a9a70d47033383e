"""`arg1` becomes the types that the method declares, or is refused by the field's name; no float arises."""

import inspect
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, structs

import netledger.system_api.views  # noqa: F401 - declares the methods
from netledger.ledger.amounts import Amount
from netledger.system_api import errors
from netledger.system_api.arguments import SCALARS, arguments_of
from netledger.system_api.declaration import REGISTRY, Method
from netledger.system_api.scalars import NasAddress, OperatorCode, OperatorPaymentId, Who


class Pay(Struct, tag_field="act", tag="PAY", frozen=True):
    """What a payment tells."""

    contract_number: Who
    sum_in: Amount


class Check(Struct, tag_field="act", tag="CHECK", frozen=True):
    """What a question tells."""

    contract_number: Who


class Question(Struct, frozen=True):
    """One of each kind, none of them needed."""

    sum_in: Amount | None = None
    contract_number: Who | None = None
    pay_operator: OperatorCode | None = None
    pay_id_str: OperatorPaymentId | None = None
    nas_ip: NasAddress | None = None


def declared(*structs_: type[Struct]) -> Method:
    return Method("web", "Users", "m", "", lambda given: given, structs_, None, takes_call=False)


ACT = declared(Pay, Check)
QUESTION = declared(Question)


@pytest.mark.parametrize(
    ("sent", "amount"),
    [
        ('"100"', "100"),
        ('"100.5"', "100.5"),
        ("100.10", "100.10"),
        ("100", "100"),
        ('"99999999.99"', "99999999.99"),
    ],
)
def test_a_sum_is_what_its_text_says(sent: str, amount: str) -> None:
    read = arguments_of(f'{{"sum_in":{sent}}}', QUESTION)

    assert str(read.sum_in) == amount
    assert type(read.sum_in) is Amount


@pytest.mark.parametrize(
    "sent",
    [
        '"1,50"', '"1 000.00"', '"1,000.00"', '"1e3"', '"NaN"', '"Infinity"', "27964.000000000004", '"-100"',
        '"0.00"', '"100.005"', "1e3", "-100", "0", "0.0", "1E2", "100000000", '"٣"', '"1_0"', '"100."',
        '".5"', '"+5"', '" 5"', '"5\\n"', '""', "true", "null", "[]", "{}", '"0x10"', "9" * 400,
    ],
)  # fmt: skip
def test_a_sum_of_any_other_look_is_refused_by_its_name(sent: str) -> None:
    with pytest.raises(errors.FieldWrong) as refused:
        arguments_of(f'{{"act":"PAY","contract_number":"1","sum_in":{sent}}}', ACT)

    assert refused.value.field == "sum_in"


@given(kopecks=st.integers(1, 9_999_999_999), as_number=st.booleans())
def test_every_sum_of_kopecks_arrives_exactly(kopecks: int, as_number: bool) -> None:
    text = f"{kopecks // 100}.{kopecks % 100:02}"

    read = arguments_of(f'{{"sum_in":{text if as_number else chr(34) + text + chr(34)}}}', QUESTION)

    assert read.sum_in == Decimal(kopecks) / 100


@given(sent=st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.none()))
def test_whatever_is_sent_as_a_sum_is_read_or_refused_by_its_name(sent: Any) -> None:
    text = json.dumps({"act": "PAY", "contract_number": "1", "sum_in": sent})
    try:
        read = arguments_of(text, ACT)
    except errors.FieldWrong as refused:
        assert refused.field == "sum_in"
    except errors.ArgumentsMalformed:
        assert sent in (float("inf"), float("-inf")) or sent != sent or "\\ud" in text
    else:
        assert Decimal(str(sent)) == read.sum_in > 0


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (
            "contract_number",
            ['"0010245"', '"Иванов"', "10245", '"' + "а" * 128 + '"'],
            ['""', '"' + "a" * 129 + '"'],
        ),
        ("pay_operator", ['"osmp"', "7"], ['""', '"' + "a" * 65 + '"']),
        ("pay_id_str", ['"777"', "777", '"' + "9" * 64 + '"'], ['""', '"' + "9" * 65 + '"', "9" * 65]),
        ("nas_ip", ['"10.0.0.1"'], ['""', '"10.0.0"', '"::1"', '"010.0.0.1"', "167772161", '"10.0.0.1 "']),
    ],
)
def test_other_scalars_have_their_limits(field: str, good: list[str], bad: list[str]) -> None:
    for sent in good:
        read = getattr(arguments_of(f'{{"{field}":{sent}}}', QUESTION), field)
        assert str(read) == sent.strip('"')
    for sent in [*bad, "1.5", "1e3", "true", "[]", "{}", '"a\\u0000b"']:
        with pytest.raises(errors.FieldWrong) as refused:
            arguments_of(f'{{"{field}":{sent}}}', QUESTION)
        assert refused.value.field == field


@pytest.mark.parametrize("act", ['"act":"PAY",', '"act":"pay",', '"act":"Pay",'])
def test_an_act_is_compared_without_case(act: str) -> None:
    read = arguments_of("{" + act + '"contract_number":"1","sum_in":"5"}', ACT)

    assert isinstance(read, Pay)


@pytest.mark.parametrize("act", ['"act":"",', '"act":null,', "", '"act":"check",'])
def test_an_empty_act_is_a_check(act: str) -> None:
    read = arguments_of("{" + act + '"contract_number":"1"}', ACT)

    assert read == Check(contract_number=Who("1"))


@pytest.mark.parametrize("act", ['"REFUND"', "1", "[]", '" PAY"', "{}", "true", "0", "false"])
def test_any_other_act_is_refused_by_its_name(act: str) -> None:
    text = '{"act":' + act + ',"contract_number":"1","sum_in":"5"}'

    with pytest.raises(errors.FieldWrong) as refused:
        arguments_of(text, ACT)

    assert refused.value.field == "act"
    assert "PAY, CHECK" in refused.value.sentence("en")


def test_a_missing_field_is_named() -> None:
    with pytest.raises(errors.FieldMissing) as refused:
        arguments_of('{"act":"PAY","contract_number":"1"}', ACT)

    assert refused.value.field == "sum_in"


@pytest.mark.parametrize("text", ["", "  ", "{}", "[]", "[ ]"])
def test_nothing_and_phps_empty_array_are_an_empty_object(text: str) -> None:
    assert arguments_of(text, QUESTION) == Question()


def test_of_a_key_given_twice_the_last_counts_and_unknown_ones_are_ignored() -> None:
    read = arguments_of('{"sum_in":"1","sum_in":"2","hash_key":{"a":[1.5]}}', QUESTION)

    assert read == Question(sum_in=Amount("2"))


@pytest.mark.parametrize(
    "text",
    [
        "{", "nas_ip", "null", "1", '"a"', "[1]", "{'a':1}", '{"a":1}x', '{"a":NaN}', '{"a":"\\ud800"}',
        "\ufeff{}", '{"a":"\n"}', '{"a":' + "[" * 30_000 + "]" * 30_000 + "}", "[" * 60_000, '{"a":' * 10_000,
        '{"a":' + "9" * 60_000 + "}",
    ],
)  # fmt: skip
def test_what_is_no_object_is_refused_naming_arg1(text: str) -> None:
    with pytest.raises(errors.ArgumentsMalformed) as refused:
        arguments_of(text, QUESTION)

    assert refused.value.field == "arg1"


@pytest.mark.parametrize("text", ['"contract_number":"1"', '"nas_ip":"10.0.0.1"', '"sum_in": 5'])
def test_an_object_whose_braces_curl_has_eaten_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(errors.BracesEaten) as refused:
        arguments_of(text, QUESTION)

    assert refused.value.field == "arg1"
    assert "-g" in refused.value.sentence("ru")


def fields_declared() -> Iterator[tuple[str, Any]]:
    for method in REGISTRY.values():
        for struct in method.arguments:
            yield from ((f"{method.name} {field.name}", field.type) for field in structs.fields(struct))


def test_every_declared_field_is_a_known_scalar() -> None:
    for name, wanted in fields_declared():
        alternatives = set(get_args(wanted) or (wanted,)) - {type(None)}

        assert len(alternatives) == 1 and alternatives <= set(SCALARS), name


def test_every_method_is_declared_whole() -> None:
    assert REGISTRY
    for method in REGISTRY.values():
        assert inspect.getdoc(method.function) and method.spec and method.answer is not None, method.name
