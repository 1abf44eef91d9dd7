"""Owns what people are shown of a text that somebody else wrote: no value of the cookie, nor what looks like one.

Where such texts come from is for others to know.
"""

import json
import re
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, unquote

REDACTED: Final = "[redacted]"
MOST_CHARACTERS: Final = 200
"""The longest text that is shown."""

_LOOKED_AT: Final = 1_000
_LEAST_VALUE: Final = 6
"""Shorter values (`dark`, `true`, `zh`) are words of their own, and hiding them would tell what they are."""

# Texts, which are compiled when they are first needed: at the start nobody waits for that.
# Control characters, those that turn the direction of what is read, halves of surrogate pairs, all white space.
_UNWANTED: Final = "[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+"

# What no name of a model is made of, as a run and what must be in it. In one expression, a run that lacks it would be
# looked through anew from each of its characters.
_SECRETS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", ()),  # a UUID
    (r"[A-Za-z0-9]{24,}", ()),
    (r"[A-Za-z0-9]{16,}", ("[0-9]",)),
    (r"[A-Za-z0-9_+/=%.~-]{20,}", ("[0-9]", "[a-z]", "[A-Z]")),
)
_LOOKS: Final = (
    r"(?i:(?:Set-)?Cookie2?\s*[:=].*)",
    r"(?i:\b(?:Bearer|Basic|Digest)\s+\S+)",
    r"""(?i:(?:session|token|secret|passw|pwd|auth|apikey|api[_-]key|jwt|credential)[\w.-]*["']?\s*[=:]\s*\S+)""",
    r"[\w.+-]+@[\w-]+\.[\w.-]+",  # an e-mail address
)


def redacted(text: str, cookie: str) -> str:
    """Return what may be shown of `text`: one line of at most `MOST_CHARACTERS`, without the values in `cookie`.

    They are found as they are, percent-encoded, decoded and as JSON writes them; what looks like a credential goes too,
    whoever's it is. `cookie` is a header value, perhaps an empty one.
    """
    shown = re.sub(_UNWANTED, " ", _without(text, _forms(cookie)))[:_LOOKED_AT]
    for look in _LOOKS:
        shown = re.sub(look, REDACTED, shown)
    for run, marks in _SECRETS:
        for found in {found for found in re.findall(run, shown) if _has(found, marks)}:
            shown = shown.replace(found, REDACTED)
    shown = shown.strip()
    return shown if len(shown) <= MOST_CHARACTERS else f"{shown[: MOST_CHARACTERS - 1].rstrip()}…"


def hiding_secrets(cookie: str) -> Callable[[str], str]:
    """Return what hides in names those of the cookie's values that look like secrets, and nothing else.

    A cookie may also hold a person's choices, the name of a model perhaps, and that is to be shown. To be made once for
    many names, which may come in one text: looking for the secrets in the cookie takes milliseconds.
    """
    secrets = {form for form in _forms(cookie) if looks_secret(form)}
    folded = [secret.casefold() for secret in secrets]

    def hide(name: str) -> str:
        # Hardly ever is there anything to hide, and finding that out so is quick however many they are.
        within = name.casefold()
        return _without(name, secrets) if any(secret in within for secret in folded) else name

    return hide


def looks_secret(text: str) -> bool:
    """Return whether a text holds what one would make to be guessed by nobody."""
    return any(_has(found[0], marks) for run, marks in _SECRETS for found in re.finditer(run, text))


def _has(run: str, marks: tuple[str, ...]) -> bool:
    return all(re.search(mark, run) for mark in marks)


def _without(text: str, forms: set[str]) -> str:
    if not forms:
        return text
    # The longest first: a shorter one may be a part of it.
    together = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    return re.sub(together, REDACTED, text, flags=re.IGNORECASE)


def _forms(cookie: str) -> set[str]:
    """Return the values in a header value, the whole one included, each in every form that it may be quoted in."""
    values = {value.strip() for part in (cookie, *cookie.split(";")) for value in (part, part.partition("=")[2])}
    values |= {value.strip('"').rstrip("=") for value in values}  # names cannot hold what Base64 ends in
    forms: set[str] = set()
    for value in values:
        forms |= {value, unquote(value), quote(value, safe=""), json.dumps(value)[1:-1]}
    return {form for form in forms if len(form) >= _LEAST_VALUE}
