"""The written reference is what the code says now."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from strategybot.settings import EXAMPLES, Settings
from tools.write_reference import (
    COMMANDS,
    ENVIRONMENT,
    FACTS,
    ROOT,
    render_commands,
    render_environment,
    render_facts,
    write_reference,
)


@pytest.mark.parametrize(
    ("path", "render"), [(COMMANDS, render_commands), (ENVIRONMENT, render_environment), (FACTS, render_facts)]
)
def test_the_reference_is_up_to_date(path: str, render: object) -> None:
    assert callable(render)
    assert (ROOT / path).read_text("utf-8") == render(), "run `make docs`"


def test_every_command_and_setting_is_in_the_reference(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()

    write_reference(tmp_path)

    commands = (tmp_path / COMMANDS).read_text("utf-8")
    settings = (tmp_path / ENVIRONMENT).read_text("utf-8")
    names = ("ingest", "read", "ask", "search", "serve", "evaluate", "doctor", "version", "sources sync")
    for command in (*names, "schemes check", "schemes new"):
        assert f"## strategybot {command}\n" in commands
    for setting in Settings.model_fields:
        assert f"#STRATEGYBOT_{setting.upper()}=" in settings


def test_every_setting_has_a_description() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_written_defaults_are_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [line.lstrip("#") for line in render_environment().splitlines() if line.startswith("#STRATEGYBOT_")]
    written = tmp_path / "settings.env"
    written.write_text("\n".join(line for line in lines if not line.endswith("=")), "utf-8")
    for name in Settings.model_fields:
        monkeypatch.delenv(f"STRATEGYBOT_{name.upper()}", raising=False)

    read = Settings(_env_file=written)

    assert read == Settings(_env_file=None)
    assert read.examples == EXAMPLES
    assert len(dotenv_values(written)) > 5
