"""The command line: parses arguments, calls one function, and turns every end into an exit status."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from typing import Any

from generator import __version__
from generator.commands import COMMANDS, Command
from generator.errors import Exit, TocsinError

DESCRIPTION = (
    "Incident management as code: alerts, on-call, runbooks, postmortems and a status page from one repository."
)
GARBAGE = 100_000
"""So many objects are made before circles are looked for: sources become hundreds of thousands that stay, in none."""
ISSUES = "Please report it with the lines above: see SECURITY.md first if it looks like a way in."


class _Parser(argparse.ArgumentParser):
    """Wrong use ends with our own status and points at --help."""

    def __init__(self, *arguments: Any, formatter_class: Any = argparse.HelpFormatter, **named: Any) -> None:
        # Each argument that is added makes a formatter, which looks the width up with a module that takes long to load.
        named["formatter_class"] = partial(formatter_class, width=_width())
        super().__init__(*arguments, **named)

    def error(self, message: str) -> None:  # type: ignore[override]  # it leaves by an exception, as its parent does
        self.print_usage(sys.stderr)
        self.exit(Exit.USAGE, f"{self.prog}: {message}\n  hint: {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and gives its exit status. Nothing but a fault of ours ends with a traceback."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return int(_run(arguments))
    except TocsinError as end:
        print(f"tocsin: {end.message}", file=sys.stderr)
        if end.hint:
            print(f"  hint: {end.hint}", file=sys.stderr)
        return int(end.exit)
    except KeyboardInterrupt:
        print("tocsin: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.WELL)
    except OSError as error:
        # A full disk, a folder that was removed, a name that is too long: the system refuses, and says why.
        _drop_output()
        about = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
        print(f"tocsin: {about}{error.strerror or error}", file=sys.stderr)
        return int(Exit.USAGE)
    except Exception:  # noqa: BLE001  # the edge: what nobody foresaw ends here, with its trace
        import traceback

        traceback.print_exc()
        print(f"tocsin {__version__}: this is a fault of ours, not of your sources. {ISSUES}", file=sys.stderr)
        return int(Exit.FAULT)


def _run(arguments: list[str]) -> Exit:
    _utf8_output()
    gc.set_threshold(GARBAGE)
    parser = _parser(COMMANDS, chosen=_chosen(arguments))
    parsed = parser.parse_args(arguments)
    if parsed.command is None:
        parser.print_help()
        return Exit.USAGE
    status: Exit = import_module(COMMANDS[parsed.command].module).run(parsed)
    sys.stdout.flush()
    return status


def _chosen(arguments: Sequence[str]) -> str | None:
    """The command that is called: only its module is imported. The value of -C is none, whatever its name."""
    pairs = zip(("", *arguments), arguments, strict=False)
    return next((each for before, each in pairs if before != "-C" and not each.startswith("-")), None)


def _utf8_output() -> None:
    """Findings name what people wrote, in any language, whatever the locale of a CI machine says."""
    # Who starts us may have closed them (`>&-`): what is written is for nobody then.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """What could not be written is not tried again at the end of the process."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@cache
def _width() -> int:
    """How wide help is written: by COLUMNS, else as the terminal is, else 80; two columns stay free."""
    try:
        said = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        said = 0
    try:
        return (said if said > 0 else os.get_terminal_size(sys.__stdout__.fileno()).columns or 80) - 2  # type: ignore[union-attr]  # None is caught
    except (AttributeError, ValueError, OSError):
        return 78


def _parser(commands: Mapping[str, Command], chosen: str | None) -> argparse.ArgumentParser:
    parser = _Parser(prog="tocsin", description=DESCRIPTION, epilog="tocsin COMMAND --help shows examples.")
    parser.add_argument("--version", action="version", version=f"tocsin {__version__}")
    _add_folder(parser, default=".")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=_Parser)
    for name, command in commands.items():
        each = subparsers.add_parser(
            name,
            help=command.summary,
            description=f"{command.summary[:1].upper()}{command.summary[1:]}.",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name == chosen:
            _add_folder(each, default=argparse.SUPPRESS)
            import_module(command.module).configure(each)
    return parser


def _add_folder(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument(
        "-C",
        dest="folder",
        metavar="DIR",
        default=default,
        help="the repository (default: the nearest folder upwards with a tocsin.yaml, else the Git root, else here)",
    )


if __name__ == "__main__":
    sys.exit(main())
