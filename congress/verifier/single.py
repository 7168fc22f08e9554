"""One ballot checked alone, without hints: its commitments worked out of its responses."""

from congress.verifier.ballots import Ballot, Setting, check_challenges, take_apart
from congress.verifier.curve import Affine, G, Point, Q
from congress.verifier.faults import Fault
from congress.verifier.lanes import Table, combine_all, sum_each, table


class Single:
    """Checks ballots of one poll, one by one."""

    def __init__(self, joint_key: Affine) -> None:
        """Take the key that the ballots are encrypted with."""
        self._joint_key = joint_key

    @property
    def _base(self) -> Table:
        return table(G)

    @property
    def _key(self) -> Table:
        return table(self._joint_key)

    def check(self, setting: Setting, data: bytes) -> Ballot:
        """Return the ballot taken apart, once every proof and the signature hold.

        Raises:
            Fault: What does not hold.
        """
        ballot = take_apart(setting, data, None)
        variable: list[list[tuple[Affine, int]]] = []
        fixed: list[list[Affine]] = []
        for part in ballot.parts:
            for claim, proof in zip(part.layout.claims, part.proofs, strict=True):
                terms = claim.terms
                firsts = _grouped([(part.points[2 * place], k) for place, k in terms])
                seconds = _grouped([(part.points[2 * place + 1], k) for place, k in terms])
                half = len(proof) // 2
                for more, (c, r) in enumerate(zip(proof[:half], proof[half:], strict=True)):
                    variable.append([(point, -c * k) for point, k in firsts])
                    fixed.append(self._base.terms(r))
                    variable.append([(point, -c * k) for point, k in seconds])
                    fixed.append(self._key.terms(r) + self._base.terms(c * (more + claim.constant)))
        c, r = ballot.signature
        variable.append([(ballot.credential, -c)])
        fixed.append(self._base.terms(r))
        found = sum_each(
            [
                terms if product is None else [product, *terms]
                for product, terms in zip(combine_all(variable), fixed, strict=True)
            ]
        )
        *commitments, signature = _present(found)
        split = []
        place = 0
        for part in ballot.parts:
            count = sum(map(len, part.proofs))
            split.append(commitments[place : place + count])
            place += count
        check_challenges(setting, ballot, split, signature)
        return ballot


def _grouped(terms: list[tuple[Affine, int]]) -> list[tuple[Affine, int]]:
    """Return a sum with one term for all points that have the same coefficient."""
    by_coefficient: dict[int, list[Affine]] = {}
    for point, coefficient in terms:
        by_coefficient.setdefault(coefficient % Q, []).append(point)
    sums = sum_each(list(by_coefficient.values()))
    return [
        (point, coefficient)
        for coefficient, point in zip(by_coefficient, sums, strict=True)
        if point is not None
    ]


def _present(points: list[Point]) -> list[Affine]:
    """Return points none of which may be the identity.

    Raises:
        Fault: ``bad_proof``: the identity has no encoding, so nothing is the hash of it.
    """
    if None in points:
        raise Fault("identity")
    return [point for point in points if point is not None]
