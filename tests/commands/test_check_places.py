"""`check` judges the places of `publish`, which nothing but `publish` reads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ('{site: ["/srv/a", "ssh://host/srv/b", "branch:pages"]}', ""),
        ('{site: ["ssh://"]}', "an ssh destination names no host that can be one"),
        ('{site: ["/srv/a"], status: ["/srv/a/b"]}', "/srv/a/b of status is, or lies in, /srv/a of site"),
        ('{site: ["s3://bucket"]}', "nothing can be published to s3"),
        ("{sit: [a]}", "key 'sit' is not known in publish"),
    ],
)
def test_a_place_that_is_none_is_told_before_somebody_publishes(tmp_path: Path, places: str, said: str) -> None:
    (tmp_path / "runbooks").mkdir()
    (tmp_path / "runbooks" / "a.md").write_text("# A\n")
    (tmp_path / "tocsin.yaml").write_text(f"publish: {places}\nrunbooks: {{url: 'https://x.example', sections: []}}\n")
    # In a process of its own: in this one a test may have loaded what `check` does not.
    command = [sys.executable, "-m", "generator", "check", "-C", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = [line for line in done.stdout.splitlines() if line.startswith("tocsin.yaml")]
    assert len(found) == bool(said), done
    assert all(said in line for line in found)
    assert done.returncode == (1 if said else 0)
