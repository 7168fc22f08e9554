"""Where the command line takes a passphrase from: never from an argument.

An argument would show in the list of processes and in the history of the shell.
"""

import os
import sys

import click

from congress.kernel.errors import InputError

VARIABLE = "CONGRESS_PASSPHRASE"


def read_passphrase(fd: int | None, *, confirm: bool = False, prompt: str = "Passphrase") -> str:
    """Return the passphrase from a file descriptor, ``CONGRESS_PASSPHRASE`` or a prompt.

    Args:
        fd: Open file descriptor whose first line is the passphrase, or ``None``.
        confirm: Ask twice at the prompt.
        prompt: What is asked for.

    Raises:
        InputError: ``cli.no_passphrase`` where there is nobody to ask, or the descriptor is
            not open or empty.
    """
    if fd is not None:
        try:
            with os.fdopen(fd, "r", encoding="utf-8", closefd=False) as stream:
                passphrase = stream.readline().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("cli.no_passphrase") from error
    elif VARIABLE in os.environ:
        passphrase = os.environ[VARIABLE]
    elif sys.stdin.isatty():
        passphrase = click.prompt(prompt, hide_input=True, confirmation_prompt=confirm)
    else:
        passphrase = ""
    if not passphrase:
        raise InputError("cli.no_passphrase")
    return passphrase
