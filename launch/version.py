"""Owns the version: every other place reads it here."""

from typing import Final

VERSION: Final = "0.1.0"
