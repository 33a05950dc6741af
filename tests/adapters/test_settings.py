"""The environment, read once; what is wrong in it is said all at once, in words."""

from pathlib import Path

import pytest

from adapters.settings import Settings, SettingsBroken, read_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _an_environment_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CLAIMCHECK_{name.upper()}", raising=False)


def test_nothing_has_to_be_set() -> None:
    assert read_settings() == Settings(proxy=None, fetch_allow=(), threads=1)


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
        monkeypatch.setenv(f"CLAIMCHECK_{name.upper()}", "")
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


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMCHECK_PROXY", "nonsense")
    monkeypatch.setenv("CLAIMCHECK_FETCH_ALLOW", "10.0.0.0/99")
    monkeypatch.setenv("CLAIMCHECK_THREADS", "many")
    with pytest.raises(SettingsBroken) as broken:
        read_settings()
    assert all(f"CLAIMCHECK_{name.upper()} " in broken.value.message for name in Settings.model_fields)


def test_the_secrets_in_a_proxy_url_are_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMCHECK_PROXY", "gopher://user:hunter2@proxy.example")
    with pytest.raises(SettingsBroken) as broken:
        read_settings()
    assert "hunter2" not in broken.value.message


def test_the_example_file_names_every_setting_and_shows_what_holds_by_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    shown = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert shown == {
        f"CLAIMCHECK_{name.upper()}": "" if field.default in (None, ()) else str(field.default)
        for name, field in Settings.model_fields.items()
    }
    Path(".env").write_text("\n".join(lines), encoding="utf-8")
    assert read_settings() == Settings()
