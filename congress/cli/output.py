"""How the command line answers: sentences or JSON on stdout, errors in three parts on stderr."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from congress.i18n.translator import Translator
from congress.kernel.errors import Cancelled, CongressError, EnvironmentFault, RefusedError
from congress.kernel.settings import LANGUAGES

EXIT_INPUT, EXIT_REFUSED, EXIT_ENVIRONMENT, EXIT_CANCELLED = 2, 3, 4, 130


def environment_language() -> str:
    """Return the language of the environment (``LC_ALL``, ``LC_MESSAGES``, ``LANG``)."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if (lang := os.environ.get(name, "")[:2]) in LANGUAGES:
            return lang
    return "en"


@dataclass
class Output:
    """Speaks to whoever called the command.

    Attributes:
        tr: The language of sentences and errors.
        as_json: Answer with one JSON document instead of sentences.
    """

    tr: Translator = field(default_factory=lambda: Translator(environment_language()))
    as_json: bool = False

    def say(self, sentence: str) -> None:
        """Print a sentence, unless the answer is JSON."""
        if not self.as_json:
            click.echo(sentence)

    def answer(self, value: object) -> None:
        """Print the answer as JSON, if that was asked for."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=2))

    def progress(self, label: str) -> "TerminalProgress":
        """Return progress for long work, drawn only on a terminal."""
        return TerminalProgress(label, shown=sys.stderr.isatty() and not self.as_json)

    def complain(self, error: CongressError) -> None:
        """Print what happened, what it means and what to do."""
        text = self.tr.error(error)
        click.echo(f"congress: {text.what} {text.means}\n{text.do}", err=True)


class TerminalProgress:
    """Progress as one line on the terminal; Ctrl+C cancels by ``KeyboardInterrupt``."""

    def __init__(self, label: str, *, shown: bool) -> None:
        """Name the work; ``shown`` is false where nobody watches."""
        self._label = label
        self._shown = shown

    def report(self, done: int, total: int, label: str = "") -> None:
        """Draw how far the work is."""
        if self._shown:
            end = "\n" if done >= total else ""
            click.echo(f"\r\x1b[K{self._label} {done}/{total} {label}{end}", nl=False, err=True)

    def check(self) -> None:
        """Go on: the terminal cancels by a signal."""


@contextmanager
def errors_spoken(output: Output) -> Iterator[None]:
    """Turn a ``CongressError`` into words on stderr and an exit status.

    Statuses: 2 bad input, 3 refused, 4 a fault of the environment, 130 cancelled.
    """
    try:
        yield
    except Cancelled as error:
        output.complain(error)
        sys.exit(EXIT_CANCELLED)
    except CongressError as error:
        output.complain(error)
        match error:
            case RefusedError():
                sys.exit(EXIT_REFUSED)
            case EnvironmentFault():
                sys.exit(EXIT_ENVIRONMENT)
            case _:
                sys.exit(EXIT_INPUT)
