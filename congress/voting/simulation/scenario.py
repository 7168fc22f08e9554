"""What is simulated: a plan, its rule and its trustees, read from TOML.

::

    title = "…"
    pack = "youth-union"
    rule = "election"
    trustees = ["…", "…", "…"]      # 3 to 15
    threshold = 2                   # the usual number if absent
    summoned = 200                  # as many as vote if absent

    [[contests]]                    # a motion needs none
    title = "…"
    method = "strike_out"           # the rule's usual one if absent
    seats = 10
    choices = 0                     # for k_of_n
    candidates = ["…", "…"]
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

from congress.kernel.errors import InputError, RefusedError
from congress.voting import plans
from congress.voting.crypto.dkg import usual_threshold
from congress.voting.model import Candidate, Contest, Kind, Method, Plan, Secrecy
from congress.voting.rules import packs
from congress.voting.rules.model import Pack, Rule
from congress.voting.rules.reader import Table


@dataclass(frozen=True, slots=True)
class Scenario:
    """A poll to be simulated.

    Attributes:
        plan: What is voted on; secret and electronic.
        pack: The pack of its rule.
        rule: The rule.
        trustees: Names of the trustees.
        threshold: How many of them decrypt.
        summoned: Delegates summoned; 0 for as many as vote.
    """

    plan: Plan
    pack: Pack
    rule: Rule
    trustees: tuple[str, ...]
    threshold: int
    summoned: int = 0


def example() -> Scenario:
    """Return the poll that is simulated where no other is given: 15 names for 10 seats."""
    return read(files("congress.voting.simulation").joinpath("example.toml").read_text("utf-8"))


def read(text: str) -> Scenario:
    """Return the scenario that ``text`` describes.

    Raises:
        InputError: ``simulate.bad_poll`` if it is not TOML, or something in it is missing,
            unknown or of the wrong type; ``voting.no_rule``.
        RefusedError: ``voting.plan_problems`` if the rule does not let it go to the vote.
    """
    try:
        return _scenario(Table(tomllib.loads(text), ""))
    except tomllib.TOMLDecodeError as error:
        raise InputError("simulate.bad_poll", place="TOML") from error
    except InputError as error:
        if error.code != "voting.bad_pack":
            raise
        raise InputError("simulate.bad_poll", place=error.params["place"]) from error


def _scenario(table: Table) -> Scenario:
    title, pack_id, rule_id = table.text("title"), table.text("pack"), table.text("rule")
    pack = packs.shipped().get(pack_id)
    rule = None if pack is None else pack.rule(rule_id)
    if pack is None or rule is None:
        raise InputError("voting.no_rule")
    trustees = table.texts("trustees")
    threshold = table.whole("threshold", usual_threshold(len(trustees)))
    summoned = table.whole("summoned", 0)
    contests = tuple(
        _contest(item, f"contest-{number}", rule)
        for number, item in enumerate(table.tables("contests"), start=1)
    )
    table.end()
    if rule.kind is Kind.MOTION and not contests:
        contests = (plans.motion_contest(title),)
    plan = Plan(title, rule.kind, Secrecy.SECRET, pack.id, rule.id, contests)
    if plans.problems(plan, rule):
        raise RefusedError("voting.plan_problems")
    return Scenario(plan, pack, rule, trustees, threshold, summoned)


def _contest(table: Table, contest_id: str, rule: Rule) -> Contest:
    names = table.texts("candidates")
    seats = table.whole("seats")
    usual = plans.usual_method(rule, len(names), seats)
    contest = Contest(
        contest_id,
        table.text("title"),
        table.choice("method", Method, usual),
        seats,
        tuple(Candidate(f"c{number}", name) for number, name in enumerate(names, start=1)),
        choices=table.whole("choices", 0),
    )
    table.end()
    return contest
