"""The workflows as files: what GitHub takes, what a form offers, and that no text becomes an expression."""

from __future__ import annotations

import shutil
import subprocess

import pytest
import yaml

from generator.cli import main
from generator.targets.github import TARGET
from generator.targets.github import text as kept
from tests.catalogs import make_catalog, make_context

COMPONENTS = "web: {name: Web}\napi: {name: API, components: {rest: {name: REST}, hooks: {name: Hooks}}}\n"
PLACES = {
    "pages": "",
    "branch": 'publish: {status: ["branch:pages"]}\nlanguages: [en]\n',
    "hosts": 'publish: {status: ["ssh://deploy@host/srv/status", "branch:pages", /srv/status]}\n',
    "protected": "status: {url: https://status.example.com, branch: status}\nlanguages: [es, en, de]\n",
}


def workflows(settings):
    catalog = make_catalog({"tocsin.yaml": settings, "status/components.yaml": COMPONENTS})
    return {each.path.partition("/")[2]: each.content.decode() for each in TARGET.render(catalog, make_context())}


def read(text):
    # PyYAML takes the key `on` for true, as YAML 1.1 does; GitHub does not.
    return yaml.load(text.replace("\non:\n", '\n"on":\n'), Loader=yaml.SafeLoader)


@pytest.mark.real_tool
@pytest.mark.skipif(not shutil.which("actionlint"), reason="needs actionlint: run .ci/tools")
@pytest.mark.parametrize("settings", PLACES.values(), ids=PLACES)
def test_actionlint_finds_nothing(tmp_path, settings):
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    for name, text in workflows(settings).items():
        (folder / name).write_text(text)
    done = subprocess.run(
        ["actionlint", *sorted(map(str, folder.iterdir()))], check=False, capture_output=True, text=True, cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_form_offers_what_the_catalog_has():
    inputs = read(workflows("languages: [en, es]\n")["status-update.yaml"])["on"]["workflow_dispatch"]["inputs"]
    assert inputs["component"]["options"] == ["-", "web", "rest", "hooks"]
    assert inputs["severity"]["options"] == ["-", "SEV-1", "SEV-2", "SEV-3"]
    assert len(inputs) <= 10  # what GitHub allowed at first, and its older servers do


def test_with_one_language_nobody_is_asked_for_another():
    assert "translations" not in workflows("languages: [en]\n")["status-update.yaml"].lower()


def test_the_page_is_built_when_the_branch_of_the_status_sources_moves():
    read_page = read(workflows(PLACES["protected"])["status-page.yaml"])
    assert read_page["on"]["push"]["branches"] == ["main", "status"]
    assert read_page["on"]["schedule"]
    assert "concurrency" not in read(workflows(PLACES["protected"])["status-update.yaml"])


@pytest.mark.parametrize("settings", PLACES.values(), ids=PLACES)
def test_every_action_is_pinned_and_nothing_may_more_than_it_needs(settings):
    for text in workflows(settings).values():
        workflow = read(text)
        assert workflow["permissions"] == {}
        for job in workflow["jobs"].values():
            assert job["permissions"]
            for step in job.get("steps", ()):
                _, _, commit = step.get("uses", "@" + "0" * 40).partition("@")
                assert len(commit) == 40


def test_what_people_wrote_is_never_part_of_a_script():
    for text in workflows(PLACES["hosts"]).values():
        for job in read(text)["jobs"].values():
            for step in job.get("steps", ()):
                assert "${{" not in step.get("run", "")


def test_a_place_that_looks_like_an_expression_stays_text():
    assert kept("branch:${{ secrets.TOKEN }}") == """"branch:${{ '${{' }} secrets.TOKEN }}\""""
    page = workflows('publish: {status: ["branch:${{ secrets.TOKEN }}"]}\n')["status-page.yaml"]
    assert "${{ secrets.TOKEN" not in page


def test_folders_are_places_of_no_workflow():
    assert "/srv/status\n" not in workflows(PLACES["hosts"])["status-page.yaml"]
    assert "upload-pages-artifact" in workflows("publish: {status: [/srv/status]}\n")["status-page.yaml"]


def test_workflows_are_written_beside_those_of_people(tmp_path, capsys):
    (tmp_path / "status").mkdir()
    (tmp_path / "status/components.yaml").write_text(COMPONENTS)
    theirs = tmp_path / ".github/workflows/ci.yaml"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("theirs")
    assert main(["-C", str(tmp_path), "build", "--target", "github"]) == 0
    assert main(["-C", str(tmp_path), "build", "--target", "github", "--drift"]) == 0
    assert sorted(path.name for path in theirs.parent.iterdir()) == [
        "ci.yaml",
        "status-page.yaml",
        "status-update.yaml",
    ]
    assert not (tmp_path / "build").exists()
    (tmp_path / ".github/manifest.json").unlink()
    (theirs.parent / "status-page.yaml").write_text("theirs")
    assert main(["-C", str(tmp_path), "build", "--target", "github"]) == 2
    assert "tocsin did not write it" in capsys.readouterr().err
    assert (theirs.parent / "status-page.yaml").read_text() == "theirs"
