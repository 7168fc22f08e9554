"""The register of a congress: which packs were handed out, and whose a watermark's code is."""

from collections.abc import Callable, Iterable, Sequence

from congress.docs.packs import register_store
from congress.docs.packs.model import CopiesChanged, Copy
from congress.docs.packs.tracing import SYMBOLS, Owner, Trace, code_of_member, trace
from congress.kernel import codes
from congress.kernel.errors import InputError
from congress.kernel.roles import Actor, Right
from congress.storage.database import Database


class CopyRegister:
    """Keeps which copies exist. It holds no key and no code that opens anything."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        seed: bytes,
        owners: Callable[[], Sequence[Owner]],
    ) -> None:
        """Keep the register in the congress database.

        Args:
            database: The database ``congress``.
            actor: The signed-in member.
            seed: 32 bytes of the vault from which the codes of members follow.
            owners: Returns the members of the congress.
        """
        self._database = database
        self._actor = actor
        self._seed = seed
        self._owners = owners

    def own_code(self) -> str:
        """Return the code of the signed-in member, plain."""
        return code_of_member(self._seed, self._actor.member_id)

    def fresh_codes(self, count: int) -> Sequence[str]:
        """Return ``count`` codes that nobody and no copy has yet, plain, all different."""
        with self._database.reading() as connection:
            taken = set(register_store.codes(connection))
        taken |= {code_of_member(self._seed, each.id) for each in self._owners()}
        fresh: dict[str, None] = {}
        while len(fresh) < count:
            if (code := codes.random_code(SYMBOLS)) not in taken:
                fresh[code] = None
        return list(fresh)

    def add(self, copies: Iterable[Copy]) -> None:
        """Write that packs were handed out, all of them or none.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.MAKE_PACKS)
        with self._database.unit_of_work(self._actor) as uow:
            for copy in copies:
                register_store.add(uow.connection, copy)
                uow.audit("pack.handed_out", copy.pack_id, papers=len(copy.papers))
            uow.publish(CopiesChanged())
            uow.commit()

    def copies(self) -> Sequence[Copy]:
        """Return all packs that were handed out, the last made first.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.MAKE_PACKS)
        with self._database.reading() as connection:
            return register_store.everything(connection)

    def trace(self, typed: str) -> Sequence[Trace]:
        """Return where the code in a watermark may lead: see ``tracing.trace``.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``trace.bad_code`` if it has not the length of such a code.
        """
        self._actor.require(Right.SEE_READERS)
        if len(codes.plain(typed)) != SYMBOLS + 1:
            raise InputError("trace.bad_code", count=SYMBOLS + 1)
        return trace(typed, self._owners(), self.copies(), self._seed)
