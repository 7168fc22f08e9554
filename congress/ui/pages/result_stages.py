"""Every stage of a count of ranked ballots, as a table: one row a candidate, one column a stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from congress.i18n.translator import Translator
from congress.ui.context import UiContext
from congress.ui.models.rows import Column
from congress.ui.widgets.table import DataTable
from congress.voting.model import Contest
from congress.voting.outcome import Verdict
from congress.voting.words import amount


@dataclass(frozen=True, slots=True)
class StageRow:
    """Votes of one candidate, or what stands below them, at each stage.

    Attributes:
        name: Whose votes, or what.
        votes: At each stage, in order.
    """

    name: str
    votes: tuple[Fraction, ...]


def stage_rows(tr: Translator, contest: Contest, verdict: Verdict) -> Sequence[StageRow]:
    """Return the candidates as on the ballot paper, then what stands for nobody, then the quota."""
    stages = verdict.stages
    rows = [
        StageRow(item.name, tuple(stage.votes[at] for stage in stages))
        for at, item in enumerate(contest.candidates)
    ]
    rows.append(StageRow(tr("results.exhausted"), tuple(stage.exhausted for stage in stages)))
    rows.append(StageRow(tr("results.quota"), tuple(stage.quota for stage in stages)))
    return rows


def stage_columns(tr: Translator, stages: int) -> Sequence[Column[StageRow]]:
    """Return the name and one column for each of ``stages``."""

    def column(at: int) -> Column[StageRow]:
        return Column(
            tr.number(at + 1),
            lambda row: amount(tr, row.votes[at]),
            lambda row: row.votes[at],
            number=True,
        )

    name: Column[StageRow] = Column(
        tr("results.column.name"), lambda row: row.name, strong=True, stretch=stages < 8
    )
    return (name, *(column(at) for at in range(stages)))


def stages_table(context: UiContext, contest: Contest, verdict: Verdict) -> DataTable[StageRow]:
    """Return the table of a ranked contest's stages."""
    tr = context.tr
    return DataTable(
        context,
        stage_columns(tr, len(verdict.stages)),
        stage_rows(tr, contest, verdict),
        name=tr("results.stages"),
        filtering=False,
    )
