"""Only the module of the action that is called is imported, and nobody notices."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from generator.commands.oncall import command as oncall
from generator.commands.oncall.actions import ACTIONS

ROOT = Path(__file__).parents[2]


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="tocsin oncall")
    oncall.configure(made)
    return made


@pytest.mark.parametrize("name", ACTIONS)
def test_the_help_of_an_action_is_its_module_s(name, capsys):
    with pytest.raises(SystemExit) as end:
        parser().parse_args([name, "--help"])
    shown = capsys.readouterr().out
    assert (end.value.code, shown.splitlines()[0].startswith(f"usage: tocsin oncall {name} [-h]")) == (0, True)
    assert "examples:" in shown


@pytest.mark.parametrize("name", ACTIONS)
def test_the_list_says_of_an_action_what_its_module_says(name):
    actions = argparse.ArgumentParser().add_subparsers()
    import_module(f"generator.commands.oncall.{ACTIONS[name].module}").configure(actions)
    assert {each.dest: each.help for each in actions._choices_actions}[name] == ACTIONS[name].summary


def test_an_action_that_is_none(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["sho"])
    assert "invalid choice: 'sho'" in capsys.readouterr().err


def test_asking_who_is_on_call_imports_no_other_action():
    modules = sorted({f"generator.commands.{action.module}" for action in ACTIONS.values()})
    asked = f"""
import sys
from generator.cli import main
main(["-C", {str(ROOT)!r}, "oncall", "now", "--now", "2026-11-24T12:00Z"])
print([name for name in {modules!r} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
