from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.repositories import copy_checkout


def test_make_schemas_has_been_run_since_a_setting_changed(tmp_path: Path, repo_root: Path) -> None:
    copy_checkout(repo_root, tmp_path)
    written = tmp_path / "schemas" / "settings.schema.json"
    written.unlink(missing_ok=True)
    subprocess.run(
        [sys.executable, tmp_path / ".ci" / "schemas.py"], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, check=True
    )
    assert (repo_root / "schemas" / "settings.schema.json").read_bytes() == written.read_bytes(), "run `make schemas`"
