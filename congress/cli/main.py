"""The command ``congress`` and its subcommands."""

import sys
from importlib import import_module

import click

from congress.cli.memory import save_memory
from congress.cli.secrecy import keep_memory_private
from congress.kernel.settings import LANGUAGES

_COMMANDS = {
    "new": "lists",
    "people": "lists",
    "papers": "papers",
    "notes": "notes",
    "faces": "door",
    "rollcall": "door",
    "badges": "badges",
    "pack": "packs",
    "portfolio": "handout",
    "readers": "handout",
    "trace": "handout",
    "export": "lists",
    "count": "count",
    "rules": "rules",
    "trustee": "trustee",
    "verify": "verify",
    "verifier": "verify",
    "poll": "poll",
    "simulate": "simulate",
    "bench": "bench",
    "demo": "demo",
    "setup": "demo",
    "doctor": "doctor",
}


class _Commands(click.Group):
    """Imports a command's module when the command is asked for: each needs other libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"congress.cli.{_COMMANDS[cmd_name]}")
        command = getattr(module, cmd_name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{cmd_name} is no command")
        return command


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="paperless-congress", prog_name="congress")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the window.")
@click.pass_context
def main(context: click.Context, lang: str | None) -> None:
    """Hold a whole congress without paper. Without a command, open the window."""
    keep_memory_private()
    save_memory()
    if context.invoked_subcommand is None:
        from congress.cli.window import open_window

        sys.exit(open_window(lang))
