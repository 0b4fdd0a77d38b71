"""Values in the address fill the placeholders of commands, and bring nothing else into them."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser import console_errors
from tests.targets.site.conftest import put_files
from tests.targets.site.reading import rendered_html, seen
from tests.targets.site.sources import built

RUNBOOK = """\
---
parameters: {namespace: default, pod: "", odd: "a b; rm -rf /"}
---
# Down

```bash
kubectl -n "$NAMESPACE" get pod ${POD} -o name
echo '$NAMESPACE' $NAMESPACE$NAMESPACE $NAMESPACES \\$NAMESPACE $HOME "$ODD"
```

```
curl http://$POD/$NAMESPACE
```

```bash
NAMESPACE=mine
echo $NAMESPACE
```
"""
FILES = {
    "runbooks/down.md": RUNBOOK,
    "alerts/shop.yaml": "alerts:\n  - {alert: Down, expr: up == 0}\n",
}


def test_a_parameter_is_an_element_with_its_default():
    assert 'data-default="a b; &lt;x&gt; &quot;" data-name="odd"' in rendered_html(
        "{parameter odd a%20b%3B%20%3Cx%3E%20%22}"
    ) or 'data-name="odd" data-default="a b; &lt;x&gt; &quot;"' in rendered_html(
        "{parameter odd a%20b%3B%20%3Cx%3E%20%22}"
    )
    assert seen("{parameter namespace default %20is%20it}").text == "$NAMESPACE is it"
    assert seen("{parameter x %FF%00%02}").tags == ["p", "span", "code", "span"]
    assert seen("{parameter Odd x}").tags == ["p"]
    assert "script" not in seen("{parameter x %3Cscript%3E}").tags


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("parameters")
    return put_files(built(FILES, root), root / "built")


@pytest.fixture
def commands(open_page, serve_folder, folder):
    """Opens the runbook with a query; gives the text of its blocks and of the line on each parameter."""

    def opened(query: str = "") -> tuple[list[str], dict[str, str]]:
        driver = open_page(serve_folder(folder) + f"runbooks/down/{query}", width=390)
        assert console_errors(driver) == []
        blocks = [each.text for each in driver.find_elements(By.CSS_SELECTOR, ".md-content > article > .highlight")]
        said = {
            each.get_attribute("data-name"): each.text for each in driver.find_elements(By.CSS_SELECTOR, "[data-name]")
        }
        return blocks, said

    return opened


@pytest.mark.real_tool
def test_the_address_fills_every_command(commands):
    blocks, said = commands("?namespace=shop&pod=web-0.a_b:80/x@y&unknown=z&ODD=q&home=h")
    assert blocks[0].splitlines() == [
        'kubectl -n "shop" get pod web-0.a_b:80/x@y -o name',
        "echo 'shop' shopshop $NAMESPACES \\$NAMESPACE $HOME \"$ODD\"",
    ]
    assert blocks[1] == "curl http://web-0.a_b:80/x@y/shop"
    assert blocks[2] == "NAMESPACE=mine\necho $NAMESPACE"
    assert said["namespace"].startswith("$NAMESPACE is shop, from the address of this page. Filled into")


@pytest.mark.real_tool
def test_without_an_address_the_defaults_are_filled_in_and_said(commands):
    blocks, said = commands()
    assert blocks[0].splitlines()[0] == 'kubectl -n "default" get pod ${POD} -o name'
    assert said["namespace"].startswith("$NAMESPACE is default, which is the default. Filled into")
    assert said["pod"] == "$POD is empty, so commands keep the placeholder"
    assert '"$ODD"' in blocks[0]
    assert "a b; rm -rf /" in said["odd"]


@pytest.mark.real_tool
@pytest.mark.parametrize(
    "value",
    [
        *(
            "a;rm -rf /",
            "$(id)",
            "`id`",
            "a b",
            "a|b",
            "a&b",
            "a>b",
            "a'b",
            'a"b',
            "a\nb",
            "a\\b",
            "{a,b}",
            "*",
            "~root",
        ),
        *(
            "--all",
            "-n",
            "..",
            "../../etc",
            "a/../b",
            "/",
            "é",
            "<img src=x onerror=alert(1)>",
            "a" * 201,
            "a\u202eb",
        ),
    ],
)
def test_a_value_that_is_no_plain_word_is_refused(commands, value):
    blocks, said = commands(f"?namespace={quote(value, safe='')}")
    assert blocks[0].splitlines()[0] == 'kubectl -n "default" get pod ${POD} -o name'
    assert "the address has another value, which is not filled into commands" in said["namespace"]
    assert len(value) < 3 or value not in said["namespace"]


@pytest.mark.real_tool
def test_the_copy_button_copies_the_filled_command(open_page, serve_folder, folder):
    driver = open_page(serve_folder(folder) + "runbooks/down/?namespace=shop", width=390)
    place = ".md-content > article > .highlight .md-code__button"
    button = WebDriverWait(driver, 10).until(lambda d: d.find_element(By.CSS_SELECTOR, place))
    # The theme copies out of a field that it makes for the purpose.
    driver.execute_script("document.addEventListener('copy', () => { window.copied = document.activeElement.value })")
    button.click()
    copied = WebDriverWait(driver, 10).until(lambda d: d.execute_script("return window.copied"))
    assert 'kubectl -n "shop" get pod ${POD} -o name' in copied


@pytest.mark.real_tool
def test_links_of_an_alert_carry_the_values_to_its_runbook(open_page, serve_folder, folder):
    driver = open_page(serve_folder(folder) + "alerts/down/?namespace=shop&q=x&bad=a%20b")
    links = [each.get_attribute("href") for each in driver.find_elements(By.CSS_SELECTOR, ".md-content .oncall a")]
    assert any(link.endswith("/runbooks/down/?namespace=shop") for link in links), links
    assert not any("/services/" in link and "namespace" in link for link in links)
