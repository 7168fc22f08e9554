"""The ballots of a poll as they come on the ledger, one kind of box for each suite."""

from collections.abc import Callable

from congress.verifier import canonical, counts
from congress.verifier.ballots import Setting, ciphertexts_of, credential_of
from congress.verifier.challenged import Challenged
from congress.verifier.counts import Count
from congress.verifier.curve import Point
from congress.verifier.electors import Elector
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields
from congress.verifier.ledger import Entry
from congress.verifier.manifest import Contest
from congress.verifier.report import Report
from congress.verifier.roster import Ciphertexts, Roster
from congress.verifier.rules import Rule
from congress.verifier.workers import Workers

Hints = Callable[[int], bytes]
"""Gives the next so many bytes of the hints, fewer where they end."""


class EncryptedBox:
    """Takes encrypted ballots; their sums are known once it is closed."""

    def __init__(
        self,
        setting: Setting,
        report: Report,
        roster: Roster,
        hints: Hints | None,
        workers: Workers,
    ) -> None:
        """Take the poll, where to report to, and who checks the proofs."""
        self.setting = setting
        self._report = report
        self._roster = roster
        self._hints = hints
        self._workers = workers
        self._challenged = Challenged(setting)
        self._ciphertexts = Ciphertexts()
        self._last = b""
        self.sums: tuple[tuple[Point, ...], ...] = ()

    def cast(self, entry: Entry) -> None:
        """Take a ballot; its proofs are checked by the time the box is closed."""
        report = self._report
        report.ballots += 1
        report.count("ballots")
        report.count("sorting")
        if entry.payload_hash <= self._last:
            report.fail("sorting", Fault("not_sorted", place="ballots"), entry.seq)
        self._last = entry.payload_hash
        hints = None if self._hints is None else self._hints(self.setting.hints)
        try:
            data = self._data(entry.payload)
        except Fault as fault:
            report.fail("ballots", fault, entry.seq)
            return
        report.count("eligibility")
        try:
            self._roster.use(credential_of(data), entry.seq)
        except Fault as fault:
            report.fail("eligibility", fault, entry.seq)
        self._know(data, entry.seq)
        self._workers.add(entry.seq, data, hints)

    def _data(self, payload: canonical.Json) -> bytes:
        fields = Fields(payload, "ballot")
        data = fields.data("ballot", self.setting.length)
        fields.end()
        return data

    def challenge(self, entry: Entry) -> None:
        """Check a ballot that was opened instead of cast."""
        self._report.count("challenges")
        try:
            data = self._challenged.check(entry.payload)
        except Fault as fault:
            self._report.fail("challenges", fault, entry.seq)
            return
        self._know(data, entry.seq)

    def _know(self, data: bytes, seq: int) -> None:
        found = ciphertexts_of(self.setting.layouts, data)
        self._report.count("copies", len(found))
        try:
            self._ciphertexts.add(found)
        except Fault as fault:
            self._report.fail("copies", fault, seq)

    def close(self) -> None:
        """Wait for all proofs, and check who was entitled."""
        for seq, fault in self._roster.faults():
            self._report.fail("eligibility", fault, seq)
        outcome = self._workers.finish()
        for seq, fault in outcome.faults:
            self._report.fail("ballots", fault, seq)
        self._report.false_hints = outcome.false_hints
        self.sums = outcome.sums
        self._report.done("ballots", "eligibility", "copies", "sorting", "challenges")


class OpenBox:
    """Takes the named votes of an open poll and counts them."""

    def __init__(
        self,
        contests: tuple[Contest, ...],
        rule: Rule,
        electors: dict[str, Elector],
        report: Report,
    ) -> None:
        """Take what is voted on, who may vote, and where to report to."""
        self._contests = contests
        self._rule = rule
        self._electors = electors
        self._report = report
        self._votes: dict[str, tuple[frozenset[str], ...]] = {}

    def cast(self, entry: Entry) -> None:
        """Take a named vote."""
        self._report.ballots += 1
        self._report.count("ballots")
        self._report.count("eligibility")
        try:
            person, marks = self._vote(entry.payload)
        except Fault as fault:
            self._report.fail("ballots", fault, entry.seq)
            return
        if person not in self._electors:
            self._report.fail("eligibility", Fault("no_elector", person=person), entry.seq)
        elif person in self._votes:
            self._report.fail("eligibility", Fault("voted_twice", person=person), entry.seq)
        else:
            self._votes[person] = marks

    def _vote(self, payload: canonical.Json) -> tuple[str, tuple[frozenset[str], ...]]:
        fields = Fields(payload, "ballot")
        person, bits = fields.text("person"), fields.texts("bits")
        fields.text("badge")
        fields.end()
        if len(bits) != len(self._contests):
            raise Fault("wrong_number", place="bits")
        marks = []
        for contest, text in zip(self._contests, bits, strict=True):
            if len(text) != len(contest.cells) or set(text) - {"0", "1"}:
                raise Fault("wrong_number", place="bits")
            chosen = zip(contest.cells, text, strict=True)
            marks.append(frozenset(cell for cell, bit in chosen if bit == "1"))
            if counts.judge(contest, self._rule, marks[-1])[0] == counts.REFUSED:
                raise Fault("refused_ballot", contest=contest.id)
        return person, tuple(marks)

    def close(self) -> None:
        """Note that there are no more votes."""
        self._report.done("ballots", "eligibility")

    def counts(self) -> tuple[Count, ...]:
        """Return the count of each contest."""
        return tuple(
            counts.count(
                contest,
                self._rule,
                [
                    (marks[place], 1, self._electors[person].weight, self._electors[person].section)
                    for person, marks in self._votes.items()
                ],
            )
            for place, contest in enumerate(self._contests)
        )
