"""Between the register of proxies and the booth."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from congress.kernel.errors import CongressError
from congress.kernel.ids import PersonId
from congress.kernel.people import PeopleSource, Person
from congress.ui.context import UiContext
from congress.voting.booth import Booth
from congress.voting.electors import Proxy


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The register, and the persons it names.

    Attributes:
        proxies: By name of the principal.
        persons: Everybody on the list of the congress.
    """

    proxies: tuple[Proxy, ...]
    persons: Mapping[PersonId, Person]


class ProxiesController(QObject):
    """Reads and keeps the register of proxies."""

    viewed = Signal(object)
    """The ``RegisterView``, after every change."""
    refused = Signal(object)
    """The ``CongressError`` for which a proxy was not registered or struck."""

    def __init__(
        self, context: UiContext, booth: Booth, people: PeopleSource, parent: QObject | None = None
    ) -> None:
        """Work on ``booth``; ``people`` gives the names."""
        super().__init__(parent)
        self._context, self._booth, self.people = context, booth, people

    def refresh(self) -> None:
        """Have ``viewed`` tell the register."""
        self._context.tasks.free(lambda _: self._look()).success(
            lambda value: self.viewed.emit(value)
        ).start()

    def _look(self) -> RegisterView:
        persons = {person.id: person for person in self.people.everyone()}
        known = [
            item for item in self._booth.proxies() if {item.principal, item.holder} <= {*persons}
        ]
        known.sort(key=lambda item: persons[item.principal].name)
        return RegisterView(tuple(known), persons)

    def register(self, principal: PersonId, holder: PersonId, approved_by: str) -> None:
        """Register a proxy."""
        self._context.tasks.store(
            lambda _: self._booth.register_proxy(principal, holder, approved_by)
        ).success(lambda _: self.refresh()).failure(self._refuse).start()

    def strike(self, principal: PersonId) -> None:
        """Take a proxy off the register."""
        self._context.tasks.store(lambda _: self._booth.strike_proxy(principal)).success(
            lambda _: self.refresh()
        ).failure(self._refuse).start()

    def _refuse(self, error: CongressError) -> None:
        self.refused.emit(error)
        self.refresh()
