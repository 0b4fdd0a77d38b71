"""Commands that take something away which does not come back by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator.analysis.runbooks.outline import Block, Outline
from generator.analysis.runbooks.shell import SHELLS, script

SQL = frozenset(
    {"sql", "psql", "pgsql", "postgresql", "postgres", "mysql", "mariadb", "plsql", "tsql", "cql", "sqlite"}
)
_OTHERS = frozenset({"", "http", "redis", "mongo", "mongodb", "js", "javascript", "lua"})

_LANGUAGES = SHELLS | SQL | _OTHERS

_AT = r"(?:^|[\s;&|(`\"'/])"
"""Where a command may begin: also behind sudo, ssh, xargs or in a quoted text for one of them."""
_FLAGS = r"(?:\s+-{1,2}[\w.-]+(?:[= ](?!-)(?:\"[^\"]*\"|[^\s-]\S*))?){0,12}?"
_SHELL = (
    rf"{_AT}(?:kubectl|oc|k){_FLAGS}\s+(?:delete|drain)\b",
    rf"{_AT}(?:kubectl|oc|k)\b[^|;&]{{0,300}}?\s+scale\b[^|;&]*?--replicas[= ]0\b",
    rf"{_AT}(?:kubectl|oc|k){_FLAGS}\s+replace\b[^|;&]*?--force\b",
    rf"{_AT}(?:kubectl|oc|k)\b[^|;&]{{0,300}}?\s+taint\b[^|;&]*?:NoExecute\b(?!-)",
    rf"{_AT}rm\s+(?:\S+\s+){{0,8}}?(?:-[A-Za-z]*[rRf][A-Za-z]*|--recursive|--force)\b",
    rf"{_AT}(?:find)\b[^|;&]*?\s(?:-delete\b|-exec\s+rm\b)",
    rf"{_AT}xargs\b[^|;&]*?\srm\b",
    rf"{_AT}(?:terraform|tofu|terragrunt|pulumi)\b[^|;&]*?\s(?:destroy|apply\b[^|;&]*?-destroy|state\s+rm)\b",
    rf"{_AT}helm{_FLAGS}\s+(?:uninstall|delete|del|un)\b",
    rf"{_AT}git\b[^|;&]*?\spush\b[^|;&]*?\s(?:--force(?:-with-lease)?|-[a-zA-Z]*f[a-zA-Z]*|--delete|--mirror|\+\S+)(?=[\s=]|$)",
    rf"{_AT}git\b[^|;&]*?\s(?:reset\b[^|;&]*?--hard|clean\s+-[a-zA-Z]*f|branch\s+-D)\b",
    rf"{_AT}(?:docker|podman|nerdctl|crictl|ctr)\b[^|;&]*?\s(?:prune|rm|rmi|kill)\b",
    rf"{_AT}docker[- ]compose\b[^|;&]*?\sdown\b",
    rf"{_AT}dd\b[^|;&]*?\sof=",
    rf"{_AT}(?:mkfs(?:\.\w+)?|wipefs|shred|fdisk|sgdisk|vgremove|lvremove|pvremove|userdel|groupdel)\s",
    rf"{_AT}(?:zpool|zfs)\s+destroy\b",
    rf"{_AT}truncate\s+(?:-s|--size)\b",
    rf"{_AT}(?:reboot|poweroff|halt|shutdown|init\s+[06])(?:\s|$)",
    rf"{_AT}systemctl\b[^|;&]*?\s(?:stop|disable|mask|reboot|poweroff)\b",
    rf"{_AT}(?:kill\s+-(?:9|KILL|SIGKILL)|killall|pkill)\b",
    rf"{_AT}redis-cli\b[^|;&]*?\s(?:flushall|flushdb|del|unlink|shutdown)\b",
    rf"{_AT}(?:kafka-topics|kafka-consumer-groups|kafka-acls)(?:\.sh)?\b[^|;&]*?--delete\b",
    rf"{_AT}kafka-delete-records(?:\.sh)?\b",
    rf"{_AT}etcdctl\b[^|;&]*?\s(?:del|member\s+remove|snapshot\s+restore)\b",
    rf"{_AT}rabbitmqctl\b[^|;&]*?\s(?:purge_queue|delete_\w+|reset|force_reset|forget_cluster_node)\b",
    rf"{_AT}aws\b[^|;&]*?\s(?:(?:delete|terminate|stop|purge|deregister)-\w[\w-]*|s3\s+(?:rm|rb)|s3\s+sync\b[^|;&]*?--delete)",
    rf"{_AT}(?:gcloud|az|doctl|openstack|hcloud|flyctl|fly|heroku)\b[^|;&]*?\s(?:delete|destroy|purge)\b",
    rf"{_AT}(?:gsutil)\b[^|;&]*?\s(?:rm|rb)\b",
    rf"{_AT}curl\b[^|;&]*?(?:-X\s*|--request[= ])[\"']?DELETE\b",
    rf"{_AT}(?:consul|argocd|flux|velero|vault|nomad|istioctl)(?:\s+\w+)?\s+(?:delete|destroy|uninstall|purge)\b",
    rf"{_AT}ceph\b[^|;&]*?\s(?:purge|destroy|zap|osd\s+(?:out|down|rm)|pool\s+delete)\b",
    rf"{_AT}iptables\b[^|;&]*?\s(?:-F|--flush)\b",
    rf"{_AT}(?:dropdb|dropuser|mongodrop)\s",
)
_QUERY = (
    r"\bdrop\s+(?:table|database|schema|index|view|column|role|user|owned|keyspace|partition|sequence|materialized)\b",
    r"\btruncate\s+(?:table\s+|only\s+)?[\w\"`\[{$<]",
    r"\bdelete\s+from\s",
    r"\bpg_terminate_backend\s*\(",
    r"\bpg_drop_replication_slot\s*\(",
    r"\bflush(?:all|db)\b",
    r"\.(?:dropDatabase|drop|deleteMany|deleteOne|remove)\(",
)
_HTTP = re.compile(r"^DELETE\s+/", re.MULTILINE)
_WORD = re.compile("[A-Za-z]+")
_TELLING = frozenset(
    _WORD.findall(
        "apply branch clean dd del delete deletemany deleteone deregister destroy disable down drain drop dropdatabase"
        " dropdb dropuser exec fdisk flush flushall flushdb force forget groupdel halt init iptables kafka kill killall"
        " lvremove mask mkfs pkill poweroff prune purge push pvremove rb reboot recursive remove replace replicas reset"
        " restore rm rmi sgdisk shred shutdown snapshot stop sync taint terminate truncate un uninstall unlink userdel"
        " vgremove wipefs zap"
    )
)
"""Words of which every command above has one: most blocks have none, and are done with."""
_HARMLESS = re.compile(
    r"^-|--dry-run(?!=none)|--help\b|\bcan-i\b|^\s*(?:echo|man|explain|which|type|history|grep|journalctl)\b|--simulate\b"
)


@cache
def _commands() -> re.Pattern[str]:
    """It takes ten milliseconds to compile, and most commands of ours never look for any."""
    return re.compile("|".join(_SHELL))


@cache
def _queries() -> re.Pattern[str]:
    return re.compile("|".join(_QUERY), re.IGNORECASE)


def destructive(outline: Outline) -> Iterator[tuple[Block, int, str]]:
    """(block, line, command) of every command that destroys something."""
    for block in outline.blocks:
        if block.language in _LANGUAGES and not _TELLING.isdisjoint(_WORD.findall(block.text.lower())):
            yield from ((block, line, command) for line, command in _found(block))


def _found(block: Block) -> Iterator[tuple[int, str]]:
    for line, command in script(block).commands:
        if _HARMLESS.search(command):
            continue
        by_query = _queries().search(command)
        if by_query or (block.language not in SQL and (_commands().search(command) or _HTTP.search(command))):
            yield line, command


def warned(outline: Outline, block: Block) -> bool:
    """Whether a warning stands near a block.

    That is in the same step; else in what leads up to the block, in what its section says before the first block or
    step, or right below it.
    """
    item = outline.item_of(block.line)
    if item is not None and any(item.line <= line < item.end for line in outline.warnings):
        return True
    above = outline.above(block.line)
    start = above[-1].line if above else outline.first
    before = max((each.end for each in outline.blocks if each.end <= block.line), default=start)
    near = (max(start, before, item.line if item else 0), block.end + AFTER)
    return any(
        first <= line < end for line in outline.warnings for first, end in (near, *_introductions(outline, block))
    )


AFTER = 2
"""Lines below a block in which a warning still is about it."""


def _introductions(outline: Outline, block: Block) -> Iterator[tuple[int, int]]:
    """Of each section around a block, what it says before its first block, step or heading below."""
    for title in outline.above(block.line):
        if title.level == 1 and len(outline.above(block.line)) > 1:
            continue  # what a page says at its top is about the alert
        parts = (outline.blocks, outline.items, outline.titles)
        starts = (each.line for part in parts for each in part if each.line > title.line)
        yield title.line, min(starts, default=outline.last)
