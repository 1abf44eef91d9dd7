"""What each kind of answer, and of misbehaviour, is taken for."""

import gzip
import json
import logging

import pytest

from domain.errors import (
    UpstreamError,
    UpstreamRefusedError,
    UpstreamUnavailableError,
    UpstreamUnexpectedError,
)
from poller.client import MAX_BODY_BYTES, RelayClient
from poller.judge import retry_after_s
from tests.fakes import relay as fakes
from tests.fakes.relay import CHECK, USAGE, Behaviour, Exchange, FakeRelay, charge

NOW_MS = 1_756_129_184_000  # Mon, 25 Aug 2025 13:39:44 GMT


def raw(answer: bytes) -> Behaviour:
    """Answer with exactly these bytes."""

    async def send(exchange: Exchange) -> None:
        await exchange.send(answer)

    return send


STATUSES = [
    *[(code, UpstreamRefusedError) for code in (401, 403, 300, 301, 302, 303, 304, 307, 308)],
    *[(code, UpstreamUnavailableError) for code in (429, 500, 502, 503, 504, 522, 599)],
    *[(code, UpstreamUnexpectedError) for code in (204, 206, 400, 404, 405, 418, 600, 999)],
]


@pytest.mark.parametrize(("code", "kind"), STATUSES)
async def test_a_status_means_the_same_to_both_calls(
    relay: FakeRelay, client: RelayClient, code: int, kind: type[UpstreamError]
) -> None:
    for path, ask in ((USAGE, client.usage), (CHECK, client.check)):
        relay.behave(path, fakes.status(code))
        assert type((await ask("a=1")).error) is kind


@pytest.mark.parametrize("behaviour", [fakes.normal, fakes.envelope, fakes.chunked, fakes.gzipped])
async def test_an_answer_is_read_in_each_of_its_forms(
    relay: FakeRelay, client: RelayClient, behaviour: Behaviour
) -> None:
    relay.records = [charge(number) for number in range(20, 0, -1)]
    relay.behave(USAGE, behaviour)
    answer = (await client.usage("a=1")).answer
    assert answer is not None
    assert [record.id for record in answer.records] == list(range(20, 0, -1))


@pytest.mark.parametrize(
    ("date", "sent_ms"),
    [
        ("Mon, 25 Aug 2025 13:39:44 GMT", NOW_MS),
        ("Mon, 25 Aug 2025 15:39:44 +0200", NOW_MS),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Wed, 31 Dec 1969 23:59:59 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("today", None),
        ("", None),
        (None, None),
    ],
)
async def test_an_answer_tells_when_the_relay_gave_it(
    relay: FakeRelay, client: RelayClient, date: str | None, sent_ms: int | None
) -> None:
    relay.behave(USAGE, fakes.answer_with(b"[]", {} if date is None else {"Date": date}))
    answer = (await client.usage("a=1")).answer
    assert answer is not None
    assert answer.sent_ms == sent_ms


MISBEHAVIOURS = [
    (fakes.login_page, UpstreamRefusedError),
    (fakes.other_page, UpstreamRefusedError),  # the check says what kind of page it was
    (fakes.garbage, UpstreamUnexpectedError),
    (fakes.gzip_bomb, UpstreamUnexpectedError),
    (fakes.endless_body, UpstreamUnexpectedError),
    (fakes.truncated, UpstreamUnavailableError),
    (fakes.truncated_chunks, UpstreamUnavailableError),
    (fakes.answer_with(b""), UpstreamUnexpectedError),
    (fakes.answer_with(b"nonsense"), UpstreamUnexpectedError),
    (fakes.answer_with(b"\x00\xff" * 100), UpstreamUnexpectedError),
    (fakes.answer_with(b'{"error":"Unauthorized"}'), UpstreamUnexpectedError),
    (fakes.answer_with(b'{"code":403,"message":"no"}'), UpstreamRefusedError),
    (fakes.answer_with(b"[]", {"Content-Encoding": "gzip"}), UpstreamUnexpectedError),
    (raw(b""), UpstreamUnavailableError),
    (raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 200 + b"\r\n"), UpstreamUnexpectedError),
    (raw(b"HTTP/1.1 200 OK\r\nX-Long: " + b"a" * 70_000 + b"\r\n\r\n[]"), UpstreamUnexpectedError),
    (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n0\r\n\r\n"), UpstreamUnavailableError),
]


