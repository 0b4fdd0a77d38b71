"""What the repository says about its Alertmanager: the settings `alertmanager` and `receivers`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.records import dataclass
from generator.settings import Setting

DEFAULT_SECRETS = "/etc/alertmanager/secrets"


@dataclass(frozen=True, slots=True)
class AlertmanagerSettings:
    """`secrets` is the folder of key files on Alertmanager's machine. E-mail needs a server and a sender."""

    secrets: str = DEFAULT_SECRETS
    smtp_smarthost: str | None = None
    smtp_from: str | None = None
    smtp_auth_username: str | None = None
    smtp_require_tls: bool = True

    @property
    def smtp_password_file(self) -> str:
        """Where the password of the mail server is; read only where there is a user."""
        return f"{self.secrets.rstrip('/')}/smtp-password"

    @property
    def sends_email(self) -> bool:
        """Whether e-mail can be sent at all."""
        return bool(self.smtp_smarthost and self.smtp_from)


ALERTMANAGER = Setting[AlertmanagerSettings](
    "alertmanager",
    {
        "title": "Alertmanager",
        "description": "Where Alertmanager finds its keys, and how it sends e-mail.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "secrets": {
                "title": "Secrets",
                "description": "Folder with a file a key: <team>-pagerduty, <team>-slack, smtp-password. "
                f"Keys are never kept here. Default: {DEFAULT_SECRETS}.",
                "type": "string",
                "minLength": 1,
                "examples": [DEFAULT_SECRETS],
            },
            "smtp_smarthost": {
                "title": "Mail server",
                "description": "Host and port that e-mail is handed to; without it no e-mail is sent.",
                "type": "string",
                "pattern": "^[^\\s:]+:[0-9]+$",
                "examples": ["smtp.example.com:587"],
            },
            "smtp_from": {
                "title": "Sender",
                "description": "The address that e-mail comes from.",
                "type": "string",
                "minLength": 3,
                "examples": ["tocsin@example.com"],
            },
            "smtp_auth_username": {
                "title": "Mail user",
                "description": "Who logs in to the mail server; the password is in the file smtp-password of secrets.",
                "type": "string",
                "minLength": 1,
                "examples": ["tocsin"],
            },
            "smtp_require_tls": {
                "title": "Mail over TLS",
                "description": "Whether the mail server has to speak TLS. Default: true.",
                "type": "boolean",
                "examples": [False],
            },
        },
        "dependentRequired": {
            "smtp_smarthost": ["smtp_from"],
            "smtp_from": ["smtp_smarthost"],
            "smtp_auth_username": ["smtp_smarthost"],
        },
        "examples": [{"secrets": DEFAULT_SECRETS}],
    },
    lambda value: AlertmanagerSettings(**(value or {})),
)

RECEIVERS = Setting[Mapping[str, Mapping[str, Any]]](
    "receivers",
    {
        "title": "Receivers",
        "description": "More receivers, in Alertmanager's own keys; a team lists those that it wants told too.",
        "type": "object",
        "propertyNames": {"pattern": "^(?!nobody-is-notified$)[a-z0-9]+(-[a-z0-9]+)*$"},
        "additionalProperties": {
            "title": "Receiver",
            "description": "What stands in Alertmanager's configuration under a receiver, without its name.",
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^[a-z_]+_configs$"},
            "additionalProperties": {
                "title": "Integrations",
                "description": "A list, as Alertmanager has it.",
                "type": "array",
                "items": {
                    "title": "Integration",
                    "description": "One integration, as Alertmanager has it.",
                    "type": "object",
                    "examples": [{"url": "http://127.0.0.1:8080/audit"}],
                },
                "examples": [[{"url": "http://127.0.0.1:8080/audit"}]],
            },
            "examples": [{"webhook_configs": [{"url": "http://127.0.0.1:8080/audit"}]}],
        },
        "examples": [{"audit": {"webhook_configs": [{"url": "http://127.0.0.1:8080/audit"}]}}],
    },
    lambda value: dict(value or {}),
)
