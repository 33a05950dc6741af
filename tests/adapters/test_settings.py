"""The environment, read once; what is wrong in it is said all at once, in words."""

import re
from pathlib import Path

import pytest

from adapters.settings import LogShape, Settings, SettingsBroken, read_settings, variable_of

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _an_environment_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(variable_of(name), raising=False)


def test_nothing_has_to_be_set() -> None:
    settings = read_settings()
    assert (settings.proxy, settings.fetch_allow, settings.threads) == (None, (), 1)
    assert re.fullmatch(r"sqlite:///.+claimcheck\.db", settings.database_url)
    assert settings.log is LogShape.CONSOLE


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMCHECK_PROXY", "http://proxy.newsroom.example:3128")
    monkeypatch.setenv("CLAIMCHECK_FETCH_ALLOW", "Preview.newsroom.example, 10.1.0.0/16 fd00::1")
    monkeypatch.setenv("CLAIMCHECK_THREADS", "2")
    settings = read_settings()
    assert settings.proxy == "http://proxy.newsroom.example:3128"
    assert settings.fetch_allow == ("preview.newsroom.example", "10.1.0.0/16", "fd00::1")
    assert settings.threads == 2


def test_settings_come_from_a_dot_env_file_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("CLAIMCHECK_THREADS=3\nCLAIMCHECK_FETCH_ALLOW=a.example\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("CLAIMCHECK_THREADS", "4")
    assert read_settings() == Settings(proxy=None, fetch_allow=("a.example",), threads=4)


def test_an_empty_setting_is_one_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(variable_of(name), "")
    assert read_settings() == Settings()


def test_a_proxy_of_the_system_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://elsewhere.example:1")
    assert read_settings().proxy is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CLAIMCHECK_PROXY", "proxy.example:3128", "should be the URL of a proxy"),
        ("CLAIMCHECK_PROXY", "ftp://proxy.example", "should be the URL of a proxy"),
        ("CLAIMCHECK_FETCH_ALLOW", "ok.example, 10.0.0.0/99", "holds 10.0.0.0/99"),
        ("CLAIMCHECK_FETCH_ALLOW", "http://a.example/", "holds http://a.example/"),
        ("CLAIMCHECK_FETCH_ALLOW", "*", "holds *"),
        ("CLAIMCHECK_FETCH_ALLOW", "1.2.3", "holds 1.2.3"),
        ("CLAIMCHECK_THREADS", "many", "should be a valid integer"),
        ("CLAIMCHECK_THREADS", "0", "should be greater than or equal to 1"),
        ("DATABASE_URL", "postgres://u:hunter2@db/claimcheck", "should be sqlite:/// and the path of a file, or postg"),
        ("DATABASE_URL", "mysql://db/claimcheck", "should be sqlite:/// and the path of a file, or postgresql://"),
        ("DATABASE_URL", "sqlite://", "should be sqlite:/// and the path of a file"),
        ("DATABASE_URL", "claimcheck.db", "should be sqlite:/// and the path of a file"),
        ("CLAIMCHECK_KEY", "hunter2", "should be a key of 44 characters"),
        ("CLAIMCHECK_FRESH_HOURS", "-1", "should be greater than or equal to 0"),
        ("CLAIMCHECK_RETENTION_DAYS", "0", "should be greater than or equal to 1"),
        ("CLAIMCHECK_EXECUTOR_ID", "two words", "should match pattern"),
        ("CLAIMCHECK_LOG", "loud", "should be 'console' or 'json'"),
        ("CLAIMCHECK_METRICS_PORT", "70000", "should be less than or equal to 65535"),
        ("CLAIMCHECK_METRICS_HOST", "everywhere", "should be an address of this machine"),
        ("SLACK_API_URL", "slack.com", "should be a URL that starts with https://"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_wrong(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsBroken) as broken:
        read_settings()
    assert f"{name} " in broken.value.message
    assert said in broken.value.message
    assert "hunter2" not in broken.value.message


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMCHECK_PROXY", "nonsense")
    monkeypatch.setenv("CLAIMCHECK_FETCH_ALLOW", "10.0.0.0/99")
    monkeypatch.setenv("CLAIMCHECK_THREADS", "many")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", "missing")
    with pytest.raises(SettingsBroken) as broken:
        read_settings()
    for variable in ("CLAIMCHECK_PROXY", "CLAIMCHECK_FETCH_ALLOW", "CLAIMCHECK_THREADS", "SLACK_BOT_TOKEN"):
        assert f"{variable} " in broken.value.message


def test_the_secrets_in_a_proxy_url_are_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMCHECK_PROXY", "gopher://user:hunter2@proxy.example")
    with pytest.raises(SettingsBroken) as broken:
        read_settings()
    assert "hunter2" not in broken.value.message


@pytest.mark.parametrize("where", ["environment", "dot env file"])
def test_every_setting_can_be_read_from_a_file_that_a_variable_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str
) -> None:
    (tmp_path / "token").write_text("xoxb-1-hunter2\n", encoding="utf-8")
    (tmp_path / "url").write_text("postgresql://u:hunter2@db/claimcheck\n", encoding="utf-8")
    named = {"SLACK_BOT_TOKEN_FILE": str(tmp_path / "token"), "DATABASE_URL_FILE": str(tmp_path / "url")}
    if where == "environment":
        for name, value in named.items():
            monkeypatch.setenv(name, value)
    else:
        Path(".env").write_text("".join(f"{name}={value}\n" for name, value in named.items()), encoding="utf-8")
    settings = read_settings()
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1-hunter2"
    assert settings.database_url == "postgresql://u:hunter2@db/claimcheck"
    assert "hunter2" not in repr(settings)


def test_a_file_that_cannot_be_read_is_said_and_so_is_a_setting_given_twice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text("from the file", encoding="utf-8")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "nothing"))
    monkeypatch.setenv("CLAIMCHECK_KEY_FILE", str(tmp_path / "bytes"))
    monkeypatch.setenv("DISCORD_BOT_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("DISCORD_BOT_TOKEN", "from the environment")
    with pytest.raises(SettingsBroken) as broken:
        read_settings()
    assert "DATABASE_URL cannot be read from the file that DATABASE_URL_FILE names: No such file" in str(broken.value)
    assert "CLAIMCHECK_KEY cannot be read from the file that CLAIMCHECK_KEY_FILE names: not text" in str(broken.value)
    assert "DISCORD_BOT_TOKEN is set twice, here and in DISCORD_BOT_TOKEN_FILE" in str(broken.value)
    assert "from the" not in str(broken.value).replace("from the file that", "")


def test_the_example_file_names_every_setting_and_shows_what_holds_by_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    shown = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    left_out = {
        variable_of(name): "" if field.default_factory or field.default in (None, ()) else str(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert shown == left_out
    Path(".env").write_text("\n".join(lines), encoding="utf-8")
    assert read_settings() == Settings()


def test_the_example_file_can_be_read_by_a_shell_and_by_a_container_engine() -> None:
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"#.*|[A-Z][A-Z0-9_]*=[^\s'\"]*|", line)
