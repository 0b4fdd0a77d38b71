from __future__ import annotations

import shutil
import subprocess

import pytest

from generator.cli import main
from generator.importers import known

RULES = """\
groups:
- name: cart
  rules:
  # somebody has to look
  - alert: CartDown
    expr: up{job="cart"} == 0
    for: 5m
    labels: {severity: critical}
"""
NOW = ["--now", "2026-11-24T12:00Z"]


@pytest.fixture
def root(tmp_path):
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / "tocsin.yaml").write_text("name: Test\n")
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "cart.rules.yml").write_text(RULES)
    return tmp_path


def run(root, *arguments):
    return main(["-C", str(root / "repository"), "import", *map(str, arguments), *NOW])


def files(root):
    repository = root / "repository"
    return sorted(path.relative_to(repository).as_posix() for path in repository.rglob("*") if path.is_file())


def test_a_folder_a_file_and_a_pattern_are_the_same(root, capsys):
    for named in (root / "old", root / "old" / "cart.rules.yml", root / "old" / "*.yml"):
        assert run(root, "prometheus", named, "--dry-run") == 0
    shown = capsys.readouterr().out
    assert shown.count("+++ b/alerts/cart.yaml\n") == 3
    assert shown.count("+  # somebody has to look\n") + shown.count("+      # somebody has to look\n") == 3
    assert files(root) == ["tocsin.yaml"]


def test_what_is_written_checks_and_builds(root, capsys):
    assert run(root, "prometheus", root / "old", "--stub-runbooks", "--into", "shop") == 0
    assert files(root) == ["alerts/shop/cart.yaml", "runbooks/cart-down.md", "tocsin.yaml"]
    assert capsys.readouterr().out.endswith("2 files written, everything kept, 0 notes\n")
    assert main(["-C", str(root / "repository"), "check", *NOW]) == 0, capsys.readouterr().out
    assert main(["-C", str(root / "repository"), "build", "--target", "prometheus", *NOW]) == 0
    stub = (root / "repository" / "runbooks" / "cart-down.md").read_text()
    assert "This is a stub" in stub
    rules = (root / "repository" / "build" / "prometheus" / "rules" / "cart.yaml").read_text()
    assert 'first_steps: "1.' not in rules


def test_nothing_that_is_there_is_written_over(root, capsys):
    repository = root / "repository"
    (repository / "alerts").mkdir()
    (repository / "alerts" / "cart.yaml").write_text("description: mine\n")
    (repository / "runbooks").mkdir()
    (repository / "runbooks" / "cart-down.md").write_text("# Mine\n")
    assert run(root, "prometheus", root / "old", "--stub-runbooks") == 1
    assert "alerts/cart.yaml:1:1: error[import/refused]: service cart is there already" in capsys.readouterr().out
    assert run(root, "prometheus", root / "old", "--stub-runbooks", "--service", "shop") == 0
    assert (repository / "alerts" / "cart.yaml").read_text() == "description: mine\n"
    assert (repository / "runbooks" / "cart-down.md").read_text() == "# Mine\n"


def test_the_same_import_again_changes_nothing(root, capsys):
    assert run(root, "prometheus", root / "old") == 0
    capsys.readouterr()
    assert run(root, "prometheus", root / "old") == 0
    assert capsys.readouterr().out == "0 files written, everything kept, 0 notes\n"


def test_a_name_that_another_service_has_is_told(root, capsys):
    (root / "old" / "shop.yml").write_text(RULES.replace("CartDown", "cartdown"))
    assert run(root, "prometheus", root / "old") == 1
    out = capsys.readouterr().out
    assert "shop.yml:5:12: error[import/refused]: alert cartdown of service shop has a name" in out
    assert "cart.rules.yml:5:12: alert CartDown of service cart" in out


def test_names_that_two_services_share_are_told_once(root, capsys):
    more = "".join(f"  - {{alert: Cart{n}, expr: up == {n}}}\n" for n in range(4))
    for name in ("cart.rules.yml", "shop.yml"):
        (root / "old" / name).write_text(RULES + more)
    assert run(root, "prometheus", root / "old") == 1
    out = capsys.readouterr().out
    assert out.count("error[import/refused]") == 1
    assert (
        "5 alerts of service shop have names that service cart uses already: CartDown, Cart0, Cart1 and 2 more" in out
    )


def test_a_name_that_the_repository_has_is_told(root, capsys):
    assert run(root, "prometheus", root / "old") == 0
    (root / "new.yml").write_text(RULES)
    assert run(root, "prometheus", root / "new.yml") == 1
    assert "alert CartDown of service new has a name that service cart uses already" in capsys.readouterr().out


def test_what_is_lost_ends_with_1_and_is_named(root, capsys):
    (root / "old" / "cart.rules.yml").write_text(RULES.replace("  rules:", "  source_tenants: [a]\n  rules:"))
    assert run(root, "prometheus", root / "old") == 1
    out = capsys.readouterr().out
    assert "cart.rules.yml:3:3: warning[import/lost]: source_tenants of group cart is not kept" in out
    assert out.endswith("1 file written, 1 thing not kept, 0 notes\n")
    assert "# source_tenants:" in (root / "repository" / "alerts" / "cart.yaml").read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("promtheus", "."), 2, "did you mean 'prometheus'"),
        (("prometheus", "missing.yml"), 2, "there is no missing.yml"),
        (("prometheus", ".", "--service", "Not An Id"), 2, "'Not An Id' is no id"),
        (("prometheus", ".", "--team", "../x"), 2, "'../x' is no id"),
        (("prometheus", ".", "--into", "../x"), 2, "'..' is no id"),
        (("prometheus",), 2, "required"),
    ],
)
def test_wrong_use(root, capsys, arguments, status, message):
    try:
        found = run(root, *arguments)
    except SystemExit as end:
        found = end.code
    assert found == status
    assert message in capsys.readouterr().err


