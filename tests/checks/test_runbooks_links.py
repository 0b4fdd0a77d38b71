"""Links of runbooks that lead nowhere."""

from __future__ import annotations

import pytest

from generator.checks.runbooks import links as runbooks_links
from tests.checks.found import found, place

OTHER = "# Other\n\n## Si la causa es una versión\n"
ALERTS = "alerts:\n  - {alert: ShopDown, expr: up == 0}\n"


def about(link: str):
    files = {"runbooks/a.md": f"# A\n\n{link}\n", "runbooks/b.md": OTHER, "alerts/shop.yaml": ALERTS}
    pictures = {"runbooks/img/x.png", "docs/y.md"}
    return found(runbooks_links, files, read_bytes=lambda path: b"" if path in pictures else None)


@pytest.mark.parametrize(
    "link",
    [
        *("[b](b.md)", "[b](./b.md#other)", "[b](b.md#si-la-causa-es-una-version)", "[a](#a)", "[b](/runbooks/b.md)"),
        *("![x](img/x.png)", '![x](img/x.png "Title")', "[y](../docs/y.md)", "[s](../alerts/shop.yaml)"),
        *("[p](../alerts/shopdown/)", "[p](/runbooks/b/)", "[out](https://example.com/x)", "[m](mailto:a@example.com)"),
        *(
            "`[x](y.md)`",
            "```\n[x](y.md)\n```",
            '[r]({{< ref "x" >}})',
            "[t](../docs/)",
            "[b]: b.md",
            "<!-- [x](y.md) -->",
        ),
        *("[folder](../alerts/)", "[f](<b.md>)", "[q](b.md?x=1)", "[e]()", "[^1]: note"),
    ],
)
def test_links_that_lead_somewhere_or_that_nobody_can_judge(link: str) -> None:
    assert about(link) == ()


@pytest.mark.parametrize(
    ("link", "said", "hint"),
    [
        ("[b](B.md)", "link 'B.md' leads nowhere: there is no such file", "did you mean 'b.md'?"),
        ("[y](../docs/y)", "link '../docs/y' leads nowhere: there is no such file", "did you mean '../docs/y.md'?"),
        ("[s](shop.yaml)", "link 'shop.yaml' leads nowhere: there is no such file", "did you mean alerts/shop.yaml?"),
        ("![x](img/z.png)", "picture 'img/z.png' leads nowhere: there is no such file", ""),
        ("[![x](img/z.png)](b.md)", "picture 'img/z.png' leads nowhere: there is no such file", ""),
        ("[x](../../x.md)", "link '../../x.md' leads nowhere: it leads out of the repository", ""),
        (
            "[a](#nothing-like-it)",
            "link '#nothing-like-it' leads nowhere: no heading of runbooks/a.md has that anchor",
            "",
        ),
        (
            "[b](b.md#Other)",
            "link 'b.md#Other' leads nowhere: no heading of runbooks/b.md has that anchor",
            "did you mean '#other'?",
        ),
        ("[b](b.md#si-la-causa-es-una-versión)", "", "did you mean '#si-la-causa-es-una-version'?"),
        ("[r]: nothing-like-it.md", "link 'nothing-like-it.md' leads nowhere: there is no such file", ""),
        (
            "[x](nothing.md) and [z](no.md)",
            "link 'nothing.md' leads nowhere: there is no such file, and 1 more link leads nowhere",
            "",
        ),
    ],
)
def test_links_that_lead_nowhere(link: str, said: str, hint: str) -> None:
    (finding,) = about(link)
    assert place(finding) == "runbooks/a.md:3:1"
    assert finding.message.startswith(said)
    assert finding.hint == hint
