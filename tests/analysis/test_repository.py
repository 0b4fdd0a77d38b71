from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from generator.analysis.repository import commit_address, issue_address, request_address
from tests.catalogs import make_catalog


def test_without_the_setting_there_are_no_links():
    catalog = make_catalog({"tocsin.yaml": "name: X\n"})
    assert commit_address(catalog, "abc") is None
    assert issue_address(catalog, "a", "b") is None


@pytest.mark.parametrize(
    ("setting", "base", "names"),
    [
        ("https://github.com/x/y", "https://github.com/x/y", ("title", "body")),
        ("https://git.example.com/x/y.git", "https://git.example.com/x/y", ("title", "body")),
        (
            "https://gitlab.example.com/g/x/y/",
            "https://gitlab.example.com/g/x/y/-",
            ("issue[title]", "issue[description]"),
        ),
    ],
)
def test_every_host_has_its_own_addresses(setting, base, names):
    catalog = make_catalog({"tocsin.yaml": f"repository: {setting}\n"})
    assert commit_address(catalog, "abc") == f"{base}/commit/abc"
    title, body = 'A & "b" #1', "x\n?y=<z> é"
    made = urlsplit(issue_address(catalog, title, body) or "")
    assert made._replace(query="").geturl() == f"{base}/issues/new"
    assert made.fragment == ""
    assert parse_qs(made.query) == dict(zip(names, ([title], [body]), strict=True))


@pytest.mark.parametrize("wrong", ["javascript:alert(1)", "github.com/x/y", "https://github.com", "https://h/x?y=1"])
def test_what_is_no_address_of_a_repository_is_refused(wrong):
    catalog = make_catalog({"tocsin.yaml": f"repository: '{wrong}'\nname: X\n"})
    assert [finding.where.pointer for finding in catalog.findings] == [("repository",)]


@pytest.mark.parametrize(
    ("setting", "request_", "address"),
    [
        ("https://github.com/x/y", "#7", "https://github.com/x/y/pull/7"),
        ("https://gitlab.example.com/x/y", "!7", "https://gitlab.example.com/x/y/-/merge_requests/7"),
        ("https://codeberg.org/x/y", "#7", "https://codeberg.org/x/y/pulls/7"),
        ("https://bitbucket.org/x/y", "#7", "https://bitbucket.org/x/y/pull-requests/7"),
        ("https://github.com/x/y", "", None),
        ("https://github.com/x/y", "#../7", None),
    ],
)
def test_a_pull_request_has_an_address(setting, request_, address):
    assert request_address(make_catalog({"tocsin.yaml": f"repository: {setting}\n"}), request_) == address
