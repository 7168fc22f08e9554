"""One poll as its ledger tells it: what each entry must be, given those before it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

from congress.verifier import ceremony, electors, manifest, settlement, tally
from congress.verifier.ballots import Setting
from congress.verifier.bundle import Index
from congress.verifier.casting import EncryptedBox, Hints, OpenBox
from congress.verifier.counts import Count, added, of_totals
from congress.verifier.curve import encode
from congress.verifier.electors import Opening
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields
from congress.verifier.founding import Founding, found
from congress.verifier.ledger import Entry
from congress.verifier.manifest import ENCRYPTED, OPEN, PAPER
from congress.verifier.report import Report
from congress.verifier.roster import Roster
from congress.verifier.settlement import Figures
from congress.verifier.transcript import digest
from congress.verifier.verdict import Decision, decide
from congress.verifier.workers import Workers

_ONLY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "trustees": (ENCRYPTED,),
        "credentials": (ENCRYPTED, PAPER),
        "credentials_void": (ENCRYPTED, PAPER),
        "ballot": (ENCRYPTED, OPEN),
        "challenge": (ENCRYPTED,),
        "encrypted_tally": (ENCRYPTED,),
        "partial": (ENCRYPTED,),
        "paper_count": (ENCRYPTED, PAPER),
    }
)
"""Types of entries that only polls of some suites have."""


class Stop(Exception):
    """Nothing after this can be checked."""


class Poll:
    """Takes the entries of a ledger one by one and reports on them.

    Where something is missing that an entry needs, the entry's own check fails: a bundle
    says everything, or it says nothing.
    """

    def __init__(
        self, index: Index, report: Report, hints: Hints | None, processes: int | None
    ) -> None:
        """Begin before the manifest."""
        self._index = index
        self._report = report
        self._hints = hints
        self._processes = processes
        self._founding: Founding | None = None
        self._roster = Roster(slips=False)
        self._trustees: ceremony.Ceremony | None = None
        self._workers: Workers | None = None
        self._opening: Opening | None = None
        self._box: EncryptedBox | OpenBox | None = None
        self._paper: settlement.Paper | None = None
        self._tally: tally.Tally | None = None
        self._partials: list[tally.Partial] = []
        self._result: settlement.Result | None = None
        self._decisions: dict[str, list[Decision]] = {}
        self._at_checkpoint = 0
        self._before: Entry | None = None
        self._handlers: Mapping[str, tuple[str, Callable[[Entry], None]]] = {
            "trustees": ("trustees", self._take_trustees),
            "credentials": ("credentials", self._take_credentials),
            "credentials_void": ("credentials", self._take_credentials),
            "open": ("opening", self._take_open),
            "ballot": ("ballots", self._take_ballot),
            "challenge": ("challenges", self._take_challenge),
            "checkpoint": ("conduct", self._take_checkpoint),
            "suspend": ("conduct", self._take_nothing),
            "resume": ("conduct", self._take_nothing),
            "close": ("closing", self._take_close),
            "paper_count": ("paper", self._take_paper),
            "encrypted_tally": ("encrypted_tally", self._take_tally),
            "partial": ("partials", self._take_partial),
            "result": ("counts", self._take_result),
            "tie_decision": ("ties", self._take_decision),
            "certificate": ("certificate", self._take_certificate),
        }

    def stop(self) -> None:
        """Let go of the processes."""
        if self._workers is not None:
            self._workers.stop()

    def take(self, entry: Entry) -> None:
        """Check one entry.

        Raises:
            Stop: Nothing after it can be checked.
        """
        if entry.type == "manifest":
            self._founding = found(entry, self._index.suite, self._report)
            if self._founding is None:
                raise Stop
            self._roster = Roster(slips=self._founding.manifest.suite == PAPER)
        elif entry.type != "withdraw":
            self._require_suite(entry)
            name, handler = self._handlers[entry.type]
            with self._checking(name, entry):
                handler(entry)
        self._before = entry

    def _require_suite(self, entry: Entry) -> None:
        if self._known.manifest.suite not in _ONLY.get(entry.type, manifest.SUITES):
            self._report.fail("order", Fault("not_in_suite", value=entry.type), entry.seq)
            raise Stop

    @property
    def _known(self) -> Founding:
        if self._founding is None:
            raise Stop
        return self._founding

    @contextmanager
    def _checking(self, name: str, entry: Entry) -> Iterator[None]:
        """Report a fault in what is done meanwhile as one of this check."""
        try:
            yield
        except Fault as fault:
            self._report.fail(name, fault, entry.seq)
            if name in ("trustees", "opening"):
                raise Stop from fault

    def _take_trustees(self, entry: Entry) -> None:
        self._trustees = ceremony.read(entry.payload)
        self._report.count("trustees", len(self._trustees.trustees))
        self._report.done("trustees")

    def _take_credentials(self, entry: Entry) -> None:
        taken = self._roster.issue if entry.type == "credentials" else self._roster.withdraw
        self._report.count("credentials", taken(entry.payload))

    def _take_open(self, entry: Entry) -> None:
        plan, rule = self._known.manifest.plan, self._known.rule
        self._opening = electors.read(entry.payload, plan.secrecy, rule)
        if self._known.manifest.suite == OPEN:
            box = OpenBox(plan.contests, rule, self._opening.electors, self._report)
            self._box = box
            self._report.count("opening", len(self._opening.electors))
        else:
            self._report.count("opening", self._opening.present)
        if self._known.manifest.suite == ENCRYPTED:
            if self._trustees is None:
                raise Fault("no_trustees")
            setting = self._setting(self._trustees)
            self._workers = Workers(setting, self._index.entries, self._processes)
            self._box = EncryptedBox(
                setting, self._report, self._roster, self._hints, self._workers
            )
        self._report.done("opening")

    def _setting(self, trustees: ceremony.Ceremony) -> Setting:
        read = self._known.manifest
        context = digest(
            "context",
            read.suite,
            self._index.election_id,
            read.hash,
            encode(trustees.joint_key),
            trustees.hash,
        )
        return Setting(context, trustees.joint_key, self._known.layouts)

    def _take_ballot(self, entry: Entry) -> None:
        if self._box is not None:
            self._box.cast(entry)

    def _take_challenge(self, entry: Entry) -> None:
        if isinstance(self._box, EncryptedBox):
            self._box.challenge(entry)

    def _take_nothing(self, entry: Entry) -> None:
        Fields(entry.payload, entry.type).end()
        self._report.count("conduct")

    def _take_checkpoint(self, entry: Entry) -> None:
        """Check the number of ballots at a checkpoint, where one is told: it never falls."""
        fields = Fields(entry.payload, "checkpoint")
        if self._known.manifest.format >= manifest.COUNTED or entry.payload:
            ballots = fields.whole("ballots")
            named = self._known.manifest.suite == OPEN
            least = self._report.ballots if named else self._at_checkpoint
            if ballots < least or (named and ballots > least):
                raise Fault("wrong_checkpoint", told=ballots, found=least)
            self._at_checkpoint = ballots
            self._report.at_checkpoints[entry.seq] = ballots
        fields.end()
        self._report.count("conduct")

    def _take_close(self, entry: Entry) -> None:
        if self._box is not None:
            self._box.close()
        if "credentials" in self._report.checks:
            self._report.done("credentials")
        self._report.done("conduct")
        fields = Fields(entry.payload, "close")
        ballots = fields.whole("ballots")
        electors.require_approval(fields, self._known.manifest.plan.secrecy)
        fields.end()
        if ballots != self._report.ballots:
            raise Fault("wrong_ballots", told=ballots, found=self._report.ballots)
        if ballots < self._at_checkpoint:
            raise Fault("ballots_gone", told=self._at_checkpoint, found=ballots)
        self._report.count("closing")
        self._report.done("closing")

    def _take_paper(self, entry: Entry) -> None:
        if "paper" not in self._report.checks:
            self._report.fail("order", Fault("not_in_suite", value=entry.type), entry.seq)
            raise Stop
        self._paper = settlement.read_paper(
            entry.payload, self._known.manifest.plan.contests, self._known.rule
        )
        figures = self._paper.figures
        if self._known.manifest.suite == PAPER and (figures.issued, figures.spoiled) != (
            self._roster.issued,
            self._roster.void,
        ):
            raise Fault("wrong_reconciliation")
        self._report.count("paper", figures.cast)
        self._report.done("paper")

    def _take_tally(self, entry: Entry) -> None:
        box = self._encrypted()
        found = tally.read(entry.payload, entry.payload_hash, box.setting)
        if found.ballots < self._known.manifest.minimum:
            raise Fault("too_few_ballots", found=found.ballots, needed=self._known.manifest.minimum)
        tally.require_sums(found, box.sums, self._report.ballots)
        self._tally = found
        self._report.count("encrypted_tally", sum(map(len, found.sums)))
        self._report.done("encrypted_tally")

    def _encrypted(self) -> EncryptedBox:
        if not isinstance(self._box, EncryptedBox) or not self._box.sums:
            raise Stop
        return self._box

    def _take_partial(self, entry: Entry) -> None:
        if self._tally is None or self._trustees is None:
            raise Stop
        self._partials.append(
            tally.read_partial(
                entry.payload,
                self._index.election_id,
                self._tally,
                self._trustees,
                self._encrypted().setting,
            )
        )
        self._report.count("partials")

    def _take_result(self, entry: Entry) -> None:
        plan, rule = self._known.manifest.plan, self._known.rule
        if "partials" in self._report.checks:
            self._report.done("partials")
        expected = self._counted(entry)
        result = settlement.read_result(entry.payload, plan.contests, rule, plan.secrecy)
        settlement.require_counts(result, expected)
        self._result = result
        self._report.count("counts", sum(len(count.heads.cells) for count in expected))
        self._report.totals = tuple(
            (int(count.heads.cast), int(count.heads.blank), int(count.heads.invalid))
            for count in expected
        )
        self._report.done("counts")
        with self._checking("reconciliation", entry):
            settlement.require_balance(result, *self._figures())
            self._report.count("reconciliation", result.figures.issued)
            self._report.done("reconciliation")

    def _counted(self, entry: Entry) -> tuple[Count, ...]:
        """Return the counts of all contests, electronic and paper ones together."""
        counted: tuple[Count, ...] | None = None
        if isinstance(self._box, OpenBox):
            counted = self._box.counts()
        if isinstance(self._box, EncryptedBox):
            counted = self._decrypted(entry)
        if "paper" in self._report.checks:
            if self._paper is None:
                raise Fault("no_paper_count")
            counts = self._paper.counts
            counted = (
                counts
                if counted is None
                else tuple(added(*pair) for pair in zip(counted, counts, strict=True))
            )
        if counted is None:
            raise Stop
        return counted

    def _decrypted(self, entry: Entry) -> tuple[Count, ...]:
        if self._tally is None or self._trustees is None:
            self._report.fail("encrypted_tally", Fault("no_tally"), entry.seq)
            raise Stop
        try:
            totals = tally.decrypt(
                self._tally, self._partials, self._trustees.threshold, self._report.ballots
            )
        except Fault as fault:
            self._report.fail("decryption", fault, entry.seq)
            raise Stop from fault
        self._report.count("decryption", sum(map(len, totals)))
        self._report.done("decryption")
        contests = self._known.manifest.plan.contests
        return tuple(
            of_totals(contest, layout.cells, cells, self._report.ballots)
            for contest, layout, cells in zip(contests, self._known.layouts, totals, strict=True)
        )

    def _figures(self) -> tuple[Figures, int | None]:
        """Return what must balance, and how many were entitled where that is known."""
        if isinstance(self._box, OpenBox) and self._opening is not None:
            entitled, cast = len(self._opening.electors), self._report.ballots
            return Figures(entitled, cast, 0, entitled - cast), entitled
        slips = Figures() if self._paper is None else self._paper.figures
        if self._known.manifest.suite == PAPER:
            return slips, None
        issued, spoiled, cast = self._roster.issued, self._roster.void, self._report.ballots
        return Figures(issued, cast, spoiled, issued - cast - spoiled).and_also(slips), None

    def _take_decision(self, entry: Entry) -> None:
        name, decision = settlement.read_decision(entry.payload, self._known.manifest.plan.contests)
        self._decisions.setdefault(name, []).append(decision)
        self._report.count("ties")

    def _take_certificate(self, entry: Entry) -> None:
        known, result, opening = self._known, self._result, self._opening
        if result is None or opening is None or self._before is None:
            raise Stop
        with self._checking("ties", entry):
            electorate = opening.electorate(known.rule, result.entitled)
            self._report.verdicts = tuple(
                decide(contest, known.rule, count, electorate, self._decisions.get(contest.id, []))
                for contest, count in zip(known.manifest.plan.contests, result.counts, strict=True)
            )
            self._report.done("ties")
        if not self._report.verdicts:
            raise Stop
        with self._checking("verdicts", entry):
            settlement.require_verdicts(entry.payload, self._report.verdicts)
            self._report.count("verdicts", len(self._report.verdicts))
            self._report.done("verdicts")
        self._certify(entry, result, opening, self._before)

    def _certify(
        self, entry: Entry, result: settlement.Result, opening: Opening, before: Entry
    ) -> None:
        settlement.check_certificate(
            entry.payload,
            settlement.Known(
                self._known.manifest,
                self._index.election_id,
                before.hash,
                before.seq,
                opening.roll,
                result,
            ),
        )
        self._report.count("certificate")
        self._report.done("certificate")
