"""``congress rules``: what rule packs say, and whether a pack of one's own would be taken."""

from pathlib import Path

import click

from congress.cli.output import Output, errors_spoken
from congress.kernel.errors import InputError
from congress.voting.rules import packs
from congress.voting.rules.examples import told
from congress.voting.rules.facts import facts
from congress.voting.rules.model import Pack, Rule
from congress.voting.words import say


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--example", is_flag=True, help="Print a pack to copy and change.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def rules(file: Path | None, example: bool, as_json: bool) -> None:
    """Read the rule pack in FILE (TOML), run its worked examples, and say what it says.

    Without FILE, say so of every pack that comes with the program. A pack of which an example
    does not come out as written, or in which something does not fit, is refused with the
    place: the status is 2.
    """
    output = Output(as_json=as_json)
    if example:
        click.echo(packs.custom(), nl=False)
        return
    with errors_spoken(output):
        found = list(packs.shipped().values()) if file is None else [packs.read(_text(file))]
        for pack in found:
            _tell(output, pack)
        output.answer({"packs": [_pack(output, pack) for pack in found]})


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise InputError("voting.pack_unreadable") from error


def _tell(output: Output, pack: Pack) -> None:
    tr = output.tr
    output.say(tr.joined(pack.names[tr.lang], pack.id, pack.source))
    for rule in pack.rules:
        output.say("")
        output.say(f"  {rule.names[tr.lang]}")
        for line in facts(rule):
            output.say(f"    - {say(tr, line)}")
        for item in rule.examples:
            output.say(f"    * {tr.isolated(item.title)}")
            output.say(f"      {tr('rulepacks.outcome', outcome=say(tr, told(rule, item)))}")
    output.say("")


def _pack(output: Output, pack: Pack) -> dict[str, object]:
    return {
        "id": pack.id,
        "name": pack.names[output.tr.lang],
        "source": pack.source,
        "rules": [_rule(output, rule) for rule in pack.rules],
    }


def _rule(output: Output, rule: Rule) -> dict[str, object]:
    tr = output.tr
    return {
        "id": rule.id,
        "name": rule.names[tr.lang],
        "kind": rule.kind.value,
        "methods": [method.value for method in rule.methods],
        "secrecies": [secrecy.value for secrecy in rule.secrecies],
        "facts": [say(tr, line) for line in facts(rule)],
        "examples": [
            {"title": item.title, "outcome": say(tr, told(rule, item))} for item in rule.examples
        ],
    }
