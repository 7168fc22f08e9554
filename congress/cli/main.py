"""The command ``congress`` and its subcommands."""

import sys

import click

from congress.cli.demo import demo, setup
from congress.cli.doctor import doctor
from congress.cli.door import faces, rollcall
from congress.cli.lists import export, new, papers, people
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


for command in (new, people, papers, faces, rollcall, export, demo, setup, doctor):
    main.add_command(command)
