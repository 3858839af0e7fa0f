"""Settings come from the environment, and say clearly what they cannot use."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import MEGABYTE, Settings, SettingsError


def read(tmp_path: Path, **variables: str) -> Settings:
    return Settings.from_environment({"STYR_VAR": str(tmp_path / "var"), **variables})


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'var' / 'styr.sqlite'}"
    assert settings.files == tmp_path / "var" / "files"
    assert (settings.secure_cookies, settings.dev_mail, settings.trusted_hosts) == (False, False, ())


def test_the_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) > 40
    assert [(path.name, path.stat().st_mode & 0o777) for path in (tmp_path / "var").iterdir()] == [
        ("session-key", 0o600)
    ]


def test_a_given_secret_key_writes_no_file(tmp_path: Path) -> None:
    assert read(tmp_path, STYR_SECRET_KEY="s" * 32).secret_key == "s" * 32
    assert not (tmp_path / "var").exists()


def test_a_damaged_secret_key_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "session-key").write_text("kort")
    with pytest.raises(SettingsError, match="session-key is damaged"):
        read(tmp_path)


def test_behind_https_cookies_are_secure_and_the_host_is_known(tmp_path: Path) -> None:
    settings = read(tmp_path, STYR_BASE_URL="https://styr.granvik.example/", STYR_UPLOAD_MB="5", STYR_DEV_MAIL="yes")
    assert settings.base_url == "https://styr.granvik.example"
    assert settings.secure_cookies
    assert settings.trusted_hosts == ("styr.granvik.example", "127.0.0.1", "localhost")
    assert (settings.upload_limit, settings.dev_mail) == (5 * MEGABYTE, True)


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("STYR_BASE_URL", "styr.granvik.example", "write scheme and host"),
        ("STYR_BASE_URL", "https://granvik.example/styr", "write scheme and host"),
        ("STYR_SMTP_URL", "mail.granvik.example", "write smtp://"),
        ("STYR_UPLOAD_MB", "0", "from 1 to 500"),
        ("STYR_PROXIES", "many", "from 0 to 5"),
        ("STYR_SECURE_COOKIES", "kanske", "write 1 or 0"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_advice(tmp_path: Path, name: str, value: str, advice: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is .*{advice}"):
        read(tmp_path, **{name: value})


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("en fil")
    with pytest.raises(SettingsError, match="cannot write in"):
        read(tmp_path)
