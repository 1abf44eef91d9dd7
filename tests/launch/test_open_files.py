import subprocess
import sys
from pathlib import Path

import pytest

from launch.open_files import LEAST

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there sockets are no files")

ROOT = Path(__file__).parents[2]
ASKING = """
import resource, sys
from launch.open_files import allow_open_files
soft, hard = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
print(allow_open_files(), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def asked_within(soft: int, hard: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", ASKING, str(soft), str(hard)]
    return subprocess.run(command, capture_output=True, check=False, text=True, cwd=ROOT)


@pytest.mark.parametrize(
    ("soft", "hard", "allowed", "after"),
    [
        *((256, 8_192, 4_096, 4_096), (256, 1_024, 1_024, 1_024), (256, 256, 256, 256)),
        *((32, LEAST, LEAST, LEAST), (LEAST, LEAST, LEAST, LEAST)),
        (6_000, 8_192, 4_096, 6_000),  # never lowered
    ],
)
def test_the_limit_is_raised_as_far_as_it_may_and_is_of_use(soft: int, hard: int, allowed: int, after: int) -> None:
    assert asked_within(soft, hard).stdout.split() == [str(allowed), str(after), str(hard)]


def test_too_few_are_told_with_the_remedy() -> None:
    ended = asked_within(32, LEAST - 1)
    assert ended.returncode == 1
    assert f"StartError: CCurve may have {LEAST - 1} files open at once, and needs {LEAST}." in ended.stderr
