"""A crash leaves nothing of the memory behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CRASH = "import os, signal; from launch.dumps import forbid_dumps; {}; os.kill(os.getpid(), signal.{})"
PATTERN = Path("/proc/sys/kernel/core_pattern")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="where dumps go is asked of Linux")


def crashed(place: Path, *, forbidden: bool, by: str) -> list[str]:
    """Crash in a folder, with dumps allowed by whoever started it; return what lies there then."""
    code = CRASH.format("forbid_dumps()" if forbidden else "pass", by)
    command = ["prlimit", "--core=unlimited:unlimited", sys.executable, "-c", code]
    done = subprocess.run(command, cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == -signal.Signals[by]
    return [path.name for path in place.iterdir()]


@pytest.mark.skipif(PATTERN.exists() and not PATTERN.read_text().startswith("core"), reason="dumps go elsewhere")
@pytest.mark.parametrize("by", ["SIGABRT", "SIGSEGV"])
def test_no_dump_is_written_even_where_they_are_allowed(tmp_path: Path, by: str) -> None:
    assert crashed(tmp_path, forbidden=True, by=by) == []
    # Else this proves nothing.
    assert crashed(tmp_path, forbidden=False, by=by) != []


def test_the_limits_are_those_that_keep_files_and_programs_from_getting_one() -> None:
    look = "import resource; print(resource.getrlimit(resource.RLIMIT_CORE)); "
    look += "print(open('/proc/self/coredump_filter').read())"
    for most, soft in (("unlimited", 1), ("4096", 1), ("0", 0)):
        command = ["prlimit", f"--core=0:{most}", sys.executable, "-c"]
        command += [f"from launch.dumps import forbid_dumps; forbid_dumps(); {look}"]
        said = subprocess.check_output(command, cwd=ROOT, text=True).split("\n")
        assert said[0] == f"({soft}, {-1 if most == 'unlimited' else most})"
        assert int(said[1], 16) == 0
