"""A real sshd on this machine, and releases to publish."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.integrations.publishing import Release

PAGES = {"index.html": b"<h1>Home</h1>\n", "alerts/down/index.html": b"Down\n", "assets/it's a name.css": b"a{}\n"}


@dataclass(frozen=True, slots=True)
class Sshd:
    """Where it listens, and how its client is called."""

    port: int
    client: str
    home: Path

    def address(self, path: Path | str) -> str:
        return f"ssh://{getpass.getuser()}@127.0.0.1:{self.port}{path}"


@pytest.fixture(scope="session")
def running_sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """OpenSSH's server as the user of the tests, with keys of its own."""
    program = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin:/usr/local/sbin")
    if program is None or shutil.which("ssh-keygen") is None:
        pytest.skip("needs sshd: run .ci/tools")
    folder = tmp_path_factory.mktemp("sshd")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    key = (folder / "host.pub").read_text().split()
    (folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {key[0]} {key[1]}\n")
    (folder / "home").mkdir()
    (folder / "sshd_config").write_text(_server(folder, port))
    (folder / "ssh_config").write_text(_client(folder))
    log = (folder / "log").open("wb")
    process = subprocess.Popen([program, "-D", "-e", "-f", folder / "sshd_config"], stderr=log)
    try:
        _wait_for(port, process, folder / "log")
        yield Sshd(port, f"ssh -F {shlex.quote(str(folder / 'ssh_config'))}", folder / "home")
    finally:
        process.terminate()
        process.wait()
        log.close()


@pytest.fixture
def sshd(running_sshd: Sshd, monkeypatch: pytest.MonkeyPatch) -> Sshd:
    """The server, with a client that knows it."""
    monkeypatch.setenv("TOCSIN_SSH", running_sshd.client)
    return running_sshd


@pytest.fixture
def release() -> Release:
    """Three files, one with a name that a shell might stumble over."""
    return Release("site", dict(PAGES))


def tree(folder: Path) -> dict[str, bytes]:
    """What a web server would show."""
    files = (Path(at, name) for at, _, names in os.walk(folder) for name in names)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files if file.name[:8] != ".tocsin-"}


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(each.name for each in folder.iterdir())


def _server(folder: Path, port: int) -> str:
    # Its home is none of the user's, and it greets, as hosts do whose .bashrc has an echo.
    command = f'echo Welcome; export HOME={folder}/home; sh -c "$SSH_ORIGINAL_COMMAND"'
    return (
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/user.pub\n"
        f"PidFile none\nUsePAM no\nStrictModes no\nPasswordAuthentication no\nForceCommand {command}\n"
    )


def _client(folder: Path) -> str:
    return (
        f"Host *\n  IdentityFile {folder}/user\n  IdentitiesOnly yes\n  StrictHostKeyChecking yes\n"
        f"  UserKnownHostsFile {folder}/known_hosts\n  GlobalKnownHostsFile /dev/null\n"
    )


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        if process.poll() is not None:
            pytest.fail(f"sshd does not start: {log.read_text()}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"sshd does not listen: {log.read_text()}")
