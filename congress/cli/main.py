"""The command ``congress`` and its subcommands."""

import sys

import click

from congress.cli import demo as demo_commands
from congress.cli import doctor as doctor_commands
from congress.cli import vault as vault_commands
from congress.kernel.settings import LANGUAGES


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paperless-congress", prog_name="congress")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the window.")
@click.pass_context
def main(context: click.Context, lang: str | None) -> None:
    """Hold a whole congress without paper. Without a command, open the window."""
    if context.invoked_subcommand is None:
        from congress.ui.application import run_window

        sys.exit(run_window(lang=lang))


main.add_command(vault_commands.new)
main.add_command(vault_commands.people)
main.add_command(vault_commands.papers)
main.add_command(vault_commands.faces)
main.add_command(vault_commands.rollcall)
main.add_command(vault_commands.export)
main.add_command(demo_commands.demo)
main.add_command(demo_commands.setup)
main.add_command(doctor_commands.doctor)

