"""The way in: the pages before a congress is open, and how the others follow.

The window stands before the services are imported: they take longer than Qt itself. What lies
inside is imported while the person reads the welcome screen, or at the latest on the store
thread while a congress is opened.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from congress.kernel.clock import Clock
from congress.kernel.roles import Role
from congress.ui.context import UiContext
from congress.ui.controllers.open_pack import OpenPackController
from congress.ui.controllers.welcome import WelcomeController
from congress.ui.finders import finders
from congress.ui.page import Page, PageFactory
from congress.ui.pages.new_congress import NewCongressPage
from congress.ui.pages.open_pack import OpenPackPage
from congress.ui.pages.sign_in import SignInPage
from congress.ui.pages.welcome import TRUSTEE_PAGE, WelcomePage
from congress.ui.plan import LanguagePaper, LanguageSample, Plan
from congress.ui.recent import RecentCongresses
from congress.ui.status import CongressStatus

_HOMES = {Role.PROJECTOR: "results", Role.READER: "pack"}


def plan(
    recent: RecentCongresses,
    sample: LanguageSample | None = None,
    source: str = "0",
    paper: LanguagePaper | None = None,
    clock: Clock | None = None,
    packs: Callable[[], Path] | None = None,
) -> Plan:
    """Return all pages of the program.

    Args:
        recent: What was open on this machine.
        sample: Makes the sample congress, or ``None`` where there is none.
        source: What the door watches until another camera, address or file is chosen.
        paper: Gives a sample paper to try the library with, or ``None`` for none.
        clock: Tells the time of every entry; by default the machine's own.
        packs: Returns where packs are unpacked; by default among the person's documents.
    """

    def entrance(page: type[WelcomePage | SignInPage | NewCongressPage]) -> PageFactory:
        def build(context: UiContext) -> Page:
            own = partial(sample, context.tr.lang) if sample else None
            return page(context, WelcomeController(context, recent, own, clock=clock))

        return PageFactory(
            key=page.key,
            section=page.key,
            title_key=page.title_key,
            icon=page.icon,
            roles=frozenset(),
            build=build,
            needs_congress=False,
            frame=False,
        )

    def pack_door(context: UiContext) -> Page:
        return OpenPackPage(context, OpenPackController(context, recent, home=packs, clock=clock))

    pack_page = PageFactory(
        key=OpenPackPage.key,
        section=OpenPackPage.key,
        title_key=OpenPackPage.title_key,
        icon=OpenPackPage.icon,
        roles=frozenset(),
        build=pack_door,
        needs_congress=False,
        frame=False,
    )

    def trustee(context: UiContext) -> Page:
        # Imported here: the arithmetic of ballots takes longer than the welcome screen.
        from congress.ui.controllers.trustee import TrusteeController
        from congress.ui.pages.trustee import TrusteePage

        return TrusteePage(context, TrusteeController(context))

    trustee_page = PageFactory(
        key=TRUSTEE_PAGE,
        section=TRUSTEE_PAGE,
        title_key="trustees.own.title",
        icon="key",
        roles=frozenset(),
        build=trustee,
        needs_congress=False,
        frame=False,
    )

    @cache
    def inside() -> Sequence[PageFactory]:
        from congress.ui import wiring

        return wiring.pages(source, paper)

    return Plan(
        pages=(
            entrance(WelcomePage),
            entrance(SignInPage),
            entrance(NewCongressPage),
            pack_page,
            trustee_page,
        ),
        start=WelcomePage.key,
        home=lambda role: _HOMES.get(role, "home"),
        status=CongressStatus,
        finders=finders,
        inside=inside,
    )
