"""Start the pages: the same as `strategybot serve`."""

from strategybot.assistant import build_assistant
from strategybot.serving.app import run_server
from strategybot.settings import Settings

if __name__ == "__main__":
    settings = Settings()
    run_server(build_assistant(settings), settings)
