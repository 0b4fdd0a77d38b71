"""The hooks on real commits: a good edit passes, a bad one is refused with its finding on the screen."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repositories import GitRepository, copy_checkout, new_repository

GOOD = ("description: ", "description: Still ")
BAD = ("team: platform", "team: platfrom")


@pytest.fixture(autouse=True)
def nothing_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what pre-commit and virtualenv would put into the user's home folder."""
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "pre-commit"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("SKIP", raising=False)


def pre_commit(repository: GitRepository, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=repository.path,
        env=repository.environment,
        check=False,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def install(repository: GitRepository, config: str) -> None:
    repository.write(".pre-commit-config.yaml", config)
    repository.commit("Check before each commit")
    installed = pre_commit(repository, "install")
    assert installed.returncode == 0, installed.stdout


def edit_and_commit(repository: GitRepository, edit: tuple[str, str]) -> subprocess.CompletedProcess[str]:
    source = repository.path / "alerts" / "tr-web.yaml"
    text = source.read_text(encoding="utf-8")
    assert edit[0] in text
    repository.write("alerts/tr-web.yaml", text.replace(*edit, 1))
    return repository.git("commit", "--all", "--message", "Edit", check=False)


def head(repository: GitRepository) -> str:
    return repository.git("rev-parse", "HEAD").stdout


def local_hook() -> str:
    tocsin = Path(sys.executable).with_name("tocsin")
    return f"""\
repos:
  - repo: local
    hooks:
      - {{id: tocsin-check, name: tocsin check, entry: "{tocsin} check", language: system, pass_filenames: false}}
"""


def hook_of(project: GitRepository) -> str:
    return f"""\
repos:
  - repo: {project.path}
    rev: {head(project)}
    hooks:
      - id: tocsin-check
"""


def refuses_only_the_bad(repository: GitRepository) -> None:
    before = head(repository)
    good = edit_and_commit(repository, GOOD)
    assert good.returncode == 0, good.stdout + good.stderr
    after = head(repository)
    assert after != before
    bad = edit_and_commit(repository, BAD)
    assert bad.returncode == 1
    assert head(repository) == after
    written = (repository.path / "alerts" / "tr-web.yaml").read_text(encoding="utf-8")
    line = written[: written.index("platfrom")].count("\n") + 1
    assert f"alerts/tr-web.yaml:{line}:7: error[" in bad.stderr + bad.stdout
    assert "platfrom" in bad.stderr + bad.stdout


def test_a_commit_with_an_error_is_refused(example: GitRepository) -> None:
    install(example, local_hook())
    refuses_only_the_bad(example)


def test_a_commit_that_touches_no_source_is_not_checked(example: GitRepository, repo_root: Path) -> None:
    hooks = (repo_root / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    (example.path / ".venv").symlink_to(Path(sys.prefix), target_is_directory=True)
    example.write(".gitignore", ".venv\n")
    install(example, hooks)
    example.write("notes.txt", "Nothing for anybody.\n")
    example.git("add", "notes.txt")
    done = example.git("commit", "--message", "Add notes")
    assert "tocsin check" in done.stderr + done.stdout
    assert "no files to check" in done.stderr + done.stdout


@pytest.mark.slow
def test_any_repository_can_use_the_hook_of_this_project(
    example: GitRepository, repo_root: Path, tmp_path: Path
) -> None:
    if not index_answers(tmp_path):
        pytest.skip("pre-commit installs the hook's dependencies: needs a package index")
    project = new_repository(tmp_path / "project")
    copy_checkout(repo_root, project.path)
    project.commit("As it is now")
    install(example, hook_of(project))
    refuses_only_the_bad(example)


def index_answers(tmp_path: Path) -> bool:
    """Whether pip can fetch anything here."""
    folder = tmp_path / "downloads"
    asked = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), "mergedeep"]
    try:
        done = subprocess.run(asked, check=False, capture_output=True, timeout=120)
    except subprocess.TimeoutExpired:
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return done.returncode == 0
