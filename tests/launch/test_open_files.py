import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASKING = """
import resource, sys
from launch.open_files import allow_open_files
soft, hard = map(int, sys.argv[1:])
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
print(allow_open_files(), *resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there sockets are no files")
@pytest.mark.parametrize(
    ("soft", "hard", "allowed", "after"),
    [
        *((256, 8_192, 4_096, 4_096), (256, 1_024, 1_024, 1_024), (256, 256, 256, 256)),
        (6_000, 8_192, 4_096, 6_000),  # never lowered
    ],
)
def test_the_limit_is_raised_as_far_as_it_may_and_is_of_use(soft: int, hard: int, allowed: int, after: int) -> None:
    command = [sys.executable, "-c", ASKING, str(soft), str(hard)]
    told = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT).stdout
    assert told.split() == [str(allowed), str(after), str(hard)]
