import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from release.component import Component
from release.components import components_of
from release.sbom import bill_of_materials
from tests.release.archive import Archive

ROOT: Final = Path(__file__).parent.parent.parent
TELL: Final = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from release.components import components_of
from release.notices import notices
from release.sbom import bill_of_materials

components = components_of(Path(sys.argv[1]))
print(notices(components), bill_of_materials(components, "0.1.0", datetime.fromtimestamp(0, UTC)))
"""
WHEN: Final = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ONE: Final = Component(
    name="one",
    version="1.0",
    licence="MIT",
    home="https://one.example",
    purl="pkg:npm/%40some/one@1.0",
    texts=("Do as you like.",),
    hashes={"SHA-512": "ab" * 64},
)


@pytest.fixture
def whole(archive: Archive) -> list[Component]:
    """Return one of each kind."""
    archive.put("static/index.html", kind="x")
    archive.put("libcrypto.so.3", b"\0OpenSSL 3.0.19 27 Jan 2026\0")
    archive.put("VCRUNTIME140.dll")
    return components_of(archive.build("aiohttp", "certifi", "ssl"))


def bill(*components: Component, version: str = "0.1.0") -> dict[str, Any]:
    read: dict[str, Any] = json.loads(bill_of_materials(components, version, WHEN))
    return read


def test_it_is_as_its_standard_demands(whole: list[Component]) -> None:
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill_of_materials(whole, "0.1.0", WHEN))
    assert wrong is None


def test_it_is_of_this_version_of_ccurve() -> None:
    said = bill(ONE, version="1.2.3")["metadata"]
    assert (said["component"]["name"], said["component"]["version"]) == ("ccurve", "1.2.3")
    assert said["component"]["licenses"] == [{"license": {"id": "MIT"}}]
    assert said["timestamp"] == "2026-01-02T03:04:05+00:00"


def test_each_component_is_there_with_what_is_known_of_it() -> None:
    (said,) = bill(ONE)["components"]
    assert (said["name"], said["version"], said["purl"]) == ("one", "1.0", "pkg:npm/%40some/one@1.0")
    assert said["licenses"] == [{"license": {"id": "MIT"}}]
    assert said["hashes"] == [{"alg": "SHA-512", "content": "ab" * 64}]
    assert said["externalReferences"] == [{"type": "website", "url": "https://one.example"}]


def test_licences_are_named_as_spdx_does(whole: list[Component]) -> None:
    said = {component["name"]: component["licenses"] for component in bill(*whole)["components"]}
    assert said["certifi"] == [{"license": {"id": "MPL-2.0"}}]
    assert said["aiohttp"] == [{"expression": "Apache-2.0 AND MIT"}]
    assert said["pyinstaller"] == [{"expression": "GPL-2.0-or-later WITH Bootloader-exception"}]


def test_all_of_them_are_what_ccurve_depends_on(whole: list[Component]) -> None:
    said = bill(*whole)
    depends = {entry["ref"]: entry.get("dependsOn", []) for entry in said["dependencies"]}
    assert sorted(depends["pkg:generic/ccurve@0.1.0"]) == sorted(
        component["bom-ref"] for component in said["components"]
    )
    assert len(said["components"]) == len(whole)


def test_what_was_changed_is_said(whole: list[Component]) -> None:
    (said,) = (component for component in bill(*whole)["components"] if component["name"] == "pyinstaller")
    assert "bootloader.patch" in said["pedigree"]["notes"]


def test_the_same_file_gives_the_same_texts_in_every_process(archive: Archive) -> None:
    archive.put("static/index.html", kind="x")
    built = archive.build("aiohttp", "certifi", "idna", "ssl", "yarl")
    command = (sys.executable, "-c", TELL, str(built))
    said = [
        subprocess.check_output(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}) for seed in ("1", "2")
    ]
    assert said[0]
    assert said[0] == said[1]


def test_other_contents_or_another_version_have_another_serial_number(whole: list[Component]) -> None:
    serials = {bill(ONE)["serialNumber"], bill(*whole)["serialNumber"], bill(ONE, version="0.2.0")["serialNumber"]}
    assert len(serials) == 3
