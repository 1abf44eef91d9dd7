"""Owns the tree of errors: what can go wrong, the sentence that says so, and its remedy.

The HTTP status of each lives in `web.errors`, the exit status in `app`; nothing here holds a cookie's value.
"""

from typing import ClassVar


class CCurveError(Exception):
    """The root. `code` is stable and part of the contract; `str()` is one sentence for people."""

    code: ClassVar[str] = "internal_error"


class InvalidValueError(CCurveError):
    """A value from outside is not acceptable; `field` names it as the outside wrote it."""

    code = "invalid_value"

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field


class CookieError(CCurveError):
    """Something is wrong with the cookie."""


class CookieUnreadableError(CookieError):
    """A paste holds no cookie. `seen` says what it looked like, never what it held."""

    code = "cookie_unreadable"

    def __init__(self, seen: str) -> None:
        super().__init__(f"{seen} Paste the value of the Cookie header, or the whole request copied as cURL.")
        self.field = "cookie"


class CookieMissingError(CookieError):
    """No cookie is stored."""

    code = "cookie_missing"

    def __init__(self) -> None:
        super().__init__("No cookie is stored. Save one first.")


class CookieInvalidError(CookieError):
    """The relay refuses the stored cookie."""

    code = "cookie_invalid"

    def __init__(self) -> None:
        super().__init__("The relay refuses the stored cookie. Sign in there again and save the new one.")


class UpstreamError(CCurveError):
    """The relay did not give what was asked for; `retry_after_s` is how long it asked us to wait, if it did."""

    def __init__(self, detail: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class UpstreamUnavailableError(UpstreamError):
    """The relay could not be reached, was too slow, or said that it cannot serve now (429, 5xx)."""

    code = "upstream_unavailable"


class UpstreamUnexpectedError(UpstreamError):
    """The relay answered something that is not an answer: HTML, garbage, too much, another status."""

    code = "upstream_unexpected"


class UpstreamRefusedError(UpstreamError):
    """The relay refused the cookie: 401, 403, a redirect, a login page."""

    code = "cookie_invalid"


class StorageError(CCurveError):
    """What is kept could not be read or written."""

    code = "storage_failed"


class StorageFullError(StorageError):
    """The disk is full."""

    code = "storage_full"


class BackupPostponedError(StorageFullError):
    """There is room for new records, but not for a backup besides."""


class StartError(CCurveError):
    """CCurve cannot start; the sentence names the remedy."""

    code = "cannot_start"


class DataDirUnusableError(StartError):
    """The data directory cannot be created, read or written."""


class DatabaseDamagedError(StartError):
    """A database file is not what was left there; `problem` completes "it is damaged: …"."""

    def __init__(self, sentence: str, problem: str) -> None:
        super().__init__(sentence)
        self.problem = problem


class AccessFileDamagedError(StartError):
    """The file of the access key and its sessions is not what was left there."""


class DatabaseTooNewError(StartError):
    """A database was written by a newer release."""


class PortTakenError(StartError):
    """The address to listen on is not to be had."""
