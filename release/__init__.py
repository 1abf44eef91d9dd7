"""The release: what people download, made from a checkout by `python -m release`."""

import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
DIST: Final = ROOT / "dist"
PROGRAM: Final = DIST / ("ccurve.exe" if sys.platform == "win32" else "ccurve")
