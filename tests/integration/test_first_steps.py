"""The first steps of a person at the command line, each in a process of its own: help, and a home without an index."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TIMEOUT_S = 60


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "strategybot.cli", *arguments],
        check=False, capture_output=True, text=True, timeout=TIMEOUT_S, env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )  # fmt: skip


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    heavy = "import sys, runpy; sys.argv = ['strategybot', '--help']\ntry:\n    runpy.run_module('strategybot.cli', "
    heavy += "run_name='__main__')\nfinally:\n    print(sorted({'torch', 'chromadb', 'gradio', 'openvino', 'numpy', "
    heavy += "'langchain_core', 'pydantic'} & set(sys.modules)))"

    answer = subprocess.run(
        [sys.executable, "-c", heavy], check=True, capture_output=True, text=True, timeout=TIMEOUT_S
    )

    assert answer.stdout.endswith("[]\n")
    for command in ("ingest", "read", "ask", "search", "serve", "evaluate", "doctor"):
        assert command in answer.stdout


@pytest.mark.parametrize("command", [("ask", "What is net zero?"), ("search", "net zero"), ("serve", "--port", "0")])
def test_without_an_index_a_command_says_what_to_do_and_loads_no_model(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    home = tmp_path / "home"

    answer = run("--home", str(home), *command)

    assert answer.returncode == 4
    assert answer.stderr == f"strategybot: nothing is indexed in {home} yet; run `strategybot ingest` first\n"
    assert answer.stdout == ""
    assert not home.exists()


def test_a_question_is_needed(tmp_path: Path) -> None:
    answer = run("--home", str(tmp_path), "ask")

    assert answer.returncode == 2
    assert "no question was given" in answer.stderr


def test_the_doctor_says_what_an_empty_home_needs(tmp_path: Path) -> None:
    answer = run("--home", str(tmp_path / "home"), "doctor")

    assert answer.returncode == 1
    assert answer.stdout.startswith("!! index: nothing is indexed")
    assert "strategybot ingest" in answer.stdout
