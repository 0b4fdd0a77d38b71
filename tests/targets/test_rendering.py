from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal

import jinja2
import promql_parser
import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from generator.targets.rendering import environment, hcl, header, promql, yaml

texts = st.text(st.characters(exclude_categories=["Cs"]))
plain_data = st.recursive(
    st.none() | st.booleans() | st.integers() | texts | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(plain_data)
def test_yaml_reads_back_as_what_it_was(value) -> None:
    written = yaml(value)
    assert "\n" not in written
    assert pyyaml.load(written, pyyaml.CSafeLoader) == value  # the judge is another's reader


@given(texts)
def test_quoted_text_is_json_too(text) -> None:
    assert json.loads(yaml(text)) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("0.0144"), "0.0144"),
        (Decimal("1E+2"), "100"),
        (1e-05, "1.0e-05"),
        (float("inf"), ".inf"),
        (True, "true"),
        (("a", 1), '["a", 1]'),
        ("\ud83d", '"\ufffd"'),
        ("no", '"no"'),
    ],
)
def test_yaml_of_what_readers_disagree_about(value, written) -> None:
    assert yaml(value) == written


def test_yaml_has_no_form_for_objects() -> None:
    with pytest.raises(TypeError):
        yaml(object())


@given(texts)
def test_promql_strings_read_back(text) -> None:
    if "\0" in text:
        text = text.replace("\0", "")
    tree = promql_parser.parse(f"m{{a={promql(text)}}}")
    assert isinstance(tree, promql_parser.VectorSelector)
    assert [each.value for each in tree.matchers.matchers] == [text]


HARD = [
    'a "b" \\ ${x} %{y}',
    "$${z} $%{q} $$ %% { %%{if} $$$${",
    "\n\t\x00\x85\u2028\ufeff \U0001f514",
    "<<EOT\nEOT\n",
    "\\u0041 \\${x}",
]


@pytest.mark.parametrize("text", HARD)
def test_hcl_opens_no_expression(text) -> None:
    assert not [
        part for part in hcl(text).replace("$${", "").replace("%%{", "").split() if "${" in part or "%{" in part
    ]


@pytest.mark.real_tool
@pytest.mark.skipif(shutil.which("terraform") is None, reason="needs terraform: run .ci/tools")
def test_terraform_reads_hcl_strings_as_they_were_meant(tmp_path) -> None:
    question = "jsonencode([" + ", ".join(hcl(text) for text in HARD) + "])\n"
    run = subprocess.run(
        ["terraform", "console"], cwd=tmp_path, input=question, capture_output=True, encoding="utf-8", check=True
    )
    assert json.loads(json.loads(run.stdout)) == HARD


def test_headers_stay_on_one_line_and_inside_their_comment() -> None:
    end = "Do not edit: change the sources and run tocsin build."
    assert header(["alerts/tr-web.yaml"]) == f"# Made by tocsin from alerts/tr-web.yaml. {end}"
    assert header(["a", "b"]).startswith("# Made by tocsin from a and b. ")
    assert header("abcdef").startswith("# Made by tocsin from a, b, c and 3 more. ")
    assert header(["a\nb-->c"], "<!--", "-->") == f"<!-- Made by tocsin from a?b- ->c. {end} -->"
    assert header([]).startswith("# Made by tocsin from the settings. ")


def test_templates_are_strict_and_markup_escapes_itself(tmp_path) -> None:
    for name in ("a.yaml.j2", "a.html", "a.xml.j2"):
        (tmp_path / name).write_text("{{ x }}\n")
    made = environment(tmp_path)
    assert made.get_template("a.yaml.j2").render(x="<") == "<\n"
    assert made.get_template("a.html").render(x="<") == made.get_template("a.xml.j2").render(x="<") == "&lt;\n"
    with pytest.raises(jinja2.UndefinedError):
        made.get_template("a.html").render()
    with pytest.raises(jinja2.UndefinedError):
        made.from_string("{{ missing | yaml }}").render()