@pytest.mark.parametrize(("behaviour", "kind"), MISBEHAVIOURS)
async def test_a_misbehaviour_is_taken_for_what_it_is(
    relay: FakeRelay, client: RelayClient, behaviour: Behaviour, kind: type[UpstreamError]
) -> None:
    relay.behave(USAGE, behaviour)
    reply = await client.usage("a=1")
    assert type(reply.error) is kind
    assert reply.answer is None


async def test_a_relay_that_is_down_is_unavailable(relay: FakeRelay, client: RelayClient) -> None:
    await relay.go_down()
    assert str((await client.usage("a=1")).error) == "The relay does not accept connections."


async def test_a_cookie_that_the_relay_does_not_know_is_refused(relay: FakeRelay, client: RelayClient) -> None:
    relay.cookies = {"a=2"}
    assert isinstance((await client.usage("a=1")).error, UpstreamRefusedError)
    assert isinstance((await client.check("a=1")).error, UpstreamRefusedError)
    assert (await client.check("a=2")).error is None


@pytest.mark.parametrize(
    "behaviour",
    [
        fakes.other_page,
        fakes.answer_with(b"garbage"),
        fakes.answer_with(b'{"code":401}'),
        fakes.answer_with(b"<input type=password>", {"Content-Type": "application/json"}),
        fakes.truncated,
        fakes.endless_body,
        fakes.drip_body(),
        fakes.gzip_bomb,
    ],
)
async def test_a_status_of_200_says_yes_to_the_check_whatever_the_body(
    relay: FakeRelay, client: RelayClient, behaviour: Behaviour
) -> None:
    relay.behave(CHECK, behaviour)
    assert (await client.check("a=1")).error is None


@pytest.mark.parametrize("content_type", ["text/html", "text/html; charset=utf-8", "TEXT/HTML", ""])
async def test_a_login_page_says_no_to_the_check(relay: FakeRelay, client: RelayClient, content_type: str) -> None:
    relay.behave(CHECK, fakes.answer_with(b"<html><input type=password></html>", {"Content-Type": content_type}))
    assert isinstance((await client.check("a=1")).error, UpstreamRefusedError)


LOGIN_PAGES = [
    '<html><body><form method=post><input name=p class="x" type="password"></form>',
    "<!doctype html><title>Log in to AICodeMirror</title>",
    '<!doctype html><title data-next-head="">Sign-In | AICodeMirror</title>',
    "<html><head><title>用户登录 - AICodeMirror</title></head>",
    '<html><form class=f action="/api/auth/signin/credentials" method="POST">',
    "<html><head><meta http-equiv='refresh' content='0; url=https://www.example.com/login?next=%2F'>",
    '<!DOCTYPE html><div id="__next"></div><script>{"props":{},"page":"/[locale]/login","query":{}}</script>',
    "<html><body><h1 class=x>Please sign in</h1></body></html>",
    "<html><body><form method=post action=login>",
    "\ufeff\n <!-- a comment --> <HTML><INPUT TYPE = 'PASSWORD'>",
]
OTHER_PAGES = [
    "<html><title>Just a moment...</title><body>Checking your browser</body>",
    "<html><title>Maintenance</title><a href='/login'>Login</a> <button>Sign in</button>",
    "<html><title>Blogging in style, loginless</title><form action='/search'><input type=text></form>",
    "<?xml version='1.0'?><error>login</error>",
]


@pytest.mark.parametrize("page", LOGIN_PAGES + OTHER_PAGES)
async def test_a_page_in_place_of_data_is_a_refusal(relay: FakeRelay, client: RelayClient, page: str) -> None:
    relay.behave(USAGE, fakes.answer_with(page.encode(), {"Content-Type": "text/html"}))
    assert isinstance((await client.usage("a=1")).error, UpstreamRefusedError)


@pytest.mark.parametrize(
    ("page", "refuses"), [(page, True) for page in LOGIN_PAGES] + [(page, False) for page in OTHER_PAGES]
)
async def test_a_page_says_no_to_the_check_only_where_one_signs_in_on_it(
    relay: FakeRelay, client: RelayClient, page: str, *, refuses: bool
) -> None:
    relay.behave(CHECK, fakes.answer_with(page.encode(), {"Content-Type": "text/html"}))
    assert isinstance((await client.check("a=1")).error, UpstreamRefusedError) is refuses


async def test_data_that_speaks_of_passwords_is_data(relay: FakeRelay, client: RelayClient) -> None:
    relay.records = [charge(1, note="<title>Login</title><input type=password>")]
    assert (await client.usage("a=1")).error is None


