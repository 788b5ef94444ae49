"""Settings are read once, bounded and frozen."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from strategybot.settings import Settings


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variables and no .env file but those of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STRATEGYBOT_MODELS", raising=False)


def test_the_defaults_need_no_key_and_no_network() -> None:
    settings = Settings()

    assert settings.chroma_url is None
    assert settings.host == "127.0.0.1"
    assert settings.question_chars == 2000


def test_a_variable_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATEGYBOT_HOME", "/somewhere")
    monkeypatch.setenv("STRATEGYBOT_PORT", "8000")

    assert (Settings().home, Settings().port) == (Path("/somewhere"), 8000)


def test_an_env_file_is_read_and_yields_to_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("STRATEGYBOT_PORT=8000\nSTRATEGYBOT_HOST=0.0.0.0\nOTHER=x\n")
    monkeypatch.setenv("STRATEGYBOT_PORT", "9000")

    assert (Settings().host, Settings().port) == ("0.0.0.0", 9000)


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "70000"), ("PORT", "x"), ("THREADS", "-1"), ("QUESTION_CHARS", "10"), ("EMBEDDER_BACKEND", "onnx")],
)
def test_a_value_out_of_bounds_is_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"STRATEGYBOT_{name}", value)

    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_settings_that_were_read_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]  # that is the point


def test_a_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATEGYBOT_CHAT_API_KEY", "secret-key")

    assert "secret-key" not in repr(Settings())


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
