"""Rule packs: TOML files, validated, their worked examples run before anyone votes by them.

``custom.toml`` beside this file is a whole pack with a word on every key, for others to copy;
``SPECIFICATION.md`` of the verifier says what each means exactly. In short::

    id = "club"
    source = "Statutes of the club, section 9"
    names = { en = "Club", vi = "Câu lạc bộ", ur = "کلب" }

    [[rules]]
    id = "board"
    kind = "election"                 # or "motion"
    names = { en = "Board", vi = "Ban chủ nhiệm", ur = "مجلس" }
    methods = ["plurality"]           # the usual one first
    secrecies = ["secret", "open"]
    unmarked = "blank"                # or "invalid", "refused"
    overmarked = "invalid"            # or "refused"
    tie = "revote"                    # or "decision", "elder"
    surplus = { required = true, share = "3/10", small = [[3, 5, 1]] }   # may be left out
    thresholds = [{ base = "nonblank", share = "1/2", strict = true }]

    [[rules.examples]]
    title = "More than half of 9 is 5"
    method = "plurality"
    seats = 1
    candidates = ["A", "B"]
    present = 10
    ballots = [{ marks = ["A"], count = 5 }, { marks = ["B"], count = 4 }]
    expect = { outcome = "filled", elected = ["A"], valid = 9 }
"""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from congress.kernel.errors import InputError
from congress.kernel.settings import LANGUAGES
from congress.voting.model import Kind, Method, Secrecy
from congress.voting.rules.checks import misfits
from congress.voting.rules.example_reader import read_example
from congress.voting.rules.examples import holds
from congress.voting.rules.model import (
    Base,
    Overmarked,
    Pack,
    Rule,
    Section,
    Subject,
    Surplus,
    Threshold,
    TieRule,
    Unmarked,
)
from congress.voting.rules.reader import Table


@lru_cache(maxsize=64)
def read(text: str) -> Pack:
    """Return the pack written in ``text``, once its examples hold.

    Raises:
        InputError: ``voting.pack_unreadable`` if it is not TOML, ``voting.bad_pack`` with
            the place that is wrong, or ``voting.example_fails`` with the example that does
            not come out as written.
    """
    try:
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise InputError("voting.pack_unreadable") from error
    pack = Pack(
        top.text("id"),
        _names(top),
        top.text("source"),
        tuple(_rule(table) for table in top.tables("rules")),
        text,
    )
    top.end()
    if not pack.rules or len({rule.id for rule in pack.rules}) < len(pack.rules):
        raise top.wrong("rules")
    for rule in pack.rules:
        for example in rule.examples:
            if not holds(rule, example):
                raise InputError("voting.example_fails", rule=rule.id, example=example.title)
    return pack


@cache
def shipped() -> Mapping[str, Pack]:
    """Return the packs that come with the program, by identifier."""
    folder = files("congress.voting.rules") / "packs"
    packs = [
        read(item.read_text(encoding="utf-8"))
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".toml")
    ]
    return MappingProxyType({pack.id: pack for pack in packs})


@cache
def custom() -> str:
    """Return a pack for others to copy and change, with a word on every key."""
    file = files("congress.voting.rules") / "custom.toml"
    return file.read_text(encoding="utf-8")


def _names(table: Table) -> Mapping[str, str]:
    inner = table.table("names")
    names = {language: inner.text(language) for language in LANGUAGES}
    inner.end()
    return names


def _rule(table: Table) -> Rule:
    sections = tuple(_section(item) for item in table.tables("sections"))
    rule = Rule(
        table.text("id"),
        table.choice("kind", Kind),
        _names(table),
        table.choices("methods", Method),
        table.choices("secrecies", Secrecy),
        table.choice("unmarked", Unmarked),
        table.choice("overmarked", Overmarked),
        tuple(_threshold(item) for item in table.tables("thresholds")),
        _surplus(table.table("surplus")) if table.has("surplus") else Surplus(),
        table.choice("tie", TieRule, TieRule.REVOTE),
        table.flag("weights", False),
        sections,
        table.whole("proxies", 0),
        tuple(read_example(item, sections) for item in table.tables("examples")),
    )
    for name in misfits(rule):
        raise table.wrong(name)
    table.end()
    return rule


def _section(table: Table) -> Section:
    section = Section(table.text("id"), _names(table), table.share("share"))
    table.end()
    return section


def _threshold(table: Table) -> Threshold:
    threshold = Threshold(
        table.choice("subject", Subject, Subject.SUPPORT),
        table.choice("base", Base),
        table.share("share"),
        table.flag("strict"),
    )
    table.end()
    return threshold


def _surplus(table: Table) -> Surplus:
    small = []
    for item in table.items("small"):
        if not (isinstance(item, list) and len(item) == 3 and all(type(n) is int for n in item)):
            raise table.wrong("small")
        small.append((item[0], item[1], item[2]))
    surplus = Surplus(
        table.flag("required", False),
        table.share("share") if table.has("share") else None,
        tuple(small),
    )
    table.end()
    return surplus
