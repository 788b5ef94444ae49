"""Write docs/commands.md from the command line, .env.example from the settings, docs/facts.md from the data files.

So none of them can go stale.
"""

import copy
import json
from pathlib import Path

import typer
import typer.testing
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from strategybot.cli import app
from strategybot.eligibility.facts import Fact, load_facts
from strategybot.eligibility.trees import Tree, load_tree
from strategybot.settings import Settings

ROOT = Path(__file__).parent.parent
WIDTH = 100
COMMANDS = "docs/commands.md"
ENVIRONMENT = ".env.example"
FACTS = "docs/facts.md"
INTRODUCTION = """\
# Commands

Written by `make docs` from the program's own help; change it there. Results go to standard output, all else to
standard error, so that `--json` can be piped. Every command but `sources sync` works without a network.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | `doctor` found something that needs attention, or `schemes check` something wrong |
| 2 | a setting or an argument is wrong; the message says which |
| 3 | a file cannot be read or a source cannot be fetched; the others were |
| 4 | nothing is indexed here, or by another embedding model: run `strategybot ingest` |
"""
ABOUT_FACTS = """\
# What criteria can ask

Written by `make docs` from the data files in `src/strategybot/eligibility/`; change it there. How to use these names:
[Schemes](schemes.md).

| kind | operators | value |
|---|---|---|
| number, money, share, months | at_least, at_most, above, below | a plain number; pounds, per cent for shares |
| date | at_least, at_most, above, below | a date in quotation marks: "2026-04-01" |
| flag | is | true or false |
| choice, tree | is, is_not | one name or a list of names |

"""
HEADING = """\
# Settings of strategybot, written by `make docs` from src/strategybot/settings.py.
# Copy to .env and take away the # in front of what you change; an environment variable of the same name comes first.
"""


def render_commands() -> str:
    """Return docs/commands.md: the help of the program and of each of its commands."""
    commands = [(), *((name,) for name in _names(app))]
    for group in app.registered_groups:
        commands += [(str(group.name), name) for name in _names(group.typer_instance)]
    sections = [f"## {' '.join(('strategybot', *command))}\n\n{_help(*command)}" for command in commands]
    return "\n".join([INTRODUCTION, *sections])


def _names(program: typer.Typer | None) -> list[str]:
    commands = program.registered_commands if program else []
    return [command.name or command.callback.__name__ for command in commands if command.callback]


def render_environment() -> str:
    """Return .env.example: every setting with its description and its default, commented out."""
    settings = [_setting(name, field) for name, field in Settings.model_fields.items()]
    return "\n".join([HEADING, *settings])


def render_facts() -> str:
    """Return docs/facts.md: the facts, and the names of the trees."""
    rows = [f"| `{fact.name}` | {_kind(fact)} | {fact.question} |" for fact in load_facts().values()]
    facts = "\n".join(["## Facts", "", "| fact | kind | what is asked |", "|---|---|---|", *rows, ""])
    trees = [_tree(f"{name.capitalize()}", load_tree(name)) for name in ("places", "sectors", "needs")]
    return ABOUT_FACTS + "\n".join([facts, *trees])


def _kind(fact: Fact) -> str:
    if fact.tree:
        return f"names of [{fact.tree}](#{fact.tree})"
    return f"one of {', '.join(fact.values)}" if fact.values else fact.kind


def _tree(title: str, tree: Tree) -> str:
    leaves = [f"| `{name}` | {tree.label(name)} |" for name in sorted(tree.leaves)]
    groups = [f"| `{name}` | {', '.join(sorted(tree.groups[name]))} |" for name in sorted(tree.groups)]
    dated = [f"| `{name}` | its members changed: what they were on the day asked about |" for name in tree.dated]
    return "\n".join([f"## {title}", "", "| name | what it stands for |", "|---|---|", *leaves, *groups, *dated, ""])


def write_reference(root: Path = ROOT) -> None:
    """Write the three files."""
    (root / COMMANDS).write_text(render_commands(), "utf-8")
    (root / ENVIRONMENT).write_text(render_environment(), "utf-8")
    (root / FACTS).write_text(render_facts(), "utf-8")


def _help(*command: str) -> str:
    plain = copy.copy(app)
    plain.rich_markup_mode = None  # without boxes and colours
    environment = {"COLUMNS": str(WIDTH)}
    runner = typer.testing.CliRunner()
    shown = runner.invoke(plain, [*command, "--help"], prog_name="strategybot", env=environment)
    return f"```\n{shown.stdout.strip()}\n```\n"


def _setting(name: str, field: FieldInfo) -> str:
    return f"# {field.description}\n#STRATEGYBOT_{name.upper()}={_written(field.default)}\n"


def _written(default: object) -> str:
    if default is None or default is PydanticUndefined:
        return ""
    return json.dumps(default, ensure_ascii=False) if isinstance(default, tuple) else str(default)


if __name__ == "__main__":
    write_reference()
