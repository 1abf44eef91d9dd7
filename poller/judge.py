"""Owns the judgement on an answer: whether the relay answered, refused the cookie, or is down or confused.

Fetching the answer is `poller.exchange`'s, reading a good one `poller.parse`'s.
"""

import re
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from msgspec import Struct

from domain.errors import UpstreamError, UpstreamRefusedError, UpstreamUnavailableError, UpstreamUnexpectedError
from domain.records import MAX_TIME_MS

PAGE_BYTES: Final = 256 * 1024
"""How much of a web page is looked at."""

_LONGEST_RETRY_AFTER_S: Final = 86_400
_MOST_DIGITS: Final = 9
_REDIRECTS: Final = 3
_SERVER_ERRORS: Final = 5

_SIGN_IN: Final = r"(?:log|sign)[-_\s]?(?:in|on)\b"
_IS: Final = r"""\s*+=\s*+["']?+"""
_LOGIN_PAGE: Final = re.compile(  # repetitions are bounded, or give nothing back (*+), lest a hostile page takes hours
    rf"""<input\b[^<>]{{0,500}}\btype{_IS}password\b                          # asks for a password
    | <(?:title|h[1-3])\b[^<>]{{0,500}}>[^<]{{0,500}}?(?:\b{_SIGN_IN}|登录|登陆|登入)  # calls itself so
    | <form\b[^<>]{{0,500}}\baction{_IS}[^"'<>]{{0,200}}?\b{_SIGN_IN}          # hands in a sign-in
    | <meta\b[^<>]{{0,500}}\burl{_IS}[^"'<>]{{0,200}}/{_SIGN_IN}              # sends the browser there
    | "page"\s*+:\s*+"[^"]{{0,200}}/{_SIGN_IN}                             # is that route of a Next.js site
    """,
    re.IGNORECASE | re.VERBOSE,
)


class Response(Struct, frozen=True):
    """What came over the line. Header values are None where the header is missing, `body` is what was read of it.

    `broken` is what ended the reading of the body before its end, None where nothing did.
    """

    status: int
    content_type: str | None
    retry_after: str | None
    date: str | None
    set_cookies: list[str]
    body: bytes = b""
    broken: UpstreamError | None = None

    def __repr__(self) -> str:
        """Show no value of a cookie, and nothing of the body."""
        return f"Response(status={self.status}, set_cookies={len(self.set_cookies)}, body={len(self.body)} bytes)"


def refused() -> UpstreamRefusedError:
    """Return the error for a cookie that the relay does not take."""
    return UpstreamRefusedError("The relay refuses the stored cookie. Sign in there again and save the new one.")


def raise_for_status(response: Response, now_ms: int) -> None:
    """Raise what the status says; nothing for 200.

    401, 403 and every redirect are refusals; 429 and 5xx are a relay that cannot serve now; the rest is unexpected.
    """
    status = response.status
    if status == HTTPStatus.OK:
        return
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) or status // 100 == _REDIRECTS:
        raise refused()
    if status == HTTPStatus.TOO_MANY_REQUESTS or status // 100 == _SERVER_ERRORS:
        wait_s = retry_after_s(response.retry_after, response.date, now_ms)
        raise UpstreamUnavailableError(f"The relay cannot answer now (status {status}).", retry_after_s=wait_s)
    raise UpstreamUnexpectedError(f"The relay answered with status {status}, which it never should.")


def raise_for_page(response: Response) -> None:
    """Raise UpstreamRefusedError where the answer should be data and is a web page.

    Login pages come in more forms than can be told by looking; the check that follows a refusal says which it was.
    """
    if _is_page(response):
        raise refused()


def raise_for_login_page(response: Response) -> None:
    """Raise UpstreamRefusedError where the answer is a page to sign in on.

    It is one where it asks for a password, calls itself so in its title or a heading, hands in or redirects to a
    sign-in, or is that route of a Next.js site. A mere link to one, as maintenance pages have, makes none.
    """
    if _is_page(response) and _LOGIN_PAGE.search(response.body[:PAGE_BYTES].decode("utf-8", "replace")):
        raise refused()


def may_be_page(content_type: str | None) -> bool:
    """Return whether the body that comes with this Content-Type has to be read to know whether it is a web page."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    return kind in ("", "text/html", "application/xhtml+xml")


def retry_after_s(value: str | None, date: str | None, now_ms: int) -> float | None:
    """Return the seconds that a Retry-After header asks for, a day at most; None where it asks for nothing.

    It holds seconds or an HTTP date; a date counts from the answer's own `date` where it has one, so that a
    wrong clock on either side does no harm, else from `now_ms` (UTC epoch milliseconds). What is neither is ignored.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        seconds = int(text) if len(text) <= _MOST_DIGITS else _LONGEST_RETRY_AFTER_S
        return float(min(seconds, _LONGEST_RETRY_AFTER_S))
    until_s = _http_date_s(text)
    if until_s is None:
        return None
    sent_s = _http_date_s(date or "")
    wait_s = until_s - (now_ms / 1000 if sent_s is None else sent_s)
    return min(wait_s, float(_LONGEST_RETRY_AFTER_S)) if wait_s > 0 else None


def sent_ms(response: Response) -> int | None:
    """Return when the relay says that it answered, in UTC epoch milliseconds; None where it says no such thing."""
    sent_s = _http_date_s(response.date or "")
    return int(sent_s * 1000) if sent_s is not None and 0 <= sent_s * 1000 <= MAX_TIME_MS else None


def _is_page(response: Response) -> bool:
    """Return whether the body is markup, whatever Content-Type it came with: no JSON starts like that."""
    return response.body.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<")


def _http_date_s(text: str) -> float | None:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