async def test_an_answer_is_read_up_to_16_mib_and_not_a_byte_longer(relay: FakeRelay, client: RelayClient) -> None:
    body = json.dumps([charge(7)]).encode()
    for headers, packed in (({}, bytes), ({"Content-Encoding": "gzip"}, gzip.compress)):
        relay.behave(USAGE, fakes.answer_with(packed(body.ljust(MAX_BODY_BYTES)), headers))
        answer = (await client.usage("a=1")).answer
        assert answer is not None
        assert answer.matched == 1
        relay.behave(USAGE, fakes.answer_with(packed(body.ljust(MAX_BODY_BYTES + 1)), headers))
        assert isinstance((await client.usage("a=1")).error, UpstreamUnexpectedError)


async def test_an_answer_of_100000_records_is_read(relay: FakeRelay, client: RelayClient) -> None:
    one = json.dumps(charge(1_000_000), separators=(",", ":")).encode()
    records = [one.replace(b"1000000", b"%d" % number) for number in range(1_100_000, 1_000_000, -1)]
    body = b"[" + b",".join(records) + b"]"
    assert len(body) <= MAX_BODY_BYTES
    relay.behave(USAGE, fakes.answer_with(body))
    answer = (await client.usage("a=1")).answer
    assert answer is not None
    assert answer.matched == 100_000


@pytest.mark.parametrize("code", [429, 500, 503])
async def test_the_wait_that_the_relay_asks_for_is_told(relay: FakeRelay, client: RelayClient, code: int) -> None:
    relay.behave(USAGE, fakes.status(code, {"Retry-After": "120"}))
    error = (await client.usage("a=1")).error
    assert error is not None
    assert error.retry_after_s == 120


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        ("0", None, 0),
        (" 7 ", None, 7),
        ("86400", None, 86_400),
        ("86401", None, 86_400),
        ("9" * 5000, None, 86_400),
        ("Mon, 25 Aug 2025 13:40:44 GMT", None, 60),
        ("Mon, 25 Aug 2025 13:40:44 GMT", "Mon, 25 Aug 2025 13:40:34 GMT", 10),
        ("Mon, 25 Aug 2025 13:40:44 GMT", "yesterday", 60),
        ("Monday, 25-Aug-25 13:40:44 GMT", None, 60),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None, 86_400),
        ("Mon, 25 Aug 2025 13:39:44 GMT", None, None),
        ("Mon, 25 Aug 1925 13:39:44 GMT", None, None),
        ("Mon, 99 Aug 2025 99:39:44 GMT", None, None),
        ("Mon, 25 Aug 2025 13:40:44 +99999999999", None, None),
        *[(value, None, None) for value in (None, "", "-5", "1.5", "soon", "5 minutes", "٣", "²", "1e3", "0x10")],
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date_and_garbage_is_ignored(
    value: str | None, date: str | None, seconds: float | None
) -> None:
    assert retry_after_s(value, date, NOW_MS) == seconds


@pytest.mark.parametrize("behaviour", [fakes.status(401), fakes.redirect("/login"), fakes.status(500)])
async def test_cookies_are_told_with_a_refusal_too(relay: FakeRelay, client: RelayClient, behaviour: Behaviour) -> None:
    relay.set_cookies = ["a=2; Path=/", "b=3"]
    relay.behave(USAGE, behaviour)
    relay.behave(CHECK, behaviour)
    assert (await client.usage("a=1")).set_cookies == relay.set_cookies
    assert (await client.check("a=1")).set_cookies == relay.set_cookies


@pytest.mark.parametrize(
    "behaviour",
    [
        *(behaviour for behaviour, _ in MISBEHAVIOURS),
        fakes.answer_with(b'[{"id": "SECRET"}'),
        fakes.redirect("https://SECRET.example.com/SECRET"),
        raw(b"SECRET /1.1 200 OK\r\n\r\n"),
        raw(b"HTTP/1.1 SECRET\r\n\r\n"),
        raw(b"HTTP/1.1 200 SECRET\r\nX\r\nSet-Cookie: a=SECRET\r\n no header\r\n\r\n[]"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1, 2\r\nSet-Cookie: a=SECRET\r\n\r\n[]"),
        raw(
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a=SECRET\r\n\r\nSECRET"
        ),
    ],
)
async def test_no_log_and_no_error_holds_a_cookie_or_what_the_relay_wrote(
    relay: FakeRelay, client: RelayClient, caplog: pytest.LogCaptureFixture, behaviour: Behaviour
) -> None:
    caplog.set_level(logging.DEBUG)
    relay.set_cookies = ["session=SECRET; Path=/"]
    relay.behave(USAGE, behaviour)
    reply = await client.usage("session=SECRET")
    for told in (caplog.text, str(reply.error), repr(reply)):
        assert "SECRET" not in told
