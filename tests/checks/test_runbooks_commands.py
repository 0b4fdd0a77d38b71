"""Commands of runbooks: present, ready to run, and with a warning where they destroy something."""

from __future__ import annotations

import pytest

from generator.checks.runbooks import commands as runbooks_commands
from tests.checks.found import found, place

STEP = "---\nparameters: {{namespace: default}}\n---\n# A\n\n## Diagnosis\n\n1. Look.\n\n{}\n"
BLOCK = "    ```{}\n    {}\n    ```\n"


def messages(text: str, check: str) -> list[str]:
    return [each.message for each in found(runbooks_commands, {"runbooks/a.md": text}, f"runbook/{check}")]


@pytest.mark.parametrize(
    ("below", "found_at"),
    [
        ("", "runbooks/a.md:8:1"),
        ("    Read [the dashboard](https://grafana.example.com).", "runbooks/a.md:8:1"),
        (BLOCK.format("bash", "kubectl get pods"), ""),
        ("```\nls -l\n```", ""),
        ("    Type `kubectl get pods` first.", ""),
        ("        kubectl get pods", ""),
        ("    The flag `x`.", "runbooks/a.md:8:1"),
        ("    1. Inside:\n\n        ```sh\n        ls\n        ```", ""),
    ],
)
def test_a_step_needs_a_command(below: str, found_at: str) -> None:
    files = {"runbooks/a.md": STEP.format(below)}
    findings = found(runbooks_commands, files, "runbook/step-without-command")
    assert [place(each) for each in findings] == ([found_at] if found_at else [])


def test_steps_outside_of_the_diagnosis_may_be_words() -> None:
    assert messages("# A\n## Escalation\n1. Call the lead.\n", "step-without-command") == []


DESTROYS = (
    *("kubectl delete pod x", 'kubectl -n "$NAMESPACE" delete pod x', "kubectl drain n1", "oc delete route x"),
    *("kubectl scale deploy/x --replicas=0", "kubectl scale --replicas 0 deploy/x", "sudo rm -rf /tmp/x", "rm -fr x"),
    *("terraform destroy -auto-approve", "helm uninstall x", "helm -n a delete x", "git push --force", "git push -f"),
    *("git reset --hard HEAD~1", "docker system prune -af", "dd if=a of=/dev/sda", "redis-cli -h a FLUSHALL"),
    *(
        'psql -c "DROP TABLE a"',
        "psql -c 'truncate events'",
        "aws ec2 terminate-instances --instance-ids i",
    ),
    *(
        "kubectl get pods | xargs kubectl delete pod",
        "ssh host 'rm -rf /x'",
        "find . -name x -delete",
        "curl -X DELETE a",
    ),
)
HARMLESS = (
    *("kubectl get pods", "kubectl delete pod x --dry-run=client", "kubectl scale deploy/x --replicas=3", "rm --help"),
    *("kubectl auth can-i delete pods", "kubectl get events | grep drain", "helm history x", "git push origin x"),
    *("# kubectl delete pod x", "echo kubectl delete pod x", "terraform plan", "kubectl logs x --since=10m"),
    *("--hive-stop-timeout duration  how long rm -rf may take", "terraform plan -no-color"),
)


@pytest.mark.parametrize("command", DESTROYS)
def test_what_destroys_needs_a_warning(command: str) -> None:
    (message,) = messages(STEP.format(BLOCK.format("bash", command)), "destructive")
    assert message.startswith("no warning stands near '")


@pytest.mark.parametrize("command", HARMLESS)
def test_what_destroys_nothing_needs_none(command: str) -> None:
    assert messages(STEP.format(BLOCK.format("bash", command)), "destructive") == []


@pytest.mark.parametrize(
    "warning",
    [
        *("!!! warning\n    Lost.", '!!! danger "Data"', "> **Warning**: lost", "> [!CAUTION]\n> Lost.", "⚠️ Lost."),
        *(
            "**Warning:** lost.",
            "Advertencia: se pierde.",
            "!!! advertencia",
            "{{< hint danger >}}\nLost\n{{< /hint >}}",
        ),
        *(":::danger\nLost\n:::", "> Peligro: se pierde."),
    ],
)
def test_warnings_of_many_forms_count(warning: str) -> None:
    block = "```sh\nkubectl delete pod x\n```\n"
    assert messages(f"# A\n## Mitigation\n\n{warning}\n\n{block}", "destructive") == []
    assert messages(f"# A\n## Mitigation\n\nGo.\n\n{block}", "destructive") != []


def test_a_warning_of_another_step_does_not_count() -> None:
    text = "# A\n## M\n\n1. One\n\n    !!! warning\n        Lost.\n\n{0}\n2. Two\n\n{0}"
    (finding,) = found(
        runbooks_commands,
        {"runbooks/a.md": text.format(BLOCK.format("bash", "kubectl delete pod x"))},
        "runbook/destructive",
    )
    assert place(finding) == "runbooks/a.md:16:1"


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ('kubectl -n "$NAMESPACE" get pods', ""),
        ("kubectl logs $POD", "$POD (line 11)"),
        ("kubectl logs ${POD}", "$POD (line 11)"),
        ("kubectl logs <pod-name>", "<pod-name> (line 11)"),
        ("kubectl logs {{ pod }}", "{{ pod }} (line 11)"),
        ("kubectl logs $POD <container>", "$POD (line 11), <container> (line 11)"),
        ("kubectl get pods -o go-template='{{.a}} {{end}}'", ""),
        ("awk '{print $1 $NF}' < /dev/null > $HOME/x", ""),
        ("POD=$(kubectl get pods | head -1); echo $POD", ""),
        ("for POD in a b; do echo $POD; done", ""),
        ("kubectl get pods | while read -r POD REST; do echo $POD $REST; done", ""),
        ("echo ${SINCE:-1h}", ""),
        ("source env.sh; echo $POD", ""),
        ("echo '$POD' \\$POD # $POD", ""),
        ('echo "it\'s $POD"', "$POD (line 11)"),
        ("$ kubectl logs $POD", "$POD (line 11)"),
        ("sort <in >out; cat <<EOF", ""),
    ],
)
def test_placeholders_that_nobody_declares(command: str, names: str) -> None:
    said = messages(STEP.format(BLOCK.format("bash", command)), "placeholder")
    assert said == ([f"no parameter of runbook 'a' declares {names}"] if names else [])


def test_a_block_above_may_set_it_and_other_languages_have_variables_of_their_own() -> None:
    blocks = BLOCK.format("bash", "POD=x") + BLOCK.format("bash", "echo $POD") + BLOCK.format("promql", "up{a='$job'}")
    assert messages(STEP.format(blocks), "placeholder") == []


def test_the_place_of_a_placeholder_and_the_name_that_was_meant() -> None:
    files = {"runbooks/a.md": STEP.format(BLOCK.format("bash", "kubectl -n $NAMESPCE get pods"))}
    (finding,) = found(runbooks_commands, files, "runbook/placeholder")
    assert (place(finding), finding.hint) == ("runbooks/a.md:11:16", "did you mean 'NAMESPACE'?")
