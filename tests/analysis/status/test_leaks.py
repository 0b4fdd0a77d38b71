"""What public texts must not say; and that texts as status pages have them are let through."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.status.leaks import MOST, Leak, leaks
from tests.catalogs import make_catalog

ORDINARY = Path(__file__).with_name("public_texts.md").read_text(encoding="utf-8").split("\n---\n")
CATALOG = make_catalog(
    {
        "tocsin.yaml": (
            "runbooks: https://books.example.com/ops\nstatus: https://status.example.com\n"
            "repository: https://github.com/example/reliability\n"
        ),
        "alerts/web.yaml": (
            "team: platform\nlinks: {dashboard: 'https://watch.example.com/d/web', docs: 'https://docs.example.com/',"
            " code: 'https://github.com/example/web', logs: 'https://logs.example-logs.io/web', argocd: web}\n"
            "alerts: [{alert: WebHighLatency, expr: up == 0}]\n"
        ),
        "schedules/people.yaml": (
            "alice: {name: Alice Fernández, email: alice@example.com, github: alice-f}\n"
            "bob: {name: Bob, email: support@example.com}\n"
        ),
        "schedules/platform.yaml": "slack: '#platform'\nlead: alice\n",
    }
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts(text: str):
    assert leaks(CATALOG, text) == ()


SURE = """\
See [our runbook](https://books.example.com/ops/runbooks/web/).|books.example.com/ops/runbooks/web/
It is at BOOKS.example.com.|BOOKS.example.com
https://watch.example.com/d/other|watch.example.com/d/other
https://logs.example-logs.io/web?q=1, mostly|logs.example-logs.io/web?q=1
<https://github.com/example/web/pull/3>|github.com/example/web/pull/3
http://10.2.3.4:9090/graph|10.2.3.4:9090
The range 192.168.7.0/24 is full|192.168.7.0/24
100.64.1.2 and not 100.128.1.2|100.64.1.2
Node 172.31.255.254.|172.31.255.254
[fd12:3456::7] is down|fd12:3456::7
db-1.prod.internal failed|db-1.prod.internal
cart.default.svc.cluster.local|cart.default.svc.cluster.local
cart.default.svc|cart.default.svc
[graph](http://prometheus:9090/graph)|prometheus
ssh://deploy@db1|db1
http://localhost/x|localhost
on localhost:8080|localhost:8080
shop.c9x.eu-west-1.rds.amazonaws.com|shop.c9x.eu-west-1.rds.amazonaws.com
ask alice@example.com|alice@example.com
ask j.doe+x@acme.io.|j.doe+x@acme.io
[mail](mailto:maria@acme.io)|maria@acme.io
talk in #platform|#platform
talk in #inc-2031-checkout|#inc-2031-checkout
https://acme.slack.com/archives/C1/p2|acme.slack.com/archives/C1/p2
https://acme.zoom.us/j/123|acme.zoom.us/j/123
https://meet.google.com/abc-defg-hij|meet.google.com/abc-defg-hij
https://acme.pagerduty.com/incidents/P1|acme.pagerduty.com/incidents/P1
https://app.datadoghq.eu/dashboard/a|app.datadoghq.eu/dashboard/a
[what happened](/postmortems/2026-10-14-x/)|postmortems/2026-10-14-x/
[do](../runbooks/web.md)|runbooks/web.md
AKIAIOSFODNN7EXAMPLE|AKIAIO…
key ghp_abcdefghijklmnopqrst0123|ghp_ab…
password=hunter2hunter2|hunter…
Contraseña: abc123def456|abc123…
https://u:hunter2@host.example.com/|hunter…
https://host.example.com/x?access_token=abcdef123|abcdef…
https://hooks.slack.com/services/T0/B0/x|https:…
-----BEGIN RSA PRIVATE KEY-----|-----B…"""


@pytest.mark.parametrize("case", SURE.splitlines())
def test_leaks(case: str):
    text, _, shown = case.rpartition("|")
    (found,) = leaks(CATALOG, text)
    assert (found.text, found.sure) == (shown, True)
    assert text[found.start : found.end].startswith(shown.rstrip("…"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Alice Fernández looks into it", "Alice Fernández"),
        ("thanks to @alice-f", "@alice-f"),
        ("https://grafana.other.com/d/x", "grafana.other.com/d/x"),
        ("https://discord.com/channels/12/34", "discord.com/channels/12/34"),
        ("WebHighLatency fires again", "WebHighLatency"),
        ("https://acme.atlassian.net/browse/OPS-1.", "acme.atlassian.net/browse/OPS-1"),
        ("https://github.com/example/reliability/issues/3", "github.com/example/reliability/issues/3"),
    ],
)
def test_what_may_be_meant(text: str, shown: str):
    (found,) = leaks(CATALOG, text)
    assert (found.text, found.sure) == (shown, False)


def test_a_page_on_the_host_of_the_runbooks():
    catalog = make_catalog({"tocsin.yaml": "runbooks: https://example.com/ops\nstatus: https://example.com/status\n"})
    assert leaks(catalog, "https://example.com/status/incidents/x/") == ()
    (found,) = leaks(catalog, "https://example.com/ops/runbooks/x/")
    assert found.what == "an address of the runbook site"


def test_everything_of_a_text_in_order():
    text = "alice@example.com at 10.0.0.1 and 10.0.0.2, token=abcdef123456"
    found = leaks(CATALOG, text)
    assert [each.start for each in found] == [0, 21, 34, 50]
    assert all(isinstance(each, Leak) for each in found)


HOSTILE = ("a.", "token=", "https://", "a@", "x://", "fc00:", "10.0.0.1 ", "](/", "a-", "eyJ", "Bearer ", "?token=")


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_text_is_read_once_and_tells_few(piece: str):
    assert len(leaks(CATALOG, piece * (200_000 // len(piece)))) <= 3 * MOST


@given(st.text(alphabet="ab1.:/@#-_=?[]()< \n€ñ"))
def test_any_text(text: str):
    for each in leaks(CATALOG, text):
        assert 0 <= each.start < each.end <= len(text)
