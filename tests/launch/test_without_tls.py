import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def said_by(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True).stdout


def test_nothing_on_the_way_to_the_first_answer_loads_tls() -> None:
    assert said_by("import app, sys; print({'ssl', '_ssl', 'requests', 'urllib3'} & set(sys.modules))") == "set()\n"


def test_whoever_comes_later_finds_tls_whole() -> None:
    code = """
import app
import http.client, ssl, urllib.request
from urllib.request import HTTPSHandler
print(issubclass(http.client.HTTPSConnection, http.client.HTTPConnection), urllib.request.http.client is http.client)
"""
    assert said_by(code) == "True True\n"
