"""Many commands at once, each in a process and a clone of its own, some of them killed and started again.

Called as a program with a file of JSON: starting an interpreter for each would take longer than what is tested. Each
child says the words of its clone in the one incident that all of them change.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path

from generator.cli import main
from generator.errors import TocsinError
from generator.integrations.recording import Change, Plan, record

INCIDENT = "status/incidents/2026-10-14-checkout.yaml"
NOW = datetime(2026, 10, 14, 14, tzinfo=UTC)


def says(words: str) -> Plan:
    """The plan that adds an update with some words."""

    def plan(tree):
        text = dict(tree.read([INCIDENT]))[INCIDENT].decode()
        update = f"  - {{at: 2026-10-14 14:00, status: monitoring, message: {words}}}\n"
        message = f"status: monitoring - {words}"
        return Change({} if update in text else {INCIDENT: text + update}, message)

    return plan


def child(place: str, words: str) -> int:
    """One change; 0 where the remote has it."""
    try:
        done = record(Path(place), says(words), now=NOW, push=True, key=f"incident update {words}")
    except TocsinError as error:
        sys.stderr.write(f"{words}: {error.message} ({error.hint})\n")
        return 2
    if done.kept:
        sys.stderr.write(f"{words}: {done.kept} ({done.hint})\n")
    return 1 if done.kept else 0


def command(place: str, words: str) -> int:
    """The same as people do it."""
    now = f"--now={NOW:%Y-%m-%dT%H:%MZ}"
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # the process ends with it
    return main(["-C", place, "incident", "update", "monitoring", words, "--push", "--yes", now])


def start(place: str, words: str, how: str) -> int:
    """The id of the process that does it, in a group of its own with all that it starts."""
    identifier = os.fork()
    if identifier:
        return identifier
    status = 70
    try:
        os.setsid()
        status = (command if how == "command" else child)(place, words)
    except BaseException:  # noqa: BLE001  # a child of a fork may not go on in the parent's code
        traceback.print_exc()
    os._exit(status)


def race(places: dict[str, str], how: str, kills: int, seed: int, longest: float) -> int:
    """Until all are done. Gives how many were killed."""
    chance, killed = random.Random(seed), 0
    running = {start(place, words, how): words for words, place in places.items()}
    doomed = {identifier: time.monotonic() + chance.uniform(0, longest) for identifier in list(running)[:kills]}
    while running:
        for identifier in [each for each, moment in doomed.items() if time.monotonic() > moment]:
            del doomed[identifier]
            os.killpg(identifier, signal.SIGKILL)
        identifier, status = os.waitpid(-1, os.WNOHANG)
        if not identifier:
            time.sleep(0.005)
            continue
        words = running.pop(identifier)
        doomed.pop(identifier, None)
        if os.WIFSIGNALED(status):
            killed += 1
            again = start(places[words], words, how)
            running[again] = words
            if killed < 2 * kills:
                doomed[again] = time.monotonic() + chance.uniform(0, longest)
        elif os.WEXITSTATUS(status):
            sys.stderr.write(f"{words} ended with {os.WEXITSTATUS(status)}\n")
            return -1
    return killed


if __name__ == "__main__":
    sys.stdout.write(str(race(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))))
