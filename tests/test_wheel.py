"""The wheel, installed in an empty place: a checkout hides what was forgotten to be packed."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.repositories import copy_checkout, new_repository

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, status: int = 0) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "GIT_", "COV_"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        check=False,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == status, f"{command}\n{done.stdout}"
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, repo_root: Path) -> Path:
    """A copy to build from: a build beside other tests may not see their files come and go."""
    folder = tmp_path_factory.mktemp("project")
    copy_checkout(repo_root, folder)
    return folder


def build(project: Path, target: str, into: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", into, cwd=project)
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(project, "wheel", tmp_path_factory.mktemp("wheel"))


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def files(folder: Path) -> set[str]:
    """Paths below a folder; the folder itself, where it is a file."""
    return {path.as_posix() for path in (folder.rglob("*") if folder.is_dir() else [folder]) if path.is_file()}


def test_the_wheel_has_the_package_and_what_ships_with_it_and_nothing_else(
    wheel: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    settings = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    shipped = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    data = {f"generator/data/{name}" for source in shipped for name in files(Path(source))}
    package = files(Path("generator"))
    assert any("/templates/" in name for name in package)
    assert "generator/data/schemas/settings.schema.json" in data
    assert names(wheel) == package | data


def test_a_wheel_made_from_the_source_archive_is_the_same(wheel: Path, project: Path, tmp_path: Path) -> None:
    (tmp_path / "sdist").mkdir()
    (tmp_path / "wheel").mkdir()
    with tarfile.open(build(project, "sdist", tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert names(build(unpacked, "wheel", tmp_path / "wheel")) == names(wheel)


@pytest.fixture
def tocsin(wheel: Path, tmp_path: Path) -> Path:
    """The command of an installed wheel; its dependencies are those of the environment that runs the tests."""
    venv = tmp_path / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=tmp_path)
    python = venv / "bin" / "python"
    install = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps", wheel)
    run(*install, cwd=tmp_path)
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    (Path(packages) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    where = run(python, "-c", "import generator; print(generator.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(venv)
    return venv / "bin" / "tocsin"


def test_the_wheel_makes_checks_and_builds_a_repository_from_nothing(tocsin: Path, tmp_path: Path) -> None:
    folder = new_repository(tmp_path / "empty").path
    run(tocsin, "init", cwd=folder)
    assert "0 errors" in run(tocsin, "check", cwd=folder)
    run(tocsin, "build", cwd=folder)
    assert (folder / "build" / "manifest.json").is_file()
    assert (folder / "build" / "site" / "index.html").is_file()
