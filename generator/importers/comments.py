"""Comments of the files, put beside the entries that they were about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from generator.documents.stream import Comment, Node, Stream
from generator.importers.tree import Entry, List, Map, Remark, Value

_Placed = tuple[int, int, Entry | Remark, tuple[Entry, ...]]
"""(line, column, entry or what is kept as a remark, the entries around it, outermost first)"""


def attach(sources: Iterable[Map], streams: Sequence[Stream]) -> list[Stream]:
    """Gives each comment to an entry that was written near it; returns the files with comments that nothing took."""
    by_path: dict[str, list[_Placed]] = {}
    for source in sources:
        for placed in _placed(source, ()):
            at = placed[2].at
            by_path.setdefault(at.path if at else "", []).append(placed)
    left = []
    for stream in streams:
        found = sorted(by_path.get(stream.path, ()), key=lambda each: each[:2])
        if found:
            _attach(stream.comments, found)
        elif stream.comments:
            left.append(stream)
    return left


def _placed(value: Value, around: tuple[Entry, ...]) -> Iterator[_Placed]:
    if not isinstance(value, Map | List):
        return
    remarks = [*value.pending, *(each for entry in value.entries for each in (*entry.before, *entry.after))]
    for each in (*value.entries, *remarks):
        if not isinstance(each, str) and each.at is not None:
            yield *_start(each.at), each, around
    for entry in value.entries:
        yield from _placed(entry.value, (*around, entry))


def _start(node: Node) -> tuple[int, int]:
    """Line and column of the key, or of the dash of an item: it stands before what the item holds."""
    return (node.key.line, node.key.column) if node.key is not None else (node.line, max(1, node.column - 2))


def _attach(comments: Sequence[Comment], found: Sequence[_Placed]) -> None:
    lines = [each[0] for each in found]
    for comment in comments:
        following = bisect_left(lines, comment.line + 1)
        before = found[following - 1] if following else None
        after = found[following] if following < len(found) else None
        if before is not None and not comment.alone:
            _beside(comment, before)
        elif after is not None and (before is None or comment.column <= after[1]):
            after[2].before.append(comment.text)
        elif before is not None:
            _behind(comment, before)


def _beside(comment: Comment, placed: _Placed) -> None:
    line, _, entry, _ = placed
    if line == comment.line and not entry.beside:
        entry.beside = comment.text
    else:
        entry.before.append(comment.text)


def _behind(comment: Comment, placed: _Placed) -> None:
    """Behind the innermost thing that starts at the comment's column or left of it."""
    _, column, entry, around = placed
    chain: list[Entry | Remark] = [entry] if column <= comment.column else []
    chain += [each for each in reversed(around) if each.at is not None and _start(each.at)[1] <= comment.column]
    (chain[0] if chain else entry).after.append(comment.text)
