"""Holds the catalogues against the code: run by ``make i18n`` and by the tests.

Every text that the code names must exist, every error must have its three parts, every
language must use the same parameters, and no text may be left that nothing names.
"""

import ast
import string
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from congress.i18n.catalogue import Text, entries

_ERRORS = {"InputError", "RefusedError", "EnvironmentFault", "CongressError"}
_PARTS = ("what", "means", "do")


@dataclass
class Named:
    """The texts that a body of code names.

    Attributes:
        strings: Every string constant.
        prefixes: What stands before the first placeholder of every f-string.
        errors: Code of every error that is raised by a constant, with its place.
        texts: Key of every text asked of a translator by a constant, with its place.
    """

    strings: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def read(self, path: Path) -> None:
        """Add what the Python file ``path`` names."""
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Constant(value=str(text)):
                    self.strings.add(text)
                case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
                    self.prefixes.add(text)
                case ast.Call(func=func, args=[ast.Constant(value=str(text)), *_]):
                    place = f"{path.name}:{node.lineno}"
                    name = func.attr if isinstance(func, ast.Attribute) else ""
                    name = func.id if isinstance(func, ast.Name) else name
                    if name in _ERRORS:
                        self.errors[text] = place
                    elif name in ("tr", "_tr"):
                        self.texts[text] = place


def _fields(text: Text) -> Iterator[tuple[str, frozenset[str]]]:
    forms = text if isinstance(text, Mapping) else {"": text}
    for form, words in forms.items():
        names = {name for _, name, _, _ in string.Formatter().parse(words) if name}
        yield form, frozenset(names)


def parameters_differ() -> Iterator[str]:
    """Yield each text whose parameters are not the same in every language."""
    for key, texts in entries().items():
        used = {
            lang: frozenset().union(*(names for _, names in _fields(text)))
            for lang, text in texts.items()
            if lang != "context"
        }
        if len(set(used.values())) > 1:
            yield f"{key}: parameters differ between languages"


def missing(named: Named) -> Iterator[str]:
    """Yield each text and each part of an error that the code names and nobody wrote."""
    known = entries()
    for key, place in named.texts.items():
        if key not in known:
            yield f"{place}: no text {key}"
    for code, place in named.errors.items():
        for part in _PARTS:
            if f"error.{code}.{part}" not in known:
                yield f"{place}: no text error.{code}.{part}"


def unused(named: Named) -> Iterator[str]:
    """Yield each text that nothing in the code can name."""
    for key in entries():
        bare = key
        if key.startswith("error."):
            bare = key.removeprefix("error.").rpartition(".")[0]
        if {key, bare} & named.strings:
            continue
        if any(prefix and key.startswith(prefix) for prefix in named.prefixes):
            continue
        if any(prefix and bare.startswith(prefix) for prefix in named.prefixes):
            continue
        yield f"{key}: nothing names this text"


def problems(root: Path) -> list[str]:
    """Return everything that is wrong between the code under ``root`` and the catalogues."""
    named = Named()
    for path in sorted(root.rglob("*.py")):
        named.read(path)
    return [*missing(named), *parameters_differ(), *unused(named)]


def main() -> int:
    """Print the problems and return 1 if there are any."""
    found = problems(Path(__file__).parents[1])
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
