"""What ends a command: each class carries the exit status that scripts see."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses, a contract with scripts."""

    WELL = 0
    FINDINGS = 1
    """Findings at error level, or drift."""
    USAGE = 2
    """Wrong use, or settings that cannot be read."""
    NOTHING = 3
    """There was nothing to check."""
    FAULT = 70
    """A fault of ours."""


class TocsinError(Exception):
    """An end that we foresaw: one sentence for people, and an exit status."""

    exit = Exit.USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(TocsinError):
    """The command was called in a way that has no meaning."""


class SettingsError(TocsinError):
    """`tocsin.yaml` cannot be read, so nothing that depends on it can run."""


class NothingToDo(TocsinError):
    """No source was found where one was looked for; success on nothing would be a lie."""

    exit = Exit.NOTHING


class RefusedPath(TocsinError):
    """A path that leaves the repository, or a symlink."""


class EditRefused(TocsinError):
    """An edit that would not read back as what was meant."""
