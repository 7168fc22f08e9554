"""The portraits that are kept where the secretariat chose so, for those who stand at a door."""

from collections.abc import Callable, Collection, Mapping

from congress.kernel.ids import PersonId
from congress.kernel.roles import Actor, Right
from congress.kernel.settings import Settings
from congress.rollcall import portrait_store, templates
from congress.rollcall.facekeys import FaceKeys
from congress.storage.database import Database


class KeptPortraits:
    """Reads portraits, in the name of one member.

    ``Enrolment`` writes them, ``FacePrivacy`` erases them.
    """

    def __init__(
        self,
        database: Database,
        actor: Actor,
        keys: FaceKeys,
        settings: Callable[[], Settings],
    ) -> None:
        """Take the collaborators.

        Args:
            database: The congress database.
            actor: The signed-in member.
            keys: The master key that wraps each portrait's key.
            settings: Returns the settings of the congress as they are now.
        """
        self._database = database
        self._actor = actor
        self._keys = keys
        self._settings = settings

    def of(self, persons: Collection[PersonId]) -> Mapping[PersonId, bytes]:
        """Return a JPEG of everyone among ``persons`` whose portrait is kept.

        Nobody's, where portraits are not to be kept.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``faces.template_damaged`` or ``faces.keys_damaged``.
        """
        self._actor.require(Right.CHECK_IN)
        if not self._settings().keep_photos:
            return {}
        with self._database.reading() as connection:
            found = portrait_store.of(connection, persons)
        if not found:
            return {}
        masters = self._keys.all()
        return {each.person_id: templates.unseal_portrait(masters, each) for each in found}
