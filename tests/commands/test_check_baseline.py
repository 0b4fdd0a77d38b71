"""`check --baseline`: known by name, never by line, and only ever less."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.cli import main

RULES = ("ShopDown", "ShopSlow", "ShopGone")
OTHER = {"runbooks/other.md": "# Other\n"}


def alerts(*names: str) -> str:
    return "alerts:\n" + "".join(
        f"  - {{alert: {name}, expr: e > {number}, runbook: none-{name.lower()}, annotations: {{summary: x}}}}\n"
        for number, name in enumerate(names)
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "alerts").mkdir()
    (tmp_path / "runbooks").mkdir()
    (tmp_path / "runbooks" / "other.md").write_text("# Other\n")
    off = ", ".join(f"{each}: off" for each in ("service/no-team", "runbook/unused", "runbook/section-missing"))
    (tmp_path / "tocsin.yaml").write_text(f"checks: {{{off}}}\n")
    (tmp_path / "alerts" / "shop.yaml").write_text(alerts(*RULES))
    return tmp_path


def check(folder: Path, capsys, *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(["check", "-C", str(folder), *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


def known(folder: Path) -> str:
    text = (folder / "baseline.yaml").read_text()
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


FULL = "runbook/missing:\n  - shop/ShopDown\n  - shop/ShopGone\n  - shop/ShopSlow\n"


def test_what_is_found_is_known_from_then_on(folder: Path, capsys):
    assert check(folder, capsys)[0] == 1
    status, out, err = check(folder, capsys, "--baseline")
    assert (status, err) == (0, "wrote baseline.yaml: 3 findings known\n")
    assert out.startswith("0 errors in ")
    assert known(folder) == FULL
    assert check(folder, capsys)[:2] == (0, out)


def test_lines_do_not_matter_and_names_do(folder: Path, capsys):
    check(folder, capsys, "--baseline")
    (folder / "alerts" / "shop.yaml").write_text("# moved\n\n" + alerts("ShopGone", "ShopSlow", "ShopDown"))
    assert check(folder, capsys)[0] == 0
    (folder / "alerts" / "shop.yaml").write_text(alerts("ShopGone", "ShopSlow", "ShopHalted"))
    status, out, _ = check(folder, capsys)
    assert status == 1
    assert "error[runbook/missing]: alert ShopHalted" in out
    assert "warning[baseline/unused]: runbook/missing finds nothing about 'shop/ShopDown' any more" in out


def test_it_only_shrinks(folder: Path, capsys):
    check(folder, capsys, "--baseline")
    (folder / "alerts" / "shop.yaml").write_text(alerts("ShopDown", "ShopSlow", "ShopNew"))
    status, out, err = check(folder, capsys, "--baseline")
    assert (status, err) == (1, "took 1 finding out of baseline.yaml, 2 left\n")
    assert "ShopNew" in out
    assert known(folder) == "runbook/missing:\n  - shop/ShopDown\n  - shop/ShopSlow\n"
    assert check(folder, capsys, "--baseline")[2].startswith("baseline.yaml stays as it is: 2 findings known")


def test_emptied_it_stays_so_that_nothing_is_added_again(folder: Path, capsys):
    check(folder, capsys, "--baseline")
    (folder / "alerts" / "shop.yaml").write_text("alerts: []\n")
    assert check(folder, capsys, "--baseline")[2] == "took 3 findings out of baseline.yaml, 0 left: delete it\n"
    assert known(folder) == "{}\n"
    (folder / "alerts" / "shop.yaml").write_text(alerts("ShopDown"))
    assert check(folder, capsys, "--baseline")[0] == 1
    assert known(folder) == "{}\n"


def test_comments_in_it_stay(folder: Path, capsys):
    text = "# ours\nrunbook/missing:   # see OPS-12\n  - shop/ShopDown\n"
    text += "  - shop/Mended   # soon\n  # next week\n  - shop/ShopSlow\n"
    (folder / "baseline.yaml").write_text(text)
    check(folder, capsys, "--baseline")
    assert (folder / "baseline.yaml").read_text() == text.replace("  - shop/Mended   # soon\n", "")


def test_a_form_of_one_s_own_is_written_anew(folder: Path, capsys):
    (folder / "baseline.yaml").write_text("runbook/missing: [shop/ShopSlow, shop/Mended, shop/ShopDown]\n")
    check(folder, capsys, "--baseline")
    assert known(folder) == "runbook/missing:\n  - shop/ShopDown\n  - shop/ShopSlow\n"


def test_a_name_stands_once_for_each_finding(folder: Path, capsys):
    (folder / "alerts" / "shop.yaml").write_text(alerts("ShopDown", "ShopDown"))
    check(folder, capsys, "--baseline")
    assert known(folder) == "runbook/missing:\n  - shop/ShopDown\n  - shop/ShopDown\n"
    (folder / "alerts" / "shop.yaml").write_text(alerts("ShopDown", "ShopDown", "ShopDown"))
    assert check(folder, capsys)[1].count("error[runbook/missing]") == 1


def test_a_source_that_cannot_be_read_is_never_known_and_stops_the_shrinking(folder: Path, capsys):
    check(folder, capsys, "--baseline")
    (folder / "alerts" / "shop.yaml").write_text("alerts: [\n")
    status, out, err = check(folder, capsys, "--baseline")
    assert status == 1
    assert "error[source/syntax]" in out
    assert "baseline/unused" not in out
    assert err.startswith("baseline.yaml stays as it is: a source cannot be read")
    assert known(folder) == FULL


def test_a_baseline_that_cannot_be_read_is_not_overwritten(folder: Path, capsys):
    (folder / "baseline.yaml").write_text("runbook/missing: no list\n")
    assert check(folder, capsys, "--baseline")[0] == 2
    assert (folder / "baseline.yaml").read_text() == "runbook/missing: no list\n"


def test_without_findings_no_file_is_written(folder: Path, capsys):
    (folder / "alerts" / "shop.yaml").unlink()
    assert check(folder, capsys, "--baseline")[2] == "there is no finding, so no baseline.yaml was written\n"
    assert not (folder / "baseline.yaml").exists()


def test_a_build_goes_on_with_what_is_known(folder: Path, capsys):
    assert main(["build", "-C", str(folder), "--target", "prometheus"]) == 1
    check(folder, capsys, "--baseline")
    assert main(["build", "-C", str(folder), "--target", "prometheus"]) == 0


@pytest.mark.parametrize("more", [["--since", "main"], ["alerts"]])
def test_it_is_about_everything(folder: Path, capsys, more: list[str], monkeypatch):
    monkeypatch.chdir(folder)
    assert check(folder, capsys, "--baseline", *more)[0] == 2


@pytest.mark.parametrize("rule", ["expr: 'sum('", "expr: e > 1, annotations: {summary: '{{ $nothing }}'}"])
def test_what_servers_refuse_is_never_known(folder: Path, capsys, rule: str):
    """A build would write a file that takes every alert in it away."""
    (folder / "alerts" / "broken.yaml").write_text(f"alerts: [{{alert: Broken, runbook: other, {rule}}}]\n")
    status, out, _ = check(folder, capsys, "--baseline")
    assert status == 1
    assert "Broken" in out
    assert "broken/Broken" not in known(folder)


@pytest.mark.real_tool
@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="needs shellcheck: run .ci/tools")
def test_what_shellcheck_finds_is_known_and_stays_where_there_is_none(folder: Path, capsys, monkeypatch):
    (folder / "runbooks" / "other.md").write_text("# Other\n\n```bash\nfor a in b; do\n```\n")
    check(folder, capsys, "--baseline")
    assert "runbook/shellcheck:\n  - other\n" in known(folder)
    assert check(folder, capsys)[1].startswith("0 errors in ")
    assert check(folder, capsys, "--strict")[0] == 0
    before = known(folder)
    monkeypatch.setenv("PATH", "")
    assert check(folder, capsys, "--strict")[0] == 0
    check(folder, capsys, "--baseline")
    assert known(folder) == before


@pytest.mark.real_tool
@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="needs shellcheck: run .ci/tools")
def test_what_shellcheck_does_not_find_any_more_leaves(folder: Path, capsys):
    (folder / "runbooks" / "other.md").write_text("# Other\n\n```bash\nfor a in b; do\n```\n")
    check(folder, capsys, "--baseline")
    (folder / "runbooks" / "other.md").write_text("# Other\n\n```bash\nls\n```\n")
    assert "baseline/unused" in check(folder, capsys)[1]
    check(folder, capsys, "--baseline")
    assert known(folder) == FULL
