"""Owns the built-in bundle of certificate authorities, which is in memory from the start.

Its file may be gone when somebody first asks over https: a frozen program's lies in a temporary directory.
"""

from typing import Final

import certifi

BUILT_IN: Final = certifi.contents()
"""The certificates that Mozilla trusts, as PEM."""
