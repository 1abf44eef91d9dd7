import subprocess
import sys
from pathlib import Path

import pytest

from launch.descriptors import LEAST

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")

ROOT = Path(__file__).parents[2]
SCRIPT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
from launch.descriptors import ensure_descriptors
ensure_descriptors()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


def limited(soft: int, hard: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SCRIPT, str(soft), str(hard)]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)


@pytest.mark.parametrize(("soft", "left"), [(32, LEAST), (LEAST, LEAST), (LEAST + 1, LEAST + 1)])
def test_it_takes_as_many_as_it_needs(soft: int, left: int) -> None:
    assert limited(soft, 200).stdout.strip() == str(left)


def test_too_few_are_told_with_the_remedy() -> None:
    ended = limited(32, 32)
    assert ended.returncode == 1
    assert f"StartError: CCurve may have 32 files open at once, and needs {LEAST}." in ended.stderr
