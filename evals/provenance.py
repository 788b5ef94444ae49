"""Where figures come from: the commit and the machine that a run or a benchmark was made with."""

import os
import platform
import subprocess
from pathlib import Path

from strategybot.schema import Frozen

ROOT = Path(__file__).parent.parent
_CPU_DESCRIPTION = Path("/proc/cpuinfo")


class Machine(Frozen):
    """What a run was made on, as far as it matters to its times."""

    processor: str
    processors: int
    python: str


def find_commit() -> str:
    """Return the short commit checked out, ``-changed`` behind it if tracked files differ; or ``unknown``."""
    commit = _git("rev-parse", "--short", "HEAD")
    if not commit:
        return "unknown"
    return f"{commit}-changed" if _git("status", "--porcelain", "--untracked-files=no") else commit


def find_machine() -> Machine:
    """Describe this machine without naming it; the processors are those that this process may use."""
    return Machine(
        processor=_find_processor(), processors=len(os.sched_getaffinity(0)), python=platform.python_version()
    )


def _find_processor() -> str:
    if _CPU_DESCRIPTION.exists():
        lines = _CPU_DESCRIPTION.read_text("utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        if names:
            return names[0]
    return platform.processor() or platform.machine()


def _git(*arguments: str) -> str:
    try:
        found = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return found.stdout.strip()
