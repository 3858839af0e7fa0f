"""The settings of an installation, read once from the environment (`STYR_*`)."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from workflows.kernel.context import TENANT

MEGABYTE = 1_000_000
MUNICIPALITY = "Exempelkommun"
BASE_URL = "http://127.0.0.1:8000"
MAIL_FROM = "styr@localhost"
UPLOAD_MB = 25
KEY_FILE = "session-key"
TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


class SettingsError(Exception):
    """A setting that Styr cannot start with; the message names the variable and what to write instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What differs between two installations.

    `upload_limit` is in bytes for one file; `proxies` is how many reverse proxies in front are trusted to say who
    asks; `trusted_hosts` empty means that any host name is answered.
    """

    var: Path
    secret_key: str
    database_url: str
    tenant: str = TENANT
    municipality: str = MUNICIPALITY
    help_phone: str = ""
    help_mail: str = ""
    base_url: str = BASE_URL
    trusted_hosts: tuple[str, ...] = ()
    smtp_url: str = ""
    mail_from: str = MAIL_FROM
    dev_mail: bool = False
    upload_limit: int = UPLOAD_MB * MEGABYTE
    secure_cookies: bool = False
    proxies: int = 0
    json_log: bool = False

    @property
    def files(self) -> Path:
        """Where uploaded files are kept, named by their content."""
        return self.var / "files"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; make `var` and, the first time, the secret key in it.

        Raises SettingsError when a value cannot be used.
        """
        read = _Reader(environment)
        var = Path(read.text("STYR_VAR", "var")).absolute()
        base_url = read.url("STYR_BASE_URL", BASE_URL)
        host = urlsplit(base_url).hostname or ""
        return cls(
            var=var,
            secret_key=read.text("STYR_SECRET_KEY", "") or _kept_secret(var),
            database_url=read.text("STYR_DATABASE_URL", f"sqlite:///{var / 'styr.sqlite'}"),
            tenant=read.text("STYR_TENANT", TENANT),
            municipality=read.text("STYR_MUNICIPALITY", MUNICIPALITY),
            help_phone=read.text("STYR_HELP_PHONE", ""),
            help_mail=read.text("STYR_HELP_MAIL", ""),
            base_url=base_url,
            trusted_hosts=(host, "127.0.0.1", "localhost") if "STYR_BASE_URL" in environment else (),
            smtp_url=read.smtp("STYR_SMTP_URL"),
            mail_from=read.text("STYR_MAIL_FROM", MAIL_FROM),
            dev_mail=read.flag("STYR_DEV_MAIL", False),
            upload_limit=read.number("STYR_UPLOAD_MB", UPLOAD_MB, 1, 500) * MEGABYTE,
            secure_cookies=read.flag("STYR_SECURE_COOKIES", base_url.startswith("https:")),
            proxies=read.number("STYR_PROXIES", 0, 0, 5),
            json_log=read.flag("STYR_JSON_LOG", False),
        )


@dataclass(frozen=True, slots=True)
class _Reader:
    environment: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        return self.environment.get(name, default).strip()

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value in TRUE | FALSE:
            return value in TRUE
        raise SettingsError(f"{name} is {value!r}: write 1 or 0")

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if value.isdecimal() and least <= int(value) <= most:
            return int(value)
        raise SettingsError(f"{name} is {value!r}: write a whole number from {least} to {most}")

    def url(self, name: str, default: str) -> str:
        value = self.text(name, default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme in {"http", "https"} and parts.hostname and not parts.path:
            return value
        raise SettingsError(f"{name} is {value!r}: write scheme and host, like https://styr.example.se")

    def smtp(self, name: str) -> str:
        value = self.text(name, "")
        parts = urlsplit(value)
        if not value or (parts.scheme in {"smtp", "smtps"} and parts.hostname):
            return value
        raise SettingsError(f"{name} is {value!r}: write smtp://user:password@host:587 or smtps://…")


def _kept_secret(var: Path) -> str:
    """Return the key that signs sessions; made at first start and kept, or everybody would be logged out."""
    path = var / KEY_FILE
    try:
        var.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(48))
    except OSError as error:
        raise SettingsError(f"STYR_VAR: cannot write in {var} ({error.strerror})") from error
    key = path.read_text().strip()
    if len(key) < 32:
        raise SettingsError(f"{path} is damaged: remove it to get a new key (everybody must log in again)")
    return key


def _write_once(path: Path, text: str) -> None:
    """Write a file only its owner may read, whole or not at all; the first of two processes wins."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    try:
        draft.write_text(text)
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
