"""Owns the cookie as it is kept: one header value, the names in it, and how the relay's own changes are taken over.

What people paste is read by `domain.paste`, one Set-Cookie line by `domain.cookie_change`.
"""

import re
from typing import Final

from domain.cookie_change import Change, read_change
from domain.redaction import hiding_secrets

MAX_HEADER_BYTES: Final = 16 * 1024
"""The longest header value that is kept."""

_CHUNK: Final = re.compile(r"(.+)\.[0-9]+", re.DOTALL)


def names(text: str) -> list[str]:
    """Return the names of the pairs in a header value: in their order, each once. No value is among them."""
    found = (_name_of(pair) for pair in text.split(";"))
    return list(dict.fromkeys(name for name in found if name))


def rotated(text: str, set_cookies: list[str], *, host: str, path: str, now_ms: int) -> str:
    """Return the header value `text` with what an answer's Set-Cookie lines change in it, and not a byte else.

    `host` and `path` are those of the request that was answered (the host without its port), `now_ms` is UTC epoch
    milliseconds. A name that is stored gets its new value in place, wherever it stands; a new name is appended; a
    name that the relay deletes goes, with its separator. An empty value is a value. Within one answer the later line
    counts; where lines for one name differ in Domain or Path, setting counts more than deleting, because clearing an
    older scope beside a fresh cookie is common, and `text` knows no scopes.

    A session in chunks (`name.0`, `name.1`, ...) is one cookie: setting `name.0` drops the stored `name` and the chunks
    that were not set along; setting `name` drops its stored chunks.

    Lines that are not printable ASCII, have no name, have one of the stored values in it (for names are shown), or are
    meant for another host or path are ignored. Where the outcome would have no pair left or be over
    `MAX_HEADER_BYTES`, `text` is returned as it was: a cookie that the relay has thrown away altogether is for the
    relay to refuse, and for a person to replace or delete.
    """
    read = (read_change(line, host=host, path=path, now_ms=now_ms) for line in set_cookies)
    changes = [change for change in read if change]
    if not changes:
        return text
    hide = hiding_secrets(text)
    changes = [change for change in changes if hide(change.name) == change.name]
    wanted = _settled(changes)
    if not wanted:
        return text
    held = set(names(text))
    wanted.update(dict.fromkeys(_left_behind(held, wanted)))
    pairs = text.split(";")
    goes = [wanted.get(_name_of(pair), pair) is None for pair in pairs]
    result = ";".join(_with_value(pair, wanted) for pair, gone in zip(pairs, goes, strict=True) if not gone)
    # Spaces round a separator are part of it.
    result = result.lstrip() if goes[0] else result
    result = result.rstrip() if goes[-1] else result
    for name, value in wanted.items():
        if value is not None and name not in held:
            result = _appended(result, f"{name}={value}")
    return result if names(result) and len(result) <= MAX_HEADER_BYTES else text


def _name_of(pair: str) -> str:
    """Return the name of a pair, empty where it has none."""
    name, equals, _ = pair.partition("=")
    return name.strip() if equals else ""


def _settled(changes: list[Change]) -> dict[str, str | None]:
    """Return what each name comes to: its new value, or None where it goes."""
    by_scope: dict[tuple[str, str, str], Change] = {}
    for change in changes:
        by_scope.pop(change.scope, None)
        by_scope[change.scope] = change
    wanted: dict[str, str | None] = {}
    for change in by_scope.values():
        if change.value is not None or change.name not in wanted:
            wanted[change.name] = change.value
    return wanted


def _left_behind(held: set[str], wanted: dict[str, str | None]) -> list[str]:
    """Return the stored names that go because their session now comes whole, or in other chunks."""
    fresh = {name for name, value in wanted.items() if value is not None}
    gone: list[str] = []
    for name in held - wanted.keys():
        chunk = _CHUNK.fullmatch(name)
        session = chunk[1] if chunk else name
        chunks_are_fresh = f"{session}.0" in fresh
        whole_is_fresh = chunk is not None and session in fresh and f"{session}.0" in held
        if chunks_are_fresh or whole_is_fresh:
            gone.append(name)
    return gone


def _with_value(pair: str, wanted: dict[str, str | None]) -> str:
    """Return the pair with its value's bytes replaced where a new one is wanted; spaces round it stay."""
    value = wanted.get(_name_of(pair))
    if value is None:
        return pair
    name, _, old = pair.partition("=")
    before = old[: len(old) - len(old.lstrip())] if old.strip() else ""
    after = old[len(old.rstrip()) :]
    return f"{name}={before}{value}{after}"


def _appended(text: str, pair: str) -> str:
    if not text.strip():
        return pair
    if text.rstrip().endswith(";"):
        return f"{text}{pair}" if text.endswith(" ") else f"{text} {pair}"
    return f"{text}; {pair}"
