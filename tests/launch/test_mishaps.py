"""What nobody caught is told by its kind and place, wherever Python or a library would have quoted it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = """
import asyncio, logging, threading, gc
from launch.mishaps import catch_in_loop, catch_the_uncaught, log_wordless

SECRET = "s3cr3t"

def fail(*_):
    raise ValueError(SECRET)

class Failing:
    def __init__(self, held=None): self.held = held
    def __del__(self): fail()
    def __repr__(self): return SECRET

catch_the_uncaught()
log_wordless("debug")

async def in_loop(work):
    catch_in_loop(asyncio.get_running_loop())
    work()
    await asyncio.sleep(0)
    gc.collect()

async def task():
    fail()

async def forgotten():
    asyncio.ensure_future(task())

"""


def said(code: str, *options: str) -> str:
    """Return all that a program says that does this."""
    done = subprocess.run(
        [sys.executable, *options, "-c", START + code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("options", [(), ("-X", "dev")], ids=["plain", "dev"])
@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("fail()", "ends it"),
        ("thread = threading.Thread(target=fail, name='one'); thread.start(); thread.join()", "thread called one"),
        ("Failing(); gc.collect()", "Exception ignored in a function"),
        ("asyncio.run(in_loop(lambda: asyncio.get_running_loop().call_soon(fail, SECRET)))", "In the event loop"),
        ("asyncio.run(in_loop(lambda: asyncio.ensure_future(task())))", "In the event loop: Task exception was never"),
        ("\ntry: fail()\nexcept ValueError: logging.getLogger('any').exception('It failed')", "It failed"),
    ],
)
def test_an_error_is_told_without_its_words(code: str, place: str, options: tuple[str, ...]) -> None:
    told = said(code, *options)
    assert "s3cr3t" not in told
    assert place in told
    assert "ValueError" in told
    assert "in fail" in told


@pytest.mark.parametrize("options", [(), ("-X", "dev")], ids=["plain", "dev"])
def test_a_log_line_that_cannot_be_made_is_not_quoted(options: tuple[str, ...]) -> None:
    assert "s3cr3t" not in said("logging.getLogger('any').error('%d', SECRET)", *options)


def test_a_line_is_logged_with_its_time_its_level_and_who_said_it() -> None:
    assert said("logging.getLogger('any').info('All is well.')").endswith(" INFO any: All is well.\n")
