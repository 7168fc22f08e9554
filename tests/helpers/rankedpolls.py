"""An open poll by the single transferable vote."""

from congress.voting.model import Candidate, Contest, Kind, Method, Plan, Poll, Secrecy
from tests.helpers.hall import Hall

COUNCIL = Contest(
    "council",
    "Council",
    Method.SCOTTISH_STV,
    1,
    tuple(Candidate(name, f"Name {name}") for name in "ABC"),
)
RANKED = Plan("Council", Kind.ELECTION, Secrecy.OPEN, "stv", "scottish", (COUNCIL,))


def voted(hall: Hall, *rankings: str) -> Poll:
    """Return a poll in which each badge in turn ranked the names so, tallied."""
    poll = hall.booth.propose(RANKED)
    hall.booth.fix_manifest(poll.id)
    hall.booth.open(poll.id)
    for badge, ranking in zip(hall.badges(0, len(rankings)), rankings, strict=True):
        hall.cast(badge, [f"{name}:{rank}" for rank, name in enumerate(ranking, 1)])
    hall.booth.close(poll.id)
    hall.booth.tally(poll.id)
    return poll
