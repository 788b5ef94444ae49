"""What every test gets: no network but this machine's own, no telemetry, one cache of converted models."""

import os
from pathlib import Path

import pytest
from pytest_socket import socket_allow_hosts

for name, value in (
    ("GRADIO_ANALYTICS_ENABLED", "False"),
    ("ANONYMIZED_TELEMETRY", "False"),
    ("HF_HUB_OFFLINE", "1"),
):
    os.environ[name] = value


@pytest.fixture(autouse=True, scope="session")
def only_this_machine() -> None:
    """Let sockets connect to this machine only."""
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture(autouse=True, scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep converted models in one folder for the whole run."""
    folder = tmp_path_factory.mktemp("models")
    os.environ["STRATEGYBOT_MODELS"] = str(folder)
    return folder
