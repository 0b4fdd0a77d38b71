"""A rotation changed by hand and by command, judged by `check --since` in a real repository."""

from __future__ import annotations

import pytest

from generator.cli import main
from tests.repositories import GitRepository

NOW = "--now=2026-10-20T08:00Z"
WEB = """\
schedules:
  primary:
    time_zone: Europe/Madrid
    layers:
      - {start: 2026-01-05 09:00, turn: 1w, people: [ana, bea]}
"""


@pytest.fixture
def reshuffled(git_repo: GitRepository, capsys):
    git_repo.write("schedules/people.yaml", "ana: Ana\nbea: Bea\ncleo: Cleo\n")
    git_repo.write("schedules/web.yaml", WEB)
    git_repo.commit("Begin")

    def lines(*more: str) -> list[str]:
        capsys.readouterr()
        assert main(["check", "-C", str(git_repo.path), NOW, *more]) == 0
        return [line for line in capsys.readouterr().out.splitlines() if "[oncall/reshuffled]" in line]

    return lines


def test_a_hand_edit_is_told_with_a_base_alone(git_repo: GitRepository, reshuffled):
    git_repo.write("schedules/web.yaml", WEB.replace("bea]", "bea, cleo]"))
    assert reshuffled() == []
    (line,) = reshuffled("--since", "main")
    assert line.startswith("schedules/web.yaml:5:53: warning[oncall/reshuffled]: ")
    assert "bea leaves the shift that runs now (until 26 October 09:00), and cleo takes it" in line


@pytest.mark.parametrize(
    "action",
    [("add", "cleo", "primary"), ("add", "cleo", "primary", "--keep-past"), ("remove", "bea", "primary"),
     ("remove", "ana", "primary", "--rollout=after-full-rotation"), ("swap", "ana", "primary", "--with=bea")],
    ids=" ".join,
)  # fmt: skip
def test_the_commands_are_not(git_repo: GitRepository, reshuffled, action):
    assert main(["oncall", "-C", str(git_repo.path), *action, NOW]) == 0
    assert (git_repo.path / "schedules/web.yaml").read_text() != WEB
    assert reshuffled("--since", "main") == []
