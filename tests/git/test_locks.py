"""Locks that a killed recording left, and those that are somebody else's."""

from __future__ import annotations

import os
import time

import pytest

from generator.git import locks
from generator.git.clone import open_clone
from generator.git.locks import free_index, free_refs, holding


@pytest.fixture
def clone(git_repo, monkeypatch):
    git_repo.write("a", "a")
    git_repo.commit()
    monkeypatch.setattr(locks, "_ALIVE", 0.0)
    return open_clone(git_repo.path)


def test_our_lock_of_the_index_is_known_by_its_second_name(clone):
    with holding(clone):
        assert (clone.git_dir / "index.lock").exists()
        (clone.git_dir / "tocsin/index-0123").touch()
        # As somebody finds it after a kill.
        free_index(clone)
        assert not (clone.git_dir / "index.lock").exists()
    assert not (clone.git_dir / "tocsin").exists()


def test_a_lock_of_another_git_stays(clone):
    (clone.git_dir / "index.lock").touch()
    (clone.git_dir / "tocsin").mkdir()
    (clone.git_dir / "tocsin/held").touch()
    free_index(clone)
    assert (clone.git_dir / "index.lock").exists()


@pytest.mark.parametrize(("age", "stays"), [(0, False), (60, True), (-60, True)])
def test_a_lock_of_a_name_is_ours_if_it_was_made_when_we_moved_the_name(clone, age, stays):
    places = [clone.git_dir / "HEAD.lock", clone.common / "refs/heads/main.lock"]
    now = time.time()
    for place in places:
        place.touch()
        os.utime(place, (now + age, now + age))
    free_refs(clone, "main", now)
    assert [place.exists() for place in places] == [stays, stays]
