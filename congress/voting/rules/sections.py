"""The card vote: each section counts for a fixed share of the whole, however many it is.

As at the conferences of parties whose branches and affiliated unions vote side by side: the
support is the sum, over the sections, of the section's share times the part of the section's
votes that are in favour.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from congress.voting.methods.forms import FORMS
from congress.voting.model import Contest, Line, Number, Param, Share, Words
from congress.voting.outcome import SectionCount
from congress.voting.rules.model import Base, Rule, Section, Threshold


def supports(
    contest: Contest, rule: Rule, counts: Sequence[SectionCount]
) -> tuple[Mapping[str, Number], list[Line]]:
    """Return the support of every cell in the base, and how it was reckoned.

    A section in which nobody voted adds nothing, and its share stays part of the whole.
    """
    of = {item.section: item for item in counts}
    base = rule.support.base
    lines: list[Line] = []
    cells = FORMS[contest.method].cells(contest)
    votes: dict[str, Number] = {cell: Fraction() for cell in cells if cell not in base.leaves_out}
    for section in rule.sections:
        count = of[section.id]
        number = base_in_section(base, count)
        lines.append(Line("verdict.section", {**_named(section), "base": number}))
        for cell in votes:
            votes[cell] += section.share * count.cells[cell] / number if number else Fraction()
    for cell, params in _told(contest):
        for section in rule.sections:
            count = of[section.id]
            number = base_in_section(base, count)
            part = count.cells[cell]
            shares: dict[str, Param] = {
                "votes": part,
                "base": number,
                "part": Share(part, number or 1),
                "whole": Share(section.share * part / number if number else 0, 1),
            }
            lines.append(Line("verdict.section.part", {**params, **_named(section), **shares}))
        lines.append(Line("verdict.section.sum", {**params, "whole": Share(votes[cell], 1)}))
    return votes, lines


def base_in_section(base: Base, count: SectionCount) -> Number:
    """Return the votes of a section that its share is divided by."""
    match base:
        case Base.CAST:
            return count.cast
        case Base.NONBLANK:
            return count.cast - count.blank
        case Base.YES_NO:
            return count.cells["yes"] + count.cells["no"]
    return count.valid


def needed_line(threshold: Threshold) -> Line:
    """Return what share of the whole is needed, as a sentence."""
    key = "verdict.section.more" if threshold.strict else "verdict.section.least"
    return Line(key, {"share": str(threshold.share), "whole": Share(threshold.share, 1)})


def _named(section: Section) -> dict[str, Param]:
    return {"section": Words(section.names), "share": str(section.share)}


def _told(contest: Contest) -> list[tuple[str, Mapping[str, Param]]]:
    """Return the cells whose support is told line by line, and how each is called."""
    if not contest.candidates:
        return [("yes", {"name": contest.title})]
    form = FORMS[contest.method]
    return [(form.support(item.id), {"name": item.name}) for item in contest.candidates]
