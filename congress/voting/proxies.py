"""The register of proxies: who casts for an absent delegate, and who accepted that."""

from congress.kernel.errors import InputError
from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.kernel.roles import Right
from congress.voting import proxy_store
from congress.voting.electors import Proxy
from congress.voting.parts import Part


class Proxies(Part):
    """Keeps the register. Whether a proxy counts is settled when a poll opens, by its rule."""

    def proxies(self) -> tuple[Proxy, ...]:
        """Return the register, sorted by principal."""
        with self._ports.database.reading() as connection:
            return proxy_store.proxies(connection)

    def register_proxy(self, principal: PersonId, holder: PersonId, approved_by: str) -> Proxy:
        """Register that ``holder`` casts for ``principal`` while that delegate is absent.

        Takes the place of any other proxy of the same principal. Polls that are open already
        keep the electors that were fixed at their opening.

        Args:
            principal: An official delegate.
            holder: Another delegate with a vote.
            approved_by: The body or person who accepted the letter of proxy.

        Raises:
            InputError: ``voting.bad_proxy`` if the two are not such persons,
                ``voting.proxy_unapproved`` without ``approved_by``.
            RefusedError: ``role.not_allowed``.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        people = {person.id: person for person in self._ports.people.everyone()}
        if not _may(people.get(principal), people.get(holder)):
            raise InputError("voting.bad_proxy")
        if not approved_by.strip():
            raise InputError("voting.proxy_unapproved")
        value = Proxy(principal, holder, " ".join(approved_by.split()))
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            proxy_store.put(uow.connection, value, self._ports.clock.now())
            uow.audit("proxy.registered", principal, holder=holder)
            uow.commit()
        return value

    def strike_proxy(self, principal: PersonId) -> None:
        """Take the proxy of a principal off the register.

        Raises:
            InputError: ``voting.no_proxy`` if there is none.
            RefusedError: ``role.not_allowed``.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            if not proxy_store.remove(uow.connection, principal):
                raise InputError("voting.no_proxy")
            uow.audit("proxy.struck", principal)
            uow.commit()


def _may(principal: Person | None, holder: Person | None) -> bool:
    return (
        principal is not None
        and holder is not None
        and principal.id != holder.id
        and principal.standing is Standing.OFFICIAL
        and holder.standing is not Standing.GUEST
    )