def test_a_folder_without_such_files(root, capsys):
    (root / "empty").mkdir()
    (root / "empty" / "notes.txt").write_text("x")
    assert run(root, "prometheus", root / "empty") == 3


def test_a_symlink_on_the_way_is_refused(root, capsys):
    (root / "elsewhere").mkdir()
    (root / "repository" / "alerts").symlink_to(root / "elsewhere")
    assert run(root, "prometheus", root / "old") == 2
    assert not list((root / "elsewhere").iterdir())


def test_stubs_are_for_alerts_that_name_no_runbook(root):
    (root / "old" / "cart.rules.yml").write_text(
        RULES
        + "    annotations: {runbook_url: 'https://example.com/cart'}\n"
        + "  - {alert: CartDown, expr: up == 1}\n"
        + "  - {alert: 日本, expr: 'up{a=`x`}'}\n"
        + '  - {alert: "Odd <b> *name*", expr: up}\n'
    )
    assert run(root, "prometheus", root / "old", "--stub-runbooks") == 0
    written = [path for path in files(root) if path.startswith("runbooks/")]
    assert written == ["runbooks/alert-cf2abf0c.md", "runbooks/odd-b-name.md"]
    assert "# `Odd <b> *name*`\n" in (root / "repository" / written[1]).read_text()


@pytest.mark.parametrize(
    "place",
    [
        "annotations: {runbook: 'https://example.com/cart'}",
        "annotations: {runbok_url: 'https://example.com/cart'}",
        "labels: {runbook: 'https://example.com/cart'}",
        "labels: {runbook_link: 'https://example.com/cart'}",
    ],
)
def test_what_fix_makes_the_address_of_a_runbook_gets_no_stub(root, place, capsys):
    rule = "groups: [{name: g, rules: [{alert: CartDown, expr: up == 0, for: 5m, PLACE}]}]\n"
    (root / "old" / "cart.rules.yml").write_text(rule.replace("PLACE", place))
    assert run(root, "prometheus", root / "old", "--stub-runbooks") == 0
    assert [path for path in files(root) if path.startswith("runbooks/")] == []
    main(["-C", str(root / "repository"), "check", "--fix", *NOW])
    told = capsys.readouterr()
    assert "1 mended" in told.err
    assert "runbook/" not in told.out


@pytest.mark.parametrize("kind", known())
def test_every_kind_is_in_the_help(kind, capsys):
    with pytest.raises(SystemExit):
        main(["import", kind, "--help"])
    said = capsys.readouterr().out
    assert f"  {kind} " in said
    assert f"  tocsin import {kind} " in said


@pytest.mark.real_tool
@pytest.mark.skipif(shutil.which("promtool") is None, reason="needs promtool: run .ci/tools")
def test_promtool_takes_what_comes_of_it(root):
    assert run(root, "prometheus", root / "old") == 0
    assert main(["-C", str(root / "repository"), "build", "--target", "prometheus", *NOW]) == 0
    written = root / "repository" / "build" / "prometheus" / "rules" / "cart.yaml"
    subprocess.run(["promtool", "check", "rules", written], check=True)


def test_what_stands_in_the_way_is_kept_whatever_it_is(tmp_path, capsys):
    rules = [tmp_path / f"{name}.yml" for name in ("bytes", "link", "folder")]
    for path in rules:
        path.write_text(f"groups: [{{name: a, rules: [{{alert: {path.stem.title()}, expr: up == 0}}]}}]\n")
    alerts = tmp_path / "repository/alerts"
    (alerts / "folder.yaml").mkdir(parents=True)
    (alerts / "bytes.yaml").write_bytes(b"\xff\xfe")
    (alerts / "link.yaml").symlink_to("/nowhere")
    assert main(["-C", str(tmp_path / "repository"), "import", "prometheus", *map(str, rules)]) == 1
    said = capsys.readouterr().out
    for path in rules:
        assert f"alerts/{path.stem}.yaml:1:1: error[import/refused]: service {path.stem}" in said
    assert (alerts / "bytes.yaml").read_bytes() == b"\xff\xfe"


def test_a_file_without_an_end_is_refused(tmp_path, capsys):
    assert main(["-C", str(tmp_path), "import", "prometheus", "/dev/zero"]) == 1
    assert "/dev/zero:1:1: error[import/refused]: the file has more than" in capsys.readouterr().out


def test_what_to_do_next_is_said_to_people_and_works(root, capsys):
    (root / "old" / "shop.yml").write_text(RULES.replace('"cart"', '"shop"'))
    assert run(root, "prometheus", root / "old", "--stub-runbooks") == 1
    steps = [line.split()[1:] for line in capsys.readouterr().err.splitlines() if line.startswith("  tocsin ")]
    commands = [
        [word for word in step if word in ("check", "build", "--baseline", "--target", "prometheus")] for step in steps
    ]
    assert commands == [["check"], ["check", "--baseline"], ["build", "--target", "prometheus"]]
    (checked, known_now, built) = (main(["-C", str(root / "repository"), *command, *NOW]) for command in commands)
    assert (checked, known_now, built) == (1, 0, 0)
    assert len(list((root / "repository" / "build" / "prometheus" / "rules").iterdir())) == 2
    assert run(root, "prometheus", root / "old", "--dry-run") == 1
    assert "next:" not in capsys.readouterr().err
