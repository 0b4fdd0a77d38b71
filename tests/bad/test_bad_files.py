"""Broken sources that Git cannot hold, or that would be unreadable as files of this project: they are made here.

Beside each lies another broken source: whatever is wrong with the one, the other is still reported.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main

OTHER = "runbooks/other.md"
OTHER_FINDING = "runbooks/other.md:2:1: error[schema/unknown-key]"
SHOP = "alerts/shop.yaml"
ALERT = "alerts:\n  - alert: ShopDown\n    expr: up == 0\n"
PARTS = [f"l{n}: &l{n} [{', '.join(['*l' + str(n - 1)] * 9)}]" for n in range(1, 10)]
BOMB = "l0: &l0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "\n".join(PARTS) + "\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository without Git, with one broken source."""
    folder = tmp_path / "repository"
    for name in ("alerts", "runbooks", "schedules", "status/incidents"):
        (folder / name).mkdir(parents=True)
    (folder / OTHER).write_text("---\nreviewd: 2026-11-02\n---\n# Other\n")
    (folder / "tocsin.yaml").write_text("checks: {runbook/unused: off, alert/without-runbook: off}\n")
    return folder


def check(root: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The first lines of what is found, without the other's; nothing else may go wrong."""
    status = main(["-C", str(root), "check"])
    out, err = capsys.readouterr()
    assert status == 1, err
    assert err == ""
    found = [line for line in out.splitlines() if "[" in line and not line.startswith(" ")]
    heads = [line.split("]: ", 1)[0] + "]" for line in found]
    assert OTHER_FINDING in heads
    heads.remove(OTHER_FINDING)
    return heads


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(BOMB.encode(), [f"{SHOP}:6:10: error[source/alias-bomb]"], id="billion laughs"),
        pytest.param(b"links: &l\n  me: *l\n", [f"{SHOP}:2:7: error[source/alias-bomb]"], id="alias of itself"),
        pytest.param(
            b"\xef\xbb\xbfdescripton: Shop\n", [f"{SHOP}:1:1: error[schema/unknown-key]"], id="byte order mark"
        ),
        pytest.param(
            ALERT.replace("expr", "exprs").replace("\n", "\r\n").encode(),
            [f"{SHOP}:3:5: error[schema/unknown-key]"],
            id="CRLF",
        ),
        pytest.param(
            "description: >-\r\n  Über\r\n  uns\r\nteam: Ünknown\r\n".encode(),
            [f"{SHOP}:4:7: error[schema/value]"],
            id="CRLF and a folded text",
        ),
        pytest.param(
            b"\xef\xbb\xbfdescription: a\r\ndescription: b\r\n",
            [f"{SHOP}:2:1: error[source/duplicate-key]"],
            id="mark and CRLF",
        ),
        pytest.param("description: café\n".encode("latin-1"), [f"{SHOP}:1:17: error[source/encoding]"], id="Latin-1"),
        pytest.param(
            "description: Shop\n".encode("utf-16"), [f"{SHOP}:1:1: error[source/encoding]"], id="UTF-16 with its mark"
        ),
        pytest.param(b"description: ab\n  \x80", [f"{SHOP}:2:3: error[source/encoding]"], id="on the last line"),
        pytest.param(
            b"\xef\xbb\xbf# a\rb: \x80", [f"{SHOP}:2:4: error[source/encoding]"], id="behind a mark and a bare CR"
        ),
        pytest.param(b"description: a\0b\n", [f"{SHOP}:1:15: error[source/syntax]"], id="NUL"),
        pytest.param(b"description: \x1b[31mred\n", [f"{SHOP}:1:14: error[source/syntax]"], id="terminal escape"),
        pytest.param(b"\0" * 5000, [f"{SHOP}:1:1: error[source/syntax]"], id="nothing but NUL"),
        pytest.param(b"#" * (2 << 20), [f"{SHOP}:1:1: error[source/too-large]"], id="2 MiB"),
        pytest.param(b"a: " + b"[" * 100_000, [f"{SHOP}:1:103: error[source/depth]"], id="100,000 brackets"),
        pytest.param(b"a: " + b"{a: " * 100_000, [f"{SHOP}:1:400: error[source/depth]"], id="100,000 braces"),
        pytest.param(b"- " * 100_000, [f"{SHOP}:1:201: error[source/depth]"], id="100,000 dashes"),
        pytest.param(b"? " * 100_000, [f"{SHOP}:1:201: error[source/depth]"], id="100,000 keys of keys"),
        pytest.param(
            b"team: " + b"9" * 10_000 + b"\n", [f"{SHOP}:1:7: error[schema/value]"], id="a number of 10,000 digits"
        ),
        pytest.param(
            b"a" * 500_000 + b": 1\n", [f"{SHOP}:1:500001: error[source/syntax]"], id="a key of 500,000 letters"
        ),
        pytest.param(b"\n" * 500_000, [f"{SHOP}:1:1: error[source/empty]"], id="500,000 lines of nothing"),
    ],
)
def test_hostile_content(root: Path, capsys: pytest.CaptureFixture[str], content: bytes, expected: list[str]):
    (root / SHOP).write_bytes(content)
    found = check(root, capsys)
    assert found == expected
    assert all(len(line) < 300 for line in found)


