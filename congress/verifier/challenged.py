"""Ballots that were opened instead of cast (Benaloh 2007; SPECIFICATION, section 7)."""

from congress.verifier import canonical
from congress.verifier.ballots import Setting
from congress.verifier.curve import G, decode_scalar
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields
from congress.verifier.lanes import sum_each, table
from congress.verifier.unhinted import check_all


class Challenged:
    """Opens challenged ballots of one poll."""

    def __init__(self, setting: Setting) -> None:
        """Take the poll."""
        self._setting = setting

    def check(self, payload: canonical.Json) -> bytes:
        """Return the ballot of a ``challenge`` entry, once it is what its opening says.

        Raises:
            Fault: ``wrong_opening`` if a ciphertext does not open to the value told, or what
                is wrong with the ballot itself.
        """
        fields = Fields(payload, "challenge")
        data = fields.data("ballot")
        openings = fields.objects("opening")
        fields.end()
        (ballot,) = check_all(self._setting, [data])
        if isinstance(ballot, Fault):
            raise ballot
        base, key = table(G), table(self._setting.joint_key)
        if len(openings) != len(ballot.parts):
            raise Fault("wrong_opening")
        for opening, part in zip(openings, ballot.parts, strict=True):
            values, scalars = opening.items("values"), opening.datas("scalars", 32)
            opening.end()
            if not len(values) == len(scalars) == part.layout.ciphertexts:
                raise Fault("wrong_opening")
            rows = []
            for value, scalar in zip(values, map(decode_scalar, scalars), strict=True):
                if type(value) is not int or value not in (0, 1):
                    raise Fault("wrong_opening")
                rows.append(base.terms(scalar))
                rows.append(key.terms(scalar) + [G] * value)
            if sum_each(rows) != list(part.points):
                raise Fault("wrong_opening")
        return data
