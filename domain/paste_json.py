"""Owns cookies pasted as JSON: what cookie extensions export, or one object of names and values.

Which of them count is decided by `domain.paste_pick`.
"""

import json
import re
from typing import Final

from domain.errors import CookieUnreadableError
from domain.paste_pick import PastedCookie

_START: Final = re.compile(r"\[\s*[{\]]|\{\s*[\"}]")


def looks_like_json(text: str) -> bool:
    """Tell whether `text` begins as the JSON of an object or of a list of objects does."""
    return bool(_START.match(text))


def cookies_of_json(text: str) -> list[PastedCookie]:
    """Return the cookies of a list of objects, bare or under `cookies`, or of one object that maps names to values.

    An object in a list has `name` and `value`, and perhaps `domain` and `path`; others are passed over. Numbers stand
    for their own digits. CookieUnreadableError where the JSON is damaged or holds no cookie.
    """
    try:
        # Numbers are kept as they were written: a cookie's value is text.
        found: object = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        # The library's own error carries the whole paste, so it goes no further.
        raise CookieUnreadableError("JSON that is cut off or damaged was seen.") from None
    if isinstance(found, dict) and isinstance(found.get("cookies"), list):
        found = found["cookies"]
    cookies = _listed(found) if isinstance(found, list) else _named(found)
    if not cookies:
        raise CookieUnreadableError("JSON without a cookie in it was seen.")
    return cookies


def _listed(items: list[object]) -> list[PastedCookie]:
    return [cookie for item in items if isinstance(item, dict) and (cookie := _one(item))]


def _named(found: object) -> list[PastedCookie]:
    if not isinstance(found, dict):
        return []
    if isinstance(found.get("name"), str) and "value" in found and (cookie := _one(found)):
        return [cookie]
    return [PastedCookie(name, _text(value)) for name, value in found.items() if isinstance(value, str | bool)]


def _one(item: dict[str, object]) -> PastedCookie | None:
    """Return the cookie that an extension describes so, None where that is not one."""
    name, value = item.get("name"), item.get("value", "")
    if not isinstance(name, str) or not isinstance(value, str | bool):
        return None
    domain, path = item.get("domain"), item.get("path")
    return PastedCookie(
        name, _text(value), domain if isinstance(domain, str) else "", path if isinstance(path, str) else ""
    )


def _text(value: str | bool) -> str:  # noqa: FBT001 - JSON's true and false
    return value if isinstance(value, str) else str(value).lower()
