"""`tocsin publish`: what is said, and what comes out of it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from generator.cli import main
from tests.integrations.publishing.conftest import running_sshd, sshd, tree

__all__ = ["running_sshd", "sshd"]

NOW = ["--now", "2026-11-24T12:00Z"]


@pytest.fixture
def repository(example, monkeypatch):
    for name, value in example.environment.items():
        monkeypatch.setenv(name, value)
    return example


def publish(repository, capsys, *arguments):
    capsys.readouterr()
    target, *more = arguments
    places = [part for each in more if not each.startswith("-") for part in ("--to", each)]
    flags = [each for each in more if each.startswith("-")]
    status = main(["-C", str(repository.path), "publish", target, *places, *flags, *NOW])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_site_to_a_folder_as_it_was_built(repository, capsys, tmp_path):
    place = tmp_path / "www"
    status, out, err = publish(repository, capsys, "site", str(place))
    assert (status, err) == (0, "")
    files = len(tree(place))
    assert out == f"{place}: published {files} files ({files} new)\n"
    main(["-C", str(repository.path), "build", "--target=site", *NOW])
    assert tree(place) == tree(repository.path / "build" / "site")
    assert publish(repository, capsys, "site", str(place), f"--built={repository.path}/build") == (
        0,
        f"{place}: nothing to do, {files} files are there\n",
        "",
    )


def test_public_pages_hold_nothing_of_the_others(repository, capsys, tmp_path):
    assert publish(repository, capsys, "status", str(tmp_path / "www"))[0] == 0
    paths = tree(tmp_path / "www")
    assert "index.html" in paths
    assert not [path for path in paths if path.split("/")[0] in ("alerts", "runbooks", "schedules", "postmortems")]
    status, _, err = publish(repository, capsys, "site", str(tmp_path / "www"))
    assert (status, err) == (
        1,
        f"tocsin: {tmp_path}/www: it holds the target status, not site\n  hint: give each target a place of its own\n",
    )


def test_places_of_the_settings_and_one_that_fails(repository, capsys, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    settings = repository.path / "tocsin.yaml"
    places = f"[{tmp_path}/full, public, 'branch:pages']"
    settings.write_text(f"{settings.read_text()}\npublish: {{status: {places}}}\n")
    status, out, err = publish(repository, capsys, "status")
    assert status == 1
    assert err.startswith(f"tocsin: {tmp_path}/full: it holds files that nobody published from here: x\n")
    assert err.endswith("tocsin: 1 of 3 places failed\n")
    assert f"{repository.path}/public: published" in out
    assert "branch:pages: published" in out
    assert "; not pushed (--push)\n" in out


def test_a_dry_run_says_it_and_does_nothing(repository, capsys, tmp_path):
    before = repository.git("for-each-ref").stdout
    status, out, _ = publish(repository, capsys, "status", str(tmp_path / "www"), "branch:pages", "--dry-run")
    assert status == 0
    assert out.count("would publish") == 2
    assert not (tmp_path / "www").exists()
    assert repository.git("for-each-ref").stdout == before


def test_errors_of_other_kinds_do_not_keep_customers_uninformed(repository, capsys, tmp_path):
    repository.write("alerts/broken.yaml", "team: nobody\nslo: []\n")
    repository.write("schedules/people.yaml", "alice: {nmae: Alice}\n")
    status, _, err = publish(repository, capsys, "status", str(tmp_path / "www"))
    assert (status, "index.html" in tree(tmp_path / "www")) == (0, True)
    assert err.startswith("tocsin: note: ")
    assert "errors in alerts/broken.yaml and " in err
    assert "of which status reads nothing: passed over (tocsin check shows them)" in err


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("status/incidents/2026-11-02-x.yaml", "title: X\nupdates: []\nimpakt: none\n"),
        ("status/components.yaml", "website: {nmae: X}\n"),
        ("tocsin.yaml", "langauges: [es]\n"),
        ("tocsin.yaml", "status: 7\n"),
    ],
)
def test_errors_in_what_it_reads_stop_the_status_page(repository, capsys, tmp_path, path, text):
    repository.write(path, text)
    status, out, err = publish(repository, capsys, "status", str(tmp_path / "www"))
    assert (status, err) == (1, "tocsin: nothing was published: mend the errors first\n")
    assert "error[" in out
    assert not (tmp_path / "www").exists()


def test_errors_in_the_sources_stop_it(repository, capsys, tmp_path):
    repository.write("alerts/broken.yaml", "team: nobody\n")
    status, out, err = publish(repository, capsys, "site", str(tmp_path / "www"))
    assert status == 1
    assert "error[" in out
    assert err == "tocsin: nothing was published: mend the errors first\n"
    assert not (tmp_path / "www").exists()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("{site: [/srv/www], status: [/srv/www]}", "of its own"),
        ("{site: ['ssh://h/srv/www/in'], status: ['ssh://me@H/srv/www']}", "lies in"),
        ("{site: ['branch:pages'], status: ['branch:pages']}", "of its own"),
        ("{status: ['ssh://me:hunter2@h/srv/www']}", "holds a password"),
        ("{status: ['https://h/srv/www']}", "a destination is a folder"),
        ("{status: /srv/www}", "error[schema/"),
        ("{calendars: [/srv/www]}", "error[schema/"),
    ],
)
def test_settings_that_mean_nothing_are_findings(repository, capsys, setting, said):
    settings = repository.path / "tocsin.yaml"
    settings.write_text(f"{settings.read_text()}\npublish: {setting}\n")
    status, out, err = publish(repository, capsys, "status")
    assert status == 1
    assert said in out
    assert "hunter2" not in out + err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sit", "x"], "did you mean 'site'?"),
        (["status"], "nothing says where to publish status"),
        (["status", "ftp://host/x"], "nothing can be published to ftp"),
        (["status", "x", "--built=nowhere"], "nowhere holds no status"),
    ],
)
def test_wrong_use(repository, capsys, arguments, said):
    status, out, err = publish(repository, capsys, *arguments)
    assert (status, out) == (2, "")
    assert said in err


def test_what_was_built_and_changed_since_is_not_published(repository, capsys, tmp_path):
    main(["-C", str(repository.path), "build", "--target=status", *NOW])
    (repository.path / "build" / "status" / "index.html").write_text("by hand")
    built = [f"--built={repository.path}/build"]
    status, _, err = publish(repository, capsys, "status", str(tmp_path / "www"), *built)
    assert status == 2
    assert "index.html is not as it was built: nothing was published" in err


@pytest.mark.real_tool
def test_over_ssh_from_the_command_line(repository, sshd, tmp_path):
    command = [sys.executable, "-m", "generator", "-C", repository.path, "publish", "status", *NOW]
    for said in ("published", "nothing to do"):
        done = subprocess.run(
            [*command, "--to", sshd.address(tmp_path / "www")],
            env=os.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert said in done.stdout
    assert "index.html" in tree(tmp_path / "www")
