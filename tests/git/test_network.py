"""What `git` says of a remote, fit to be shown."""

from __future__ import annotations

import pytest

from generator.git.network import TIMED_OUT, cleaned, last_words, over_network


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("fatal: unable to access 'https://ana:s3cret@example.com/x.git/'", "https://…@example.com/x.git/"),
        ("fatal: https://s3cret@example.com: no", "https://…@example.com: no"),
        ("fatal: https://u:p@ss/w0rd@example.com", "example.com"),
        ("GET https://example.com/x?access_token=s3cret&a=b", "access_token=…&a=b"),
        ("Authorization: Bearer s3cret", "Authorization: …"),
        ("\x1b[31mred\x1b[0m\x07", "red"),
    ],
)
def test_no_secret_is_repeated(said, shown):
    found = cleaned(said)
    assert shown in found
    assert "s3cret" not in found
    assert found.isprintable()


def test_the_last_lines_without_advice():
    said = "one\ntwo\nthree\nfour\nhint: Updates were rejected\nPlease make sure you have the correct access rights\n"
    assert last_words(said) == "two; three; four"
    assert len(last_words("x" * 1000)) == 300


def test_what_does_not_end_is_ended_with_all_that_it_started(git_repo, tmp_path):
    git_repo.git("config", "alias.wait", f"!sleep 30 & echo $! > {tmp_path}/child; sleep 30")
    waits = []
    status, _, _ = over_network(git_repo.path, "wait", seconds=1.5, wait=lambda: waits.append(1))
    assert (status, waits) == (TIMED_OUT, [1])
    child = (tmp_path / "child").read_text().strip()
    assert not _is_alive(child)


def _is_alive(process: str) -> bool:
    import subprocess

    shown = subprocess.run(["ps", "-o", "stat=", "-p", process], capture_output=True, text=True, check=False).stdout
    return bool(shown.strip()) and not shown.startswith("Z")
