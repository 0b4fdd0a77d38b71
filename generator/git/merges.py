"""Which merge brought a commit to the branch: one reading of the graph answers for all that are asked about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from generator.git.additions import FORMAT, Addition, read_commits
from generator.git.run import git


def merges(root: Path, commits: Collection[str]) -> dict[str, Addition]:
    """Commit → the merge with which the branch got it. What was committed on the branch itself has none."""
    if not commits:
        return {}
    status, output, _ = git(root, "rev-list", "--parents", "HEAD")
    graph = [] if status else [line.split() for line in output.decode("ascii", "replace").splitlines() if line]
    found = _brought({commit: parents for commit, *parents in graph}, graph[0][0] if graph else "")
    wanted = {commit: found[commit] for commit in commits if commit in found}
    said = _read(root, sorted(set(wanted.values())))
    return {commit: said[merge] for commit, merge in wanted.items() if merge in said}


def _brought(parents: Mapping[str, Sequence[str]], head: str) -> dict[str, str]:
    """Commit → merge, from the oldest merge of the branch to the newest."""
    branch = [head]
    while before := parents.get(branch[-1], ()):
        branch.append(before[0])
    found: dict[str, str] = {}
    main = set(branch)
    for merge in reversed(branch):
        waiting = list(parents.get(merge, ())[1:])
        while waiting:
            commit = waiting.pop()
            if commit not in found and commit not in main:
                found[commit] = merge
                waiting += parents.get(commit, ())
    return found


def _read(root: Path, ids: Sequence[str]) -> dict[str, Addition]:
    if not ids:
        return {}
    arguments = ("log", "--no-walk=unsorted", "--stdin", "--no-patch", *FORMAT)
    _, output, _ = git(root, *arguments, given="\n".join(ids).encode("ascii"))
    return {each.commit: each for each in read_commits(BytesIO(output))}
