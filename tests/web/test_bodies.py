import json

import pytest

from tests.web.site import Site


@pytest.mark.parametrize(
    ("body", "field", "says"),
    [
        ('{"intervalSeconds": 9}', "intervalSeconds", "from 10 to 86,400"),
        ('{"intervalSeconds": 86401}', "intervalSeconds", "from 10 to 86,400"),
        ('{"intervalSeconds": "60"}', "intervalSeconds", "a whole number"),
        ('{"intervalSeconds": 60.5}', "intervalSeconds", "a whole number"),
        ('{"intervalSeconds": 9.0}', "intervalSeconds", "from 10 to 86,400"),
        ('{"intervalSeconds": 1e300}', "intervalSeconds", "from 10 to 86,400"),
        ('{"intervalSeconds": 1e999}', "intervalSeconds", "a whole number"),
        ('{"intervalSeconds": 99999999999999999999}', "intervalSeconds", "a whole number"),
        ('{"intervalSeconds": true}', "intervalSeconds", "a whole number"),
        ('{"intervalSeconds": null}', "intervalSeconds", "a whole number"),
        ('{"rangeMinutes": 0}', "rangeMinutes", "from 1 to 527,040"),
        ('{"rangeMinutes": 527041}', "rangeMinutes", "from 1 to 527,040"),
        ('{"cookieCheckMinutes": 1441}', "cookieCheckMinutes", "from 1 to 1,440"),
        ('{"timeZone": "Mars/Olympus"}', "timeZone", "Asia/Shanghai"),
        ('{"timeZone": ""}', "timeZone", "."),
        ('{"timeZone": "../../etc/passwd"}', "timeZone", "Asia/Shanghai"),
        ('{"locale": "fr"}', "locale", "zh-CN"),
        ('{"theme": "unknown field `x`"}', "theme", "one of"),
        ('{"chartMode": []}', "chartMode", "cumulative"),
        ('{"hiddenModels": "opus"}', "hiddenModels", "a list of at most 1,000"),
        ('{"hiddenModels": [1]}', "hiddenModels", "each a text"),
        (json.dumps({"hiddenModels": ["x" * 201]}), "hiddenModels", "200 characters"),
        ('{"retentionDays": 0}', "retentionDays", "from 1 to 3,660 or null"),
        ('{"retentionDays": 3661}', "retentionDays", "from 1 to 3,660 or null"),
        ('{"intervalSeconds": 60, "interval": 60}', "interval", "intervalSeconds, rangeMinutes"),
    ],
)
async def test_a_wrong_value_names_its_field_and_bounds_and_changes_nothing(
    site: Site, body: str, field: str, says: str
) -> None:
    before = site.store.settings.config
    answer = await site.send("PATCH", "/api/config", body.encode())
    assert (answer.status, answer.json["code"], answer.json["field"]) == (422, "invalid_value", field)
    assert says in answer.json["detail"]
    assert site.store.settings.config == before
    assert site.poller.config_changes == 0


@pytest.mark.parametrize(
    ("text", "number"), [("60", 60), ("60.0", 60), ("6e1", 60), ("6.0E+1", 60), ("864e2", 86_400), ("10.000", 10)]
)
async def test_a_whole_number_may_be_written_in_any_way(site: Site, text: str, number: int) -> None:
    answer = await site.send("PATCH", "/api/config", b'{"intervalSeconds": %s}' % text.encode())
    assert (answer.status, answer.json["intervalSeconds"]) == (200, number)
    assert b'"intervalSeconds":%d,' % number in answer.body
    answer = await site.send("PATCH", "/api/config", b'{"retentionDays": 30.0}')
    assert answer.json["retentionDays"] == 30


@pytest.mark.parametrize(
    ("body", "field"),
    [(b"{}", "enabled"), (b'{"enabled": 1}', "enabled"), (b'{"enabled": null}', "enabled"), (b'{"on": true}', "on")],
)
async def test_a_field_that_must_be_there_is_asked_for(site: Site, body: bytes, field: str) -> None:
    answer = await site.send("PUT", "/api/task", body)
    assert (answer.status, answer.json["field"]) == (422, field)
    assert not site.poller.task.enabled


@pytest.mark.parametrize("body", [b"[]", b"null", b"1", b'"cookie"', b"[" * 500 + b"]" * 500])
async def test_what_is_no_object_is_refused_without_a_field(site: Site, body: bytes) -> None:
    answer = await site.send("PUT", "/api/cookie", body)
    assert (answer.status, answer.json["code"]) == (422, "invalid_value")
    assert "field" not in answer.json


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'enabled': true}",
        b'{"enabled": true} x',
        b"\xff\xfe",
        b'{"enabled": \xff}',
        b"NaN",
        b"[" * 200_000,
    ],
)
async def test_what_is_no_json_is_refused(site: Site, body: bytes) -> None:
    answer = await site.send("PUT", "/api/task", body)
    assert (answer.status, answer.json["code"]) == (400, "malformed_json")


@pytest.mark.parametrize(
    "body",
    [
        '{"s3cr3t=value": 1}',
        '{"cookie": ["s3cr3t"]}',
        '{"cookie": "a=b", "s3cr3t value": 1}',
        '{"cookie": {"s3cr3t": 1}}',
        '{"cookie": "s3cr3t',
    ],
)
async def test_nothing_that_was_sent_is_quoted(site: Site, body: str) -> None:
    answer = await site.send("PUT", "/api/cookie", body.encode())
    assert answer.status in {400, 422}
    assert b"s3cr3t" not in answer.body
