from __future__ import annotations

import io

from generator.cli import main
from generator.commands.progress import Progress

NOW = ["--now", "2026-11-24T12:00Z"]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_is_a_line_on_a_terminal_that_goes_away(monkeypatch):
    monkeypatch.setattr("sys.stderr", Terminal())
    progress = Progress()
    progress.step("rendering site (6 of 6)")
    assert "rendering site (6 of 6)" in progress._stream.getvalue()
    progress.done()
    assert progress._stream.getvalue().endswith("\r\x1b[2K")


def test_nothing_is_written_where_nobody_watches(monkeypatch):
    monkeypatch.setattr("sys.stderr", io.StringIO())
    progress = Progress()
    progress.step("checking")
    progress.done()
    assert progress._stream.getvalue() == ""


def test_summary_counts_by_target_and_by_what_was_done(tmp_path, capsys):
    main(["init", str(tmp_path), *NOW])
    build = ["-C", str(tmp_path), "build", "--target=prometheus", "--target=alertmanager", *NOW]
    capsys.readouterr()
    assert main(build) == 0
    out = capsys.readouterr().out
    assert "  prometheus    3 files\n  alertmanager  1 file\n4 written, 0 unchanged, 0 removed in " in out
    assert main(build) == 0
    assert "0 written, 4 unchanged, 0 removed in " in capsys.readouterr().out