def test_the_rest_of_a_file_with_numbers_of_10_000_digits_is_checked(root: Path, capsys: pytest.CaptureFixture[str]):
    slo = "- {name: a, objective: %s, sli: {errors: e, total: t}}"
    for number in ("9" * 10_000, "-" + "9" * 10_000, "0." + "9" * 10_000, "1e999999999", "0x" + "f" * 10_000):
        (root / SHOP).write_text(f"descripton: Shop\nslos:\n  {slo % number}\n")
        found = check(root, capsys)
        assert found[0] == f"{SHOP}:1:1: error[schema/unknown-key]", number[:10]
        assert [line.split(": ")[0] for line in found[1:]] in ([f"{SHOP}:3:26"], []), number[:10]


def outside(root: Path) -> Path:
    """A file that is none of the repository's."""
    secret = root.parent / "outside"
    secret.mkdir()
    (secret / "shop.yaml").write_text("password: hunter2\n")
    return secret


def directory(root: Path) -> None:
    (root / SHOP).mkdir()
    (root / SHOP / "inner.yaml").write_text("descripton: Inner\n")


def link_to_a_file(root: Path) -> None:
    (root / SHOP).symlink_to(outside(root) / "shop.yaml")


def link_to_nothing(root: Path) -> None:
    (root / SHOP).symlink_to("nothing")


def link_to_itself(root: Path) -> None:
    (root / SHOP).symlink_to("shop.yaml")


def pipe(root: Path) -> None:
    os.mkfifo(root / SHOP)


def unreadable(root: Path) -> None:
    (root / SHOP).write_text(ALERT)
    (root / SHOP).chmod(0)
    if os.access(root / SHOP, os.R_OK):
        pytest.skip("root may read everything")


@pytest.mark.parametrize("make", [link_to_a_file, link_to_nothing, link_to_itself, pipe, unreadable])
def test_what_is_no_file_is_refused(root: Path, capsys: pytest.CaptureFixture[str], make: Callable[[Path], None]):
    make(root)
    assert check(root, capsys) == [f"{SHOP}:1:1: error[source/refused]"]


def test_a_directory_with_a_source_s_name_is_refused_and_looked_into(root: Path, capsys: pytest.CaptureFixture[str]):
    directory(root)
    assert check(root, capsys) == [
        f"{SHOP}:1:1: error[source/refused]",
        f"{SHOP}/inner.yaml:1:1: error[schema/unknown-key]",
    ]


def test_a_folder_that_leads_out_of_the_repository_is_refused(root: Path, capsys: pytest.CaptureFixture[str]):
    (root / "alerts/out").symlink_to(outside(root), target_is_directory=True)
    assert check(root, capsys) == ["alerts/out:1:1: error[source/refused]"]


def test_a_kind_s_whole_folder_that_leads_out_of_the_repository_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str]
):
    (root / "alerts").rmdir()
    (root / "alerts").symlink_to(outside(root), target_is_directory=True)
    assert check(root, capsys) == ["alerts:1:1: error[source/refused]"]


@pytest.mark.parametrize("name", ["a\nb", 'a"b', "a'b", "a b", "ünï", "-C", "a;b", "[x]", "$(id)", "a\x1b[31mb", "."])
def test_a_name_that_is_no_id_is_one_finding_on_one_line(root: Path, capsys: pytest.CaptureFixture[str], name: str):
    (root / "alerts" / f"{name}.yaml").write_text(ALERT)
    main(["-C", str(root), "check"])
    out = capsys.readouterr().out
    assert out.count("error[source/name]") == 1
    assert OTHER_FINDING in out
    assert "\x1b" not in out
    about = [line for line in out.splitlines() if "error[source/name]" in line]
    assert about[0].startswith("alerts/")


def test_a_name_that_is_not_utf8(root: Path, capsys: pytest.CaptureFixture[str]):
    Path(os.fsdecode(os.fsencode(root / "alerts") + b"/\xff.yaml")).write_text(ALERT)
    assert check(root, capsys) == ["alerts/\\udcff.yaml:1:1: error[source/refused]"]


@pytest.mark.parametrize("make", [directory, link_to_a_file, pipe])
def test_settings_that_are_no_file_are_not_silently_left_out(
    root: Path, capsys: pytest.CaptureFixture[str], make: Callable[[Path], None]
):
    (root / "tocsin.yaml").unlink()
    make(root)
    (root / SHOP).rename(root / "tocsin.yaml")
    assert main(["-C", str(root), "check"]) == 2
    assert "tocsin.yaml" in capsys.readouterr().err
