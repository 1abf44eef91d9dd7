"""The description of the interface for machines, docs/openapi.json, says what the code says.

Whether the running server does it is held in tests/torture/test_api.py.
"""

import json
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, get_args

import jsonschema_rs
import msgspec
import pytest
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from domain.errors import CCurveError
from domain.records import MAX_ID, MAX_MODEL_LENGTH
from domain.settings import Config, ConfigPatch
from domain.status import TaskState
from domain.windows import MAX_BUCKET_S
from launch.version import VERSION
from tests.web.site import Site
from tests.web.test_snapshots import FOLDER, SCENES, committed
from web import errors
from web.query import MAX_RANGE_MIN, MAX_STREAM_MIN, Format

ROOT: Final = Path(__file__).parents[2]
DOCUMENT: Final[dict[str, Any]] = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
PARTS: Final[dict[str, Any]] = DOCUMENT["components"]
SCHEMAS: Final[dict[str, Any]] = PARTS["schemas"]

KINDS: Final = {
    "status": "Status",
    "config": "Config",
    "cookie": "CookieStatus",
    "task": "TaskStatus",
    "refresh": "PollResult",
    "session": "Lock",
    "problem": "Problem",
}
EVENTS: Final = {"status": "Status", "config": "Config", "usage": "Records"}


def schema_of(name: str, said: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return the schema of what a snapshot holds."""
    kind = name.partition(".")[0]
    if kind == "usage":
        return {"$ref": f"#/components/schemas/{'SummedUsage' if 'series' in said else 'Usage'}"}
    if kind == "export":
        record = {"$ref": "#/components/schemas/Record"}
        return {"type": "array", "items": record} if isinstance(said, list) else record
    return {"$ref": f"#/components/schemas/{KINDS[kind]}"}


def ensure_valid(schema: dict[str, Any], said: Any) -> None:  # noqa: ANN401 - JSON
    jsonschema_rs.Draft202012Validator({**schema, "components": PARTS}, validate_formats=True).validate(said)


def plain(schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a schema demands of each field, without words, and without what only hints at the form of a text."""
    dropped = {"description", "format"}
    fields = {
        name: {key: sorted(value) if key == "enum" else value for key, value in field.items() if key not in dropped}
        for name, field in schema["properties"].items()
    }
    return {"fields": fields, "closed": schema.get("additionalProperties") is False}


def test_it_is_an_openapi_document_of_this_version() -> None:
    OPENAPI_31_VALIDATOR.validate(DOCUMENT)
    assert DOCUMENT["info"]["version"] == VERSION


def test_it_lists_the_routes_and_their_methods_and_no_others(site: Site) -> None:
    routed = {
        (route.method, route.resource.canonical)
        for route in site.app.router.routes()
        if route.resource is not None and route.resource.canonical.startswith(("/api/", "/healthz", "/metrics"))
    }
    described = {(method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert described == routed


def test_each_operation_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for methods in DOCUMENT["paths"].values() for operation in methods.values()]
    assert len(names) == len(set(names))


def test_a_head_has_the_parameters_and_the_statuses_of_its_get() -> None:
    for methods in DOCUMENT["paths"].values():
        if "head" in methods:
            get, head = methods["get"], methods["head"]
            assert head.get("parameters") == get.get("parameters")
            assert list(head["responses"]) == list(get["responses"])


@pytest.mark.parametrize(("name", "kind"), [("Config", Config), ("ConfigPatch", ConfigPatch)])
def test_the_configuration_has_the_bounds_and_defaults_of_the_code(name: str, kind: type[msgspec.Struct]) -> None:
    meant = plain(msgspec.json.schema(kind)["$defs"][name])
    told = plain(SCHEMAS[name])
    assert told["fields"] == meant["fields"]
    assert told["closed"]


def test_every_answer_holds_the_whole_configuration() -> None:
    assert set(SCHEMAS["Config"]["required"]) == set(SCHEMAS["Config"]["properties"])
    assert "required" not in SCHEMAS["ConfigPatch"]


def test_queries_have_the_bounds_of_the_code() -> None:
    told = {name: parameter["schema"] for name, parameter in PARTS["parameters"].items()}
    assert told["range"]["maximum"] == MAX_RANGE_MIN
    assert told["streamRange"]["maximum"] == MAX_STREAM_MIN
    assert told["bucket"]["anyOf"][0]["maximum"] == MAX_BUCKET_S
    assert told["format"]["enum"] == list(get_args(Format))


def test_records_and_states_have_the_bounds_of_the_code() -> None:
    record = SCHEMAS["Record"]["properties"]
    assert (record["id"]["maximum"], record["model"]["maxLength"]) == (MAX_ID, MAX_MODEL_LENGTH)
    assert SCHEMAS["TaskStatus"]["properties"]["state"]["enum"] == list(get_args(TaskState))


def test_each_status_has_the_codes_of_the_table_of_errors() -> None:
    table = {(status.value, kind.code) for kind, status in errors.STATUS.items()}
    table.add((HTTPStatus.INTERNAL_SERVER_ERROR.value, CCurveError.code))
    told = {
        (int(status), code)
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
        if "$ref" in answer
        for code in codes_of(answer)
    }
    assert told == table


def codes_of(answer: dict[str, str]) -> list[str]:
    name = answer["$ref"].rpartition("/")[2]
    schema = PARTS["responses"][name]["content"]["application/problem+json"]["schema"]
    codes: list[str] = schema["allOf"][1]["properties"]["code"]["enum"]
    return codes


def test_the_codes_of_a_problem_are_all_that_there_are() -> None:
    not_of_a_route = {"not_found", "method_not_allowed", "not_acceptable", "expectation_failed"}
    told = set(SCHEMAS["Problem"]["properties"]["code"]["enum"])
    assert told == {kind.code for kind in errors.STATUS} | {CCurveError.code} | not_of_a_route


@pytest.mark.parametrize("name", sorted(name for name in SCENES if not name.startswith("event.")))
def test_what_is_said_is_what_was_described(name: str) -> None:
    said = json.loads(committed(name))
    ensure_valid(schema_of(name, said), said)


@pytest.mark.parametrize("name", sorted(name for name in SCENES if name.startswith("event.")))
def test_what_an_event_says_is_what_was_described(name: str) -> None:
    said = json.loads(committed(name))
    described = SCHEMAS[f"{said['event'].title()}Event"]["properties"]
    assert described["event"]["const"] == said["event"]
    assert described["data"]["contentSchema"]["$ref"].endswith(f"/{EVENTS[said['event']]}")
    ensure_valid(described["data"]["contentSchema"], said["data"])


def test_something_else_is_not_what_was_described() -> None:
    said = json.loads((FOLDER / "usage.records.json").read_text(encoding="utf-8"))
    with pytest.raises(jsonschema_rs.ValidationError):
        ensure_valid(schema_of("usage.records", said), {**said, "more": 1})
