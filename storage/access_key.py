"""Owns the access key, chosen by somebody or made here: how it is recognised, and what of it is kept.

The file in which that is kept is `access_file`'s. The key itself is never written anywhere.
"""

import hashlib
import hmac
import secrets
from typing import Final, Protocol

_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""What cannot be taken for something else: no 0, o, 1, i and l."""

_GROUPS: Final = 7
_GROUP: Final = 4
"""So many characters of 31, in so many groups, are 138 bits."""

_SALT_BYTES: Final = 16


class Key(Protocol):
    """The key that is asked for."""

    def accepts(self, text: str) -> bool:
        """Return whether this is it, after the same time for each text of the same length that is not."""

    def seal(self) -> str:
        """Return what tells this key from others, and does not tell the key. May take a tenth of a second."""

    def fits(self, seal: str) -> bool:
        """Return whether a seal was made of this key. May take a tenth of a second."""


class MadeKey:
    """A key that was made here, by its digest: it is so long that nobody finds it by trying.

    Case, dashes and white space do not matter.
    """

    def __init__(self, digest: str) -> None:
        self._digest = digest

    def accepts(self, text: str) -> bool:
        """Return whether this is it."""
        return hmac.compare_digest(digest_of(text), self._digest)

    def seal(self) -> str:
        """Return what tells this key from others."""
        return f"made:{self._digest}"

    def fits(self, seal: str) -> bool:
        """Return whether a seal was made of this key."""
        return hmac.compare_digest(seal, self.seal())


class GivenKey:
    """A key that somebody chose, so others may guess it: its seal is slow to make. White space around it is no part."""

    def __init__(self, text: str) -> None:
        self._text = _bytes(text)
        self._digest = hashlib.sha256(self._text).digest()

    def accepts(self, text: str) -> bool:
        """Return whether this is it."""
        return hmac.compare_digest(hashlib.sha256(_bytes(text)).digest(), self._digest)

    def seal(self) -> str:
        """Return what tells this key from others."""
        salt = secrets.token_bytes(_SALT_BYTES)
        return f"given:{salt.hex()}:{self._stretched(salt).hex()}"

    def fits(self, seal: str) -> bool:
        """Return whether a seal was made of this key."""
        kind, _, rest = seal.partition(":")
        salt, _, stretched = rest.partition(":")
        return kind == "given" and hmac.compare_digest(self._stretched(bytes.fromhex(salt)).hex(), stretched)

    def _stretched(self, salt: bytes) -> bytes:
        return hashlib.scrypt(self._text, salt=salt, n=1 << 14, r=8, p=1, dklen=32)


def make_key() -> str:
    """Return a new key, in groups that can be read and typed."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def digest_of(made: str) -> str:
    """Return by what a key that was made here is known."""
    return hashlib.sha256(_bytes("".join(made.split()).replace("-", "").lower())).hexdigest()


def _bytes(text: str) -> bytes:
    return text.strip().encode("utf-8", "surrogatepass")
