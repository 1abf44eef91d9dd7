"""Owns what is said of the access key at the start: one that was made just now, this once; one that is easily guessed.

Which key there is, and where it is kept, is the store's.
"""

import logging
from pathlib import Path
from typing import Final

from launch.output import complain

_log = logging.getLogger(__name__)

_SHORT: Final = 12
"""Characters: a key of fewer is found by trying sooner or later, however slow that is made."""


def tell_made_key(key: str, file: Path) -> None:
    """Show a key that was made just now. It is never shown again, for it is kept nowhere but in the reader's memory."""
    complain(
        f"""
Other machines can reach this CCurve, so it asks whoever comes for its access key.
It was made just now and is shown only this once:

    {key}

To choose another one, start CCurve with it in CCURVE_ACCESS_KEY.
To have another one made, end CCurve, delete {file} and start it again.
"""
    )


def tell_kept_key(file: Path) -> None:
    """Say which key is asked for where it was made at an earlier start."""
    _log.info("It asks for the access key that it made and showed at an earlier start. For a new one, delete %s.", file)


def warn_of_short_key(key: str) -> None:
    """Warn where others can reach a key that somebody chose and that is easily guessed."""
    if len(key) < _SHORT:
        _log.warning("The access key is short enough to be guessed. Choose one of %s characters or more.", _SHORT)
