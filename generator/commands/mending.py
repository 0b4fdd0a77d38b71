"""`check --fix`: findings with one right form are mended in the sources, each change told."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.commands.selection import select
from generator.commands.workspace import open_workspace
from generator.errors import EditRefused
from generator.findings import Edit, Finding, Fix, Pointer

PASSES = 5
"""One mended finding may bring another into reach (a label that has become needless); more than this none does."""


def mend(arguments: argparse.Namespace) -> None:
    """Mends what can be mended in the sources that are asked for, and says what was done on standard error.

    What a baseline knows is mended too; what a comment silences is meant to stay.
    """
    count, refused = 0, dict[str, None]()
    for _ in range(PASSES):
        workspace = open_workspace(arguments)
        findings = select(workspace, arguments, baseline=False).findings
        readable = [each for each in findings if each.where.path not in workspace.catalog.unread]
        done, left = _pass(workspace.root, readable)
        count += done
        refused |= left
        if not done:
            break
    for complaint in refused:
        sys.stderr.write(f"not mended: {complaint}\n")
    sys.stderr.write(f"{count} mended\n")


def _pass(root: Path, findings: Iterable[Finding]) -> tuple[int, dict[str, None]]:
    """How many changes were made, and what was refused."""
    by_path: dict[str, list[Fix]] = {}
    for finding in findings:
        by_path.setdefault(finding.where.path, []).extend(finding.fixes)
    count, refused = 0, dict[str, None]()
    for path, fixes in sorted(by_path.items()):
        if fixes:
            done, complaints = _file(root, path, fixes)
            count += done
            refused |= dict.fromkeys(complaints)
    return count, refused


def _file(root: Path, path: str, fixes: Iterable[Fix]) -> tuple[int, list[str]]:
    from generator.edit import write_source

    before = text = (root / path).read_bytes().decode("utf-8")
    done, complaints = 0, []
    for fix in fixes:
        try:
            text = mended(path, text, fix)
        except EditRefused as refusal:
            complaints.append(f"{path}: {fix.said}: {refusal.message}")
        else:
            done += 1
            sys.stderr.write(f"mended {path}: {fix.said}\n")
    if text != before:
        write_source(root, path, text)
    return done, complaints


def mended(path: str, text: str, fix: Fix) -> str:
    """The text after all steps of a fix.

    Raises:
        EditRefused: a step cannot be taken, or a comment would be lost; nothing has happened then.
    """
    from generator.edit import comment_texts

    after = text
    for edit in fix.edits:
        after = _step(path, after, edit)
    if not path.endswith(".md") and comment_texts(after) != comment_texts(text):
        raise EditRefused("a comment would be lost", "mend it by hand")
    return after


def _step(path: str, text: str, edit: Edit) -> str:
    from generator import edit as editing

    match edit.do:
        case "set":
            return editing.set_value(text, edit.pointer, edit.value, path=path)
        case "insert":
            return editing.insert_key(text, edit.pointer, edit.key, edit.value, path=path)
        case "rename":
            return editing.rename(text, edit.pointer, str(edit.value), path=path)
        case "remove":
            pointer = _whole(path, text, edit.pointer)
            return editing.remove(editing.lift_comments(text, pointer, path=path), pointer, path=path)


def _whole(path: str, text: str, pointer: Pointer) -> Pointer:
    """What loses its last key goes as a whole: an empty `labels: {}` says nothing."""
    parent = _at(path, text, pointer[:-1])
    alone = isinstance(parent, Mapping) and len(parent) == 1 and len(pointer) > 1 and isinstance(pointer[-2], str)
    return pointer[:-1] if alone else pointer


def _at(path: str, text: str, pointer: Pointer) -> Any:
    from generator.documents import read_document

    document, _ = read_document(path, text.encode("utf-8"))
    data: Any = document.data if document else None
    for step in pointer:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            raise EditRefused("it is no longer there") from None
    return data
