"""The relay's own words reach people without the cookie in them, and cost no charge."""

import json

import pytest

from domain.errors import UpstreamRefusedError, UpstreamUnavailableError, UpstreamUnexpectedError
from poller.client import RelayClient
from tests.fakes import relay as fakes
from tests.fakes.relay import CHECK, USAGE, FakeRelay, charge

VALUE = "canary7f3a9c5b1e2d8846"
COOKIE = f"session={VALUE}; model=claude-sonnet-4-20250514"


def body(**said: object) -> bytes:
    return json.dumps(said).encode()


@pytest.mark.parametrize(
    "said",
    [
        {"message": "Back at nine."},
        {"error": "Back at nine."},
        {"error": {"message": "Back at nine.", "code": 7}},
        {"msg": "Back\r\nat nine.", "error": "overloaded"},
    ],
)
async def test_what_the_relay_says_of_its_failure_is_told(
    relay: FakeRelay, client: RelayClient, said: dict[str, object]
) -> None:
    relay.behave(USAGE, fakes.status(503, {"Retry-After": "7"}, body(**said)))
    error = (await client.usage(COOKIE)).error
    assert isinstance(error, UpstreamUnavailableError)
    assert str(error) == 'The relay cannot answer now (status 503). It says: "Back at nine."'
    assert error.retry_after_s == 7


async def test_what_the_relay_says_inside_of_an_answer_is_told_too(relay: FakeRelay, client: RelayClient) -> None:
    relay.behave(USAGE, fakes.answer_with(body(code=500, message="数据库繁忙")))
    error = (await client.usage(COOKIE)).error
    assert isinstance(error, UpstreamUnexpectedError)
    assert str(error) == 'The relay says that it could not answer. It says: "数据库繁忙"'


@pytest.mark.parametrize("path", [USAGE, CHECK])
async def test_a_cookie_that_the_relay_quotes_is_hidden(relay: FakeRelay, client: RelayClient, path: str) -> None:
    relay.behave(path, fakes.status(500, body=body(error=f"no session {VALUE} ({COOKIE})")))
    reply = await (client.usage(COOKIE) if path == USAGE else client.check(COOKIE))
    assert str(reply.error).startswith('The relay cannot answer now (status 500). It says: "no session [redacted]')
    assert VALUE not in str(reply.error)


@pytest.mark.parametrize(
    "said",
    [
        b"<html>Back at nine</html>",
        b'["Back at nine"]',
        b'{"message":7}',
        b'{"error":{"error":{"error":"deep"}}}',
        b'{"message":""}',
        b'{"message":"cut sho',
        body(message="long " * 1000),
        b"\xff\xfe",
        b"[" * 4000,
    ],
)
async def test_what_is_no_sentence_of_the_relays_is_left_out(
    relay: FakeRelay, client: RelayClient, said: bytes
) -> None:
    relay.behave(USAGE, fakes.status(500, body=said))
    assert str((await client.usage(COOKIE)).error) == "The relay cannot answer now (status 500)."


@pytest.mark.parametrize("code", [302, 401, 403])
async def test_a_refusal_is_told_in_our_words_alone(relay: FakeRelay, client: RelayClient, code: int) -> None:
    relay.behave(USAGE, fakes.status(code, body=body(message="Whatever")))
    error = (await client.usage(COOKIE)).error
    assert isinstance(error, UpstreamRefusedError)
    assert "Whatever" not in str(error)


async def test_a_charge_whose_model_quotes_the_cookie_counts_under_a_name_that_does_not(
    relay: FakeRelay, client: RelayClient
) -> None:
    relay.records = [charge(1, credits=9, model=f"claude {VALUE}"), charge(2, credits=4)]
    answer = (await client.usage(COOKIE)).answer
    assert answer is not None
    assert {record.id: record.model for record in answer.records} == {
        1: "claude [redacted]",
        2: "claude-sonnet-4-20250514",  # which stands in the cookie too, and is no secret
    }
    assert [record.micros for record in answer.records] == [9_000_000, 4_000_000]


async def test_a_cookie_of_any_length_is_looked_for_in_any_number_of_names(
    relay: FakeRelay, client: RelayClient
) -> None:
    """Looking for its secrets anew for each name would take a quarter of an hour, which cannot be cut short."""
    relay.limit = 50_000
    relay.records = [charge(number, model=f"model-{number}") for number in range(relay.limit)]
    cookie = "; ".join(f"name{number}={VALUE}{number:04d}" for number in range(200))
    answer = (await client.usage(cookie)).answer
    assert answer is not None
    assert len(answer.records) == relay.limit
