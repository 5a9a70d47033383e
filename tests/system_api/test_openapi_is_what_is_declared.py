"""The OpenAPI document is valid, and says of every method what the method takes and answers."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator

from netledger.system_api.arguments import arguments_of
from netledger.system_api.declaration import REGISTRY, Method
from netledger.system_api.description import is_of_text, wrong_requests
from netledger.system_api.errors import FieldWrong
from netledger.system_api.examples import examples_of
from netledger.system_api.openapi import openapi_document

DOCUMENT: dict[str, Any] = json.loads(openapi_document())
METHODS = list(REGISTRY.values())
FORM = "application/x-www-form-urlencoded"
each_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)


def operation(method: Method) -> Any:
    return DOCUMENT["paths"][f"/system_api/#{method.name}"]["get"]


def parameter(method: Method, name: str) -> Any:
    (found,) = (it for it in operation(method)["parameters"] if it.get("name") == name)
    return found


def arg1_schema(method: Method) -> Any:
    return parameter(method, "arg1")["content"]["application/json"]["schema"]


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    """A validator of a schema whose references stand in the document."""
    whole = schema | {"components": DOCUMENT["components"]}
    return Draft202012Validator(whole, format_checker=FormatChecker())


def test_it_is_valid() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert [str(error) for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


@each_method
def test_a_method_has_its_names_and_contexts(method: Method) -> None:
    assert parameter(method, "model")["schema"] == {"const": method.model}
    assert parameter(method, "method1")["schema"] == {"const": method.name}
    assert method.context in parameter(method, "context")["schema"]["enum"]
    needs_psw = method.context != "web"
    assert operation(method)["security"] == ([{"psw": []}] if needs_psw else [{}, {"psw": []}])


def test_the_arguments_of_act_pay_are_told_apart_by_act() -> None:
    (act_pay,) = (method for method in METHODS if method.name.endswith("act_pay"))
    schema = arg1_schema(act_pay)

    assert schema["discriminator"]["propertyName"] == "act"
    assert list(schema["discriminator"]["mapping"]) == ["PAY", "CHECK", "STATUS", "CANCEL"]
    assert validator(schema).is_valid({"act": "CHECK", "contract_number": "10245"})
    assert not validator(schema).is_valid({"act": "PAY", "contract_number": "10245"})
    assert "`act` = `PAY`, `act` = `CANCEL`" in operation(act_pay)["description"]


@each_method
def test_each_example_is_what_the_schemas_say(method: Method) -> None:
    takes, answers = validator(arg1_schema(method)), operation(method)["responses"]["200"]["content"]

    for key, example in enumerate(examples_of(method), start=1):
        takes.validate(json.loads(example.arg1))
        (kind,) = (kind for kind in answers if str(key) in answers[kind].get("examples", {}))
        answer = answers[kind]["examples"][str(key)]["value"]
        validator(answers[kind]["schema"]).validate(answer)
        assert is_of_text(method) or kind == "application/json"


@each_method
def test_a_form_of_it_may_be_posted(method: Method) -> None:
    body = DOCUMENT["paths"]["/system_api/"]["post"]["requestBody"]["content"][FORM]
    form = {"model": method.model, "method1": method.name, "context": method.context}

    assert method.name in body["schema"]["discriminator"]["mapping"]
    assert body["encoding"]["arg1"]["contentType"] == "application/json"
    for example in examples_of(method):
        validator(body["schema"]).validate(form | {"arg1": json.loads(example.arg1)})


@each_method
def test_a_refusal_of_it_is_an_answer_of_it(method: Method) -> None:
    responses = operation(method)["responses"]

    for refusal in method.refusals:
        error = {"error": "No", "error_text": "No", "code": refusal.code, "field": None}
        if is_of_text(method):
            assert refusal.sentence_en in responses["404"]["description"]
        else:
            validator(responses["200"]["content"]["application/json"]["schema"]).validate(error)


@each_method
def test_what_has_editions_may_be_asked_by_them(method: Method) -> None:
    path = DOCUMENT["paths"][f"/system_api/#{method.name}"]
    by_edition = {"$ref": "#/components/parameters/known"} in path["get"]["parameters"]

    assert ("head" in path) is ("304" in path["get"]["responses"]) is by_edition is method.tagged
    assert ("headers" in path["get"]["responses"]["200"]) is method.tagged


def test_every_wrong_request_is_an_answer_of_every_call() -> None:
    get = DOCUMENT["paths"]["/system_api/"]["get"]["responses"]

    for kind in wrong_requests():
        assert str(kind.status.value) in get
        response = DOCUMENT["components"]["responses"][f"wrong{kind.status.value}"]
        error = {"error": "No", "error_text": "No", "code": kind.code, "field": None}
        validator(response["content"]["application/json"]["schema"]).validate(error)
    assert {"503", "default"} <= set(get)


@each_method
def test_what_the_schema_allows_is_read(method: Method) -> None:
    """But for a day that is not in the calendar, which no pattern tells."""
    described = schemathesis.openapi.from_dict(DOCUMENT)[f"/system_api/#{method.name}"]["GET"]
    cases = described.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(case=cases)
    def read(case: schemathesis.Case) -> None:
        try:
            arguments_of(case.query["arg1"], method)
        except FieldWrong as wrong:
            assert wrong.facts["expected_en"].startswith("a date"), (case.query["arg1"], wrong.field)

    read()
