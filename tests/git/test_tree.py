from __future__ import annotations

from pathlib import Path

from generator.git import LIMIT, Memory, Overlay, Tree, revision, work_tree
from tests.repositories import GitRepository


def test_memory_gives_what_it_was_given():
    tree = Memory({"b.yaml": b"2", "a.yaml": b"x" * (LIMIT + 9)}, name="example", refused=[("l", "is a symlink")])
    assert tree.name == "example"
    assert tree.list() == ("a.yaml", "b.yaml")
    read = list(tree.read(["b.yaml", "none", "a.yaml"]))
    assert [(path, len(content)) for path, content in read] == [("b.yaml", 1), ("a.yaml", LIMIT + 1)]
    assert tree.refused() == (("l", "is a symlink"),)


def test_the_upper_tree_wins_path_by_path():
    upper = Memory({"both": b"upper", "up": b"u"}, name="branch", root=Path("/up"))
    lower = Memory({"both": b"lower", "low": b"l"}, name="work tree", root=Path("/low"))
    tree = Overlay(upper, lower)
    assert tree.list() == ("both", "low", "up")
    asked = ["up", "both", "none", "low", "up"]
    assert list(tree.read(asked)) == [("up", b"u"), ("both", b"upper"), ("low", b"l"), ("up", b"u")]
    assert (tree.name, tree.root) == ("branch over work tree", Path("/low"))


def test_a_refusal_of_the_upper_tree_hides_the_file_below():
    upper = Memory({"c": b""}, refused=[("a", "is a symlink"), ("b", "is a symlink")])
    lower = Memory({"a": b"secret"}, refused=[("b", "is a directory"), ("c", "is a symlink"), ("d", "is a symlink")])
    tree = Overlay(upper, lower)
    assert tree.list() == ("c",)
    assert list(tree.read(["a"])) == []
    assert tree.refused() == (("a", "is a symlink"), ("b", "is a symlink"), ("d", "is a symlink"))


def test_all_trees_are_trees_and_agree(git_repo: GitRepository):
    git_repo.write("alerts/a.yaml", "x")
    git_repo.write("b.md", "y")
    git_repo.commit()
    memory = Memory({"alerts/a.yaml": b"x", "b.md": b"y"})
    trees: list[Tree] = [work_tree(git_repo.path), revision(git_repo.path, "main"), memory, Overlay(memory, memory)]
    for tree in trees:
        assert tree.list() == memory.list()
        assert dict(tree.read(tree.list())) == {"alerts/a.yaml": b"x", "b.md": b"y"}
        assert tree.refused() == ()
    assert [tree.name for tree in trees[:2]] == ["work tree", "main"]
