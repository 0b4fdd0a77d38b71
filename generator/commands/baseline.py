"""`check --baseline`: writes the findings of today into baseline.yaml; with a file that is there it only takes out."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.checks.baseline import entries, is_told
from generator.checks.engine import run as run_checks
from generator.commands import check_shell
from generator.commands.workspace import Workspace, open_workspace
from generator.errors import UsageError
from generator.kinds.baseline import PATH, Known
from generator.reporters.text import count

HEAD = """\
# Findings that were there when checking began, and are not reported: check by check, what they are about.
# Written by `tocsin check --baseline`, which takes out what is mended and never adds. To begin anew, delete the file.
"""
Entries = Mapping[str, Sequence[str]]


def write(arguments: argparse.Namespace) -> None:
    """Writes or shrinks the baseline, and says on standard error what became of it."""
    from generator.edit import write_source

    workspace = _with_shellcheck(open_workspace(arguments), arguments)
    if PATH in workspace.catalog.unread:
        raise UsageError(f"{PATH} cannot be read", "tocsin check says why; mend it, or delete it to begin anew")
    found = entries(run_checks(workspace.catalog, workspace.context, baseline=False))
    exists = PATH in workspace.catalog.documents or (workspace.root / PATH).exists()
    text, said = _shrunk(workspace, found) if exists else (_text(found) if found else None, _first(found))
    if text is not None:
        write_source(workspace.root, PATH, text)
    sys.stderr.write(f"{said}\n")


def _with_shellcheck(workspace: Workspace, arguments: argparse.Namespace) -> Workspace:
    """With what shellcheck finds, where it is installed: this once it takes the time for all blocks."""
    asked = argparse.Namespace(**vars(arguments))
    if asked.shellcheck is None and check_shell.is_installed():
        asked.shellcheck = True
    told = check_shell.run_shellcheck(workspace.catalog, workspace.root, asked)
    return replace(workspace, context=replace(workspace.context, tested={**workspace.context.tested, **told}))


def _first(found: Entries) -> str:
    known = sum(map(len, found.values()))
    return (
        f"wrote {PATH}: {count(known, 'finding')} known" if known else f"there is no finding, so no {PATH} was written"
    )


def _shrunk(workspace: Workspace, found: Entries) -> tuple[str | None, str]:
    """The text with what is mended left out; None where nothing is."""
    known = {each.id: each.subjects for each in workspace.catalog.all(Known)}
    if workspace.catalog.unread:
        return None, f"{PATH} stays as it is: a source cannot be read, and what it stands for may be in there"
    untold = {check: subjects for check, subjects in known.items() if not is_told(check, workspace.context)}
    kept, gone = _kept(known, {**found, **untold})
    left = sum(map(len, kept.values()))
    if not gone:
        return None, f"{PATH} stays as it is: {count(left, 'finding')} known, none of them mended"
    text = _without(workspace, kept, gone)
    return text, f"took {count(len(gone), 'finding')} out of {PATH}, {left} left" + ("" if left else ": delete it")


def _kept(known: Entries, found: Entries) -> tuple[dict[str, list[str]], set[tuple[str, int]]]:
    """What stays, and the places (check, position) of what goes. Of a subject that is there too often the last go."""
    kept: dict[str, list[str]] = {}
    gone: set[tuple[str, int]] = set()
    for check, subjects in known.items():
        left = Counter(found.get(check, ()))
        for position, subject in enumerate(subjects):
            if left[subject] > 0:
                left[subject] -= 1
                kept.setdefault(check, []).append(subject)
            else:
                gone.add((check, position))
    return kept, gone


def _without(workspace: Workspace, kept: Entries, gone: set[tuple[str, int]]) -> str:
    """Line by line, so that comments stay; a file in another form is written anew."""
    from generator.documents import read_document
    from generator.findings import Ref

    document = workspace.catalog.documents[PATH]
    drop = {document.locate(Ref(PATH, (check, position))).line for check, position in gone}
    drop |= {document.locate(Ref(PATH, (check,), "key")).line for check in {each for each, _ in gone} - set(kept)}
    lines = document.text.splitlines(keepends=True)
    text = "".join(line for number, line in enumerate(lines, 1) if number not in drop)
    again, _ = read_document(PATH, text.encode("utf-8"))
    same = again is not None and again.data == {check: list(subjects) for check, subjects in kept.items()}
    return text if same else _text(kept)


def _text(known: Entries) -> str:
    """One entry a line: what is mended is one line less, and two people who mend do not meet."""
    from generator.edit import scalar

    if not known:
        return f"{HEAD}{{}}\n"
    lines = [HEAD]
    for check in sorted(known):
        lines += [f"{check}:\n", *(f"  - {scalar(subject)}\n" for subject in sorted(known[check]))]
    return "".join(lines)
