"""Owns what is logged and counted of polling: edges, not every retry; counts, and never a value.

What the figures are called outside is `web`'s.
"""

import logging
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from domain.errors import (
    CCurveError,
    CookieInvalidError,
    StorageError,
    UpstreamRefusedError,
    UpstreamUnavailableError,
)
from domain.records import Answer
from poller.state import State

log: Final = logging.getLogger("ccurve.poller")


class Journal:
    """Counts polls by outcome, and malformed records; logs the latter when their number in an answer changes."""

    def __init__(self) -> None:
        self._outcomes = dict.fromkeys(("ok", "unavailable", "unexpected", "refused", "storage_failed"), 0)
        self._malformed = 0
        self._last_malformed = 0

    @property
    def outcomes(self) -> Mapping[str, int]:
        """Polls since the start, by outcome; every outcome is there, at zero too."""
        return self._outcomes

    @property
    def malformed(self) -> int:
        """Malformed records in all answers since the start; one that comes again counts again."""
        return self._malformed

    def count_poll(self, error: CCurveError | None) -> None:
        """Count a poll that ended with `error`, None for well."""
        if error is None:
            outcome = "ok"
        elif isinstance(error, UpstreamRefusedError | CookieInvalidError):
            outcome = "refused"
        elif isinstance(error, StorageError):
            outcome = "storage_failed"
        else:
            outcome = "unavailable" if isinstance(error, UpstreamUnavailableError) else "unexpected"
        self._outcomes[outcome] += 1

    def count_malformed(self, answer: Answer) -> None:
        """Count the answer's malformed records."""
        self._malformed += answer.malformed
        if answer.malformed and answer.malformed != self._last_malformed:
            log.warning(
                "%d of the %d records in the relay's answer could not be read; the others are kept.",
                answer.malformed,
                answer.fetched,
            )
        self._last_malformed = answer.malformed


def log_mistake(error: Exception) -> None:
    """Log an error that nobody foresaw, by its kind and place: its words may quote anything, a cookie too."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "nowhere"
    log.error("A mistake of CCurve's own: %s in %s. Polling goes on.", type(error).__name__, where)


def log_edge(before: State, after: State) -> None:
    """Log what changes for people between two states: the first failure, the recovery, the refused cookie."""
    if after.cookie == "invalid" != before.cookie:
        log.warning("The relay refuses the stored cookie; nothing is sent until there is a new one.")
    elif after.failures and not before.failures and after.trouble is not None:
        log.warning("Polling fails: %s", after.trouble.detail)
    elif before.failures and not after.failures and after.trouble is None:
        log.info("Polling works again, after %d failures.", before.failures)
