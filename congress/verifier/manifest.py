"""The manifest: what is voted on, by which rule, and how (SPECIFICATION, section 3)."""

from dataclasses import dataclass
from datetime import date

from congress.verifier import canonical
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields

ENCRYPTED, OPEN, PAPER = "elgamal-h/secp256k1-sha512/1", "open/1", "paper/1"
SUITES = (ENCRYPTED, OPEN, PAPER)
RANKED = ("scottish_stv", "meek_stv")
METHODS = (
    "yes_no_abstain",
    "strike_out",
    "agree_disagree",
    "plurality",
    "approval",
    "k_of_n",
    *RANKED,
)
COUNTED = 3
"""From this format on every checkpoint tells how many ballots were cast."""
MOTION, ELECTION = "motion", "election"
KINDS, SECRECIES = (MOTION, ELECTION), ("open", "secret")
_FORMATS = (2, COUNTED)
_MOST_CANDIDATES, _MOST_RANKED = 2_000, 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name on the ballot paper."""

    id: str
    name: str
    note: str
    born: date | None


@dataclass(frozen=True, slots=True)
class Contest:
    """One question of the poll.

    Attributes:
        id: Identifier within the poll.
        title: The question or the office.
        method: How its ballot is read.
        seats: How many are to be elected; 0 for a motion.
        choices: Most names on a ballot of ``k_of_n``.
        candidates: In the order of the ballot paper.
    """

    id: str
    title: str
    method: str
    seats: int
    choices: int
    candidates: tuple[Candidate, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the ballot paper (section 4)."""
        names = tuple(candidate.id for candidate in self.candidates)
        if self.method == "yes_no_abstain":
            return ("yes", "no", "abstain")
        if self.method == "agree_disagree":
            return tuple(f"{name}:{box}" for name in names for box in ("agree", "disagree"))
        if self.method in RANKED:
            return tuple(f"{name}:{rank}" for name in names for rank in range(1, len(names) + 1))
        return names

    def supporting(self, candidate_id: str) -> str:
        """Return the cell whose votes are a candidate's."""
        return f"{candidate_id}:agree" if self.method == "agree_disagree" else candidate_id


@dataclass(frozen=True, slots=True)
class Plan:
    """What is voted on and by which rule."""

    title: str
    kind: str
    secrecy: str
    channel: str
    pack_id: str
    rule_id: str
    round: int
    sections: dict[str, str]
    contests: tuple[Contest, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first entry of the ledger.

    Attributes:
        format: Its version.
        plan: What is voted on.
        pack: The rule pack, TOML.
        suite: How ballots are kept.
        public_key: Ed25519 key of the congress (32 bytes).
        layouts: As they stand, to be compared.
        minimum: Fewest ballots that may be decrypted.
        hash: SHA-256 of the payload (32 bytes).
    """

    format: int
    plan: Plan
    pack: str
    suite: str
    public_key: bytes
    layouts: canonical.Json
    minimum: int
    hash: bytes


def read(payload: canonical.Json, payload_hash: bytes, suite: str) -> Manifest:
    """Return the manifest that a payload holds.

    Args:
        payload: Of the first entry.
        payload_hash: SHA-256 of it (32 bytes).
        suite: The suite that the bundle says it is of.

    Raises:
        Fault: It is not as it must be, or its parts do not go together.
    """
    fields = Fields(payload, "manifest")
    version = fields.whole("format")
    if version not in _FORMATS:
        raise Fault("unknown_value", place="manifest.format", value="")
    manifest = Manifest(
        version,
        _plan(fields.object("plan")),
        fields.text("pack"),
        fields.choice("suite", SUITES),
        fields.data("public_key", 32),
        fields.items("layouts"),
        fields.whole("minimum"),
        payload_hash,
    )
    fields.end()
    if manifest.suite != suite or manifest.suite != _suite(manifest.plan):
        raise Fault("wrong_suite")
    return manifest


def _suite(plan: Plan) -> str:
    if plan.secrecy == "open":
        return OPEN
    return PAPER if plan.channel == "paper" else ENCRYPTED


def _plan(fields: Fields) -> Plan:
    sections = fields.object("sections")
    plan = Plan(
        fields.text("title"),
        fields.choice("kind", KINDS),
        fields.choice("secrecy", SECRECIES),
        fields.choice("channel", ("electronic", "paper", "mixed")),
        fields.text("pack"),
        fields.text("rule"),
        fields.whole("round"),
        sections.all_texts(),
        tuple(_contest(item) for item in fields.objects("contests")),
    )
    fields.text("text")
    fields.text_or_null("follows")
    fields.end()
    ids = [contest.id for contest in plan.contests]
    if not ids or len(set(ids)) < len(ids):
        raise Fault("double_contest")
    if plan.secrecy == "open" and plan.channel != "electronic":
        raise Fault("wrong_suite")
    if plan.kind == MOTION and len(ids) != 1:
        raise Fault("double_contest")
    for contest in plan.contests:
        if (contest.method == "yes_no_abstain") != (plan.kind == MOTION):
            raise Fault("wrong_method", contest=contest.id)
        if contest.method in RANKED and plan.secrecy == "secret" and plan.channel != "paper":
            raise Fault("wrong_method", contest=contest.id)
    return plan


def _contest(fields: Fields) -> Contest:
    contest = Contest(
        fields.text("id"),
        fields.text("title"),
        fields.choice("method", METHODS),
        fields.whole("seats"),
        fields.whole("choices"),
        tuple(_candidate(item) for item in fields.objects("candidates")),
    )
    fields.whole_or_null("surplus_limit")
    fields.flag("again")
    fields.end()
    require_names(contest)
    ids = [candidate.id for candidate in contest.candidates]
    motion = contest.method == "yes_no_abstain"
    if motion == bool(ids) or motion == bool(contest.seats):
        raise Fault("wrong_list", contest=contest.id)
    if len(ids) < contest.seats or bool(contest.choices) != (contest.method == "k_of_n"):
        raise Fault("wrong_list", contest=contest.id)
    return contest


def require_names(contest: Contest) -> None:
    """Check that a list is not endless and that every cell of its ballot has its own name.

    Raises:
        Fault: ``wrong_list`` or ``double_candidate``.
    """
    ids = [candidate.id for candidate in contest.candidates]
    if len(ids) > (_MOST_RANKED if contest.method in RANKED else _MOST_CANDIDATES):
        raise Fault("wrong_list", contest=contest.id)
    if len(set(ids)) < len(ids) or len(set(contest.cells)) < len(contest.cells):
        raise Fault("double_candidate", contest=contest.id)


def _candidate(fields: Fields) -> Candidate:
    born = fields.text_or_null("born")
    try:
        day = None if born is None else date.fromisoformat(born)
    except ValueError as error:
        raise Fault("wrong_type", place=fields.place("born")) from error
    if day is not None and day.isoformat() != born:
        raise Fault("wrong_type", place=fields.place("born"))
    candidate = Candidate(fields.text("id"), fields.text("name"), fields.text("note"), day)
    fields.text_or_null("person")
    fields.end()
    return candidate
