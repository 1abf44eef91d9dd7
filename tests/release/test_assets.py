from pathlib import Path

from release import folder
from release.assets import collect


def test_the_files_of_each_system_are_told_apart_by_its_name(tmp_path: Path) -> None:
    dist, assets, name = tmp_path / "dist", tmp_path / "assets", folder.name()
    dist.mkdir()
    made = {
        "ccurve": "",
        "ccurve.cdx.json": ".cdx.json",
        "THIRD-PARTY-NOTICES.txt": ".notices.txt",
        f"{name}.tar.gz": ".tar.gz",
    }
    for file in made:
        (dist / file).write_text(file)
    (dist / "SHA256SUMS").touch()
    collect(dist, assets)
    assert {file.name: file.read_text() for file in assets.iterdir()} == {
        f"{name}{ending}": file for file, ending in made.items()
    }


def test_on_windows_they_keep_their_endings(tmp_path: Path) -> None:
    dist, assets, name = tmp_path / "dist", tmp_path / "assets", folder.name()
    dist.mkdir()
    for file in ("ccurve.exe", f"{name}.zip"):
        (dist / file).touch()
    collect(dist, assets)
    assert {file.name for file in assets.iterdir()} == {f"{name}.exe", f"{name}.zip"}
