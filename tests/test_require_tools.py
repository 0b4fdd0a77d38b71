from __future__ import annotations

import pytest

from tests import require_tools

MARKERS = """
[pytest]
markers =
    real_tool: needs a program
"""

TESTS = """
import pytest

@pytest.mark.real_tool
@pytest.mark.skipif(True, reason="needs promtool: run .ci/tools")
def test_marked():
    pass

@pytest.mark.real_tool
def test_marked_skips_inside():
    pytest.skip("needs amtool: run .ci/tools")

def test_forgot_the_mark():
    pytest.skip("needs terraform: run .ci/tools")

@pytest.mark.skip(reason="only on Windows")
def test_other_reason():
    pass

@pytest.mark.real_tool
@pytest.mark.xfail(reason="known")
def test_expected_failure():
    assert False

def test_passes():
    pass
"""

MODULE = """
import pytest
pytest.skip("needs chromium: run .ci/tools", allow_module_level=True)
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.delenv("TOCSIN_REQUIRE_TOOLS", raising=False)
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    pytester.makeini(MARKERS)
    return pytester


def run(project: pytest.Pytester) -> pytest.RunResult:
    return project.runpytest_inprocess("-p", "no:cacheprovider", plugins=[require_tools])


def test_where_tools_are_optional_the_tests_that_need_them_are_skipped(project: pytest.Pytester) -> None:
    project.makepyfile(TESTS)
    run(project).assert_outcomes(passed=1, skipped=4, xfailed=1)


def test_where_tools_are_required_a_skip_for_want_of_one_fails(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_REQUIRE_TOOLS", "1")
    project.makepyfile(TESTS)
    result = run(project)
    # A skip by mark happens while the test is set up, which pytest counts as an error.
    result.assert_outcomes(passed=1, skipped=1, xfailed=1, failed=2, errors=1)
    result.stdout.fnmatch_lines_random(
        ["*test_marked was skipped, and TOCSIN_REQUIRE_TOOLS forbids it: *needs promtool: run .ci/tools"]
    )


@pytest.mark.parametrize(("required", "expected"), [("0", {"skipped": 1}), ("1", {"errors": 1})])
def test_a_module_that_skips_itself_whole(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, required: str, expected: dict[str, int]
) -> None:
    monkeypatch.setenv("TOCSIN_REQUIRE_TOOLS", required)
    project.makepyfile(MODULE)
    run(project).assert_outcomes(**expected)
