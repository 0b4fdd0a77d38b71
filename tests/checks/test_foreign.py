"""Front matter that other tools share: their keys are a note, and ours are still judged."""

from __future__ import annotations

import pytest

from generator.checks import foreign
from generator.kinds.postmortem import Postmortem
from generator.kinds.runbook import Runbook
from tests.catalogs import make_catalog
from tests.checks.found import found, place

HUGO = (
    "---\ntitle: Shop down\nweight: 20\ndraft: false\ndate: 2021-03-01T10:00:00Z\nmenu: {docs: {parent: a}}\n---\n# A\n"
)


def test_keys_of_other_tools_are_told_once_and_the_runbooks_are_read() -> None:
    files = {f"runbooks/{slug}.md": HUGO for slug in ("a", "b", "c", "d", "e")}
    (finding,) = found(foreign, files)
    assert finding.message == "5 runbooks have keys that mean nothing here: date, draft, menu, weight"
    assert (finding.level.value, place(finding), len(finding.related)) == ("note", "runbooks/a.md:3:1", 3)
    assert {each.title for each in make_catalog(files).all(Runbook)} == {"Shop down"}


def test_postmortems_too_and_a_single_key() -> None:
    files = {"postmortems/2026-10-14-a.md": "---\nlayout: post\nseverity: SEV-2\n---\n# A\n"}
    (finding,) = found(foreign, files)
    assert finding.message == "a postmortem has a key that means nothing here: layout"
    assert [each.severity for each in make_catalog(files).all(Postmortem)] == ["SEV-2"]


@pytest.mark.parametrize("key", ["reviewd", "Owner", "replaced-by", "parameter", "paramters", "tag"])
def test_a_slip_is_an_error_still(key: str) -> None:
    (finding,) = make_catalog({"runbooks/a.md": f"---\n{key}: x\nweight: 1\n---\n# A\n"}).findings
    assert (finding.check, finding.message) == ("schema/unknown-key", f"key '{key}' is not known")


@pytest.mark.parametrize("key", ["reviewers", "weight", "namespace", "severity", "sidebar_label", "1", "null", "é"])
def test_other_words_are_none(key: str) -> None:
    assert make_catalog({"runbooks/a.md": f"---\n{key}: x\n---\n# A\n"}).findings == ()


def test_other_kinds_know_no_foreign_keys() -> None:
    (finding,) = make_catalog({"alerts/a.yaml": "weight: 1\nalerts: []\n"}).findings
    assert finding.check == "schema/unknown-key"


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("runbooks/k8s/KubeAPIDown.md", "rename it to runbooks/k8s/kube-api-down.md"),
        ("runbooks/etcdNoLeader.md", "rename it to runbooks/etcd-no-leader.md"),
        ("runbooks/My_page 2.md", "rename it to runbooks/my-page-2.md"),
        ("runbooks/Página.md", ""),
        ("postmortems/2026-10-14-CheckoutDown.md", "rename it to postmortems/2026-10-14-checkout-down.md"),
    ],
)
def test_a_runbook_that_is_called_as_its_alert_is_told_the_name_that_the_alert_leads_to(path: str, hint: str) -> None:
    (finding,) = make_catalog({path: "# A\n"}).findings
    assert (finding.check, finding.hint) == ("source/name", hint)


def test_a_page_of_hugo_about_a_folder_is_no_source() -> None:
    assert make_catalog({"runbooks/kubernetes/_index.md": HUGO}).documents == {}
