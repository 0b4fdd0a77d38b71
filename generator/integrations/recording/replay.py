"""Changes that were recorded here and never pushed, brought on top of what others pushed meanwhile.

The command that planned them is gone, so their files are merged line by line, and only where that is certain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from generator.catalog import load
from generator.findings import Level
from generator.git import Memory
from generator.git.branch import Entry
from generator.git.checkout import steps_between
from generator.git.messages import Made
from generator.integrations.recording.work import Work
from generator.records import dataclass


@dataclass(slots=True)
class Chain:
    """Commits on top of the remote's."""

    tip: str | None
    entries: dict[str, Entry]
    taken: list[Made] = field(default_factory=list)
    left: list[Made] = field(default_factory=list)
    """What could not be brought along."""


def replayed(work: Work, base: str | None, waiting: Iterable[Made]) -> Chain:
    """The chain of what waits, as far as it can be merged."""
    chain = Chain(base, work.entries(base))
    for made in waiting:
        (chain.taken if _add(work, chain, made) else chain.left).append(made)
    return chain


def _add(work: Work, chain: Chain, made: Made) -> bool:
    changed: dict[str, Entry | None] = {}
    for step in steps_between(work.clone, made.parents[0], made.id):
        there = chain.entries.get(step.path)
        if there == step.old:
            changed[step.path] = step.new
        elif there != step.new:
            merged = _merged(work, step.path, there, step.old, step.new)
            if merged is None:
                return False
            changed[step.path] = merged
    if changed and chain.tip is not None:
        kept = {path: each for path, each in chain.entries.items() if path not in changed}
        chain.entries = kept | {path: each for path, each in changed.items() if each is not None}
        chain.tip = work.store.rewrite(made.id, work.store.write_tree(chain.entries), chain.tip, work.now)
    return True


def _merged(work: Work, path: str, ours: Entry | None, base: Entry | None, theirs: Entry | None) -> Entry | None:
    """The entry of a file that both changed; None where the result is not certain, or would not be read."""
    if ours is None or base is None or theirs is None:
        return None
    content = work.store.merged(ours, base, theirs)
    if content is None:
        return None
    inside = path.removeprefix(work.clone.prefix)
    if any(each.level is Level.ERROR for each in load(Memory({inside: content})).findings):
        return None
    return work.store.write_files({path: content})[path]._replace(mode=ours.mode)
