"""The pages of an open congress: which there are, who sees them, what each is built from."""

from collections.abc import Callable, Sequence
from functools import partial

from congress.app import OpenCongress
from congress.kernel import codes
from congress.kernel.errors import BugError
from congress.kernel.roles import Right, Role
from congress.secretariat.model import Cover
from congress.ui.capture import CountedCapture, system
from congress.ui.context import UiContext
from congress.ui.controllers.access import AccessController
from congress.ui.controllers.amendments import AmendmentsController
from congress.ui.controllers.badges import BadgesController
from congress.ui.controllers.ceremony import CeremonyDesk
from congress.ui.controllers.chair import ChairController
from congress.ui.controllers.changes import ChangesController
from congress.ui.controllers.credentials import CredentialsController
from congress.ui.controllers.decrypt import DecryptController, TallyPorts
from congress.ui.controllers.exports import ExportController
from congress.ui.controllers.faces import FacesController
from congress.ui.controllers.home import HomeController
from congress.ui.controllers.home_ports import home_ports
from congress.ui.controllers.library import LibraryController
from congress.ui.controllers.notes import NotesController
from congress.ui.controllers.packs import PacksController
from congress.ui.controllers.panel import PanelController
from congress.ui.controllers.paper_desk import PaperSources
from congress.ui.controllers.people import PeopleController
from congress.ui.controllers.people_import import ImportController
from congress.ui.controllers.projector import ProjectorController
from congress.ui.controllers.proxies import ProxiesController
from congress.ui.controllers.quorum import QuorumController
from congress.ui.controllers.reader import ReaderController
from congress.ui.controllers.results import ResultsController
from congress.ui.controllers.rollcall import RollCallController
from congress.ui.controllers.rulepacks import RulePacksController
from congress.ui.controllers.settings import SettingsController
from congress.ui.controllers.setup import SetupController
from congress.ui.controllers.slips import SlipsController
from congress.ui.doors.runtime import Doors
from congress.ui.hallpages import HallPages
from congress.ui.page import Page, PageFactory
from congress.ui.pages.access import AccessPage
from congress.ui.pages.amendments import AmendmentsPage
from congress.ui.pages.chair import ChairPage
from congress.ui.pages.changes import ChangesPage
from congress.ui.pages.credentials import CredentialsPage
from congress.ui.pages.decrypt import DecryptPage
from congress.ui.pages.exports import ExportsPage
from congress.ui.pages.faces import FacesPage
from congress.ui.pages.hall_quorum import HallQuorumPage
from congress.ui.pages.home import HomePage
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.notes import NotesPage
from congress.ui.pages.pack_home import PackHomeController, PackHomePage
from congress.ui.pages.packs import PacksPage
from congress.ui.pages.panel import PanelPage
from congress.ui.pages.people import PeoplePage
from congress.ui.pages.people_import import PeopleImportPage
from congress.ui.pages.poll import PollPage
from congress.ui.pages.poll_form import PollFormPage
from congress.ui.pages.proxies import ProxiesPage
from congress.ui.pages.reader import ReaderPage
from congress.ui.pages.reader_print import PrintPart
from congress.ui.pages.reader_versions import VersionsPart
from congress.ui.pages.results import ResultsPage
from congress.ui.pages.rollcall import RollCallPage
from congress.ui.pages.rule_packs import RulePacksPage
from congress.ui.pages.settings import SettingsPage
from congress.ui.pages.setup import SetupPage
from congress.ui.pages.slips import SlipsPage
from congress.ui.pages.trustees import TrusteesPage
from congress.ui.plan import LanguagePaper
from congress.ui.printing import Printing
from congress.ui.readeramendments import AmendmentsPart
from congress.ui.readerfollowing import FollowPart
from congress.ui.readerguard import ReaderGuard
from congress.ui.readernotes import NotesPart
from congress.ui.readerpresenting import PresentPart
from congress.ui.receipts import ReceiptsPart

READERS = frozenset(Role)
EVERYONE = READERS - {Role.READER}
STAFF = frozenset({Role.SECRETARIAT, Role.ORGANISER, Role.COMMITTEE})
SECRETARIAT = frozenset({Role.SECRETARIAT})
DOOR = frozenset({Role.SECRETARIAT, Role.ORGANISER})
VOTERS = frozenset({Role.SECRETARIAT, Role.COMMITTEE, Role.DELEGATE})
POLLS = frozenset({Role.SECRETARIAT, Role.COMMITTEE})


def _congress(context: UiContext) -> OpenCongress:
    if context.congress is None:
        raise BugError("the page needs an open congress")
    return context.congress


def _home(context: UiContext) -> Page:
    congress = _congress(context)
    controller = HomeController(
        context,
        home_ports(congress),
        congress.programme,
        congress.actor,
        congress.clock,
        lambda: congress.settings,
    )
    return HomePage(context, controller)


def _people(context: UiContext) -> Page:
    congress = _congress(context)
    language = congress.settings.language
    return PeoplePage(context, PeopleController(context, congress.people, congress.actor, language))


def _people_import(context: UiContext) -> Page:
    congress = _congress(context)
    language = congress.settings.language
    enrolment = congress.enrolment if congress.actor.may(Right.ENROL_FACES) else None
    controller = ImportController(context, congress.people, language, enrolment)
    return PeopleImportPage(context, controller)


def _library(context: UiContext) -> Page:
    congress = _congress(context)
    sources = PaperSources(congress.programme.items, congress.vault.groups, congress.vault.members)
    controller = LibraryController(
        context,
        congress.library,
        congress.actor,
        sources,
        reading=congress.reading,
    )
    return LibraryPage(context, controller)


def _reader(context: UiContext) -> Page:
    congress = _congress(context)
    controller = ReaderController(context, congress.library, congress.places)
    page = ReaderPage(context, controller, congress.actor.name)
    compare = congress.actor.role in EVERYONE
    page.add_part(VersionsPart(context, page, congress.library, compare=compare))
    page.add_part(_receipts(context, congress, page))
    capture = CountedCapture(system())
    for pane in (page.first, page.beside.pane):
        guard = ReaderGuard(context, congress.library, capture, page)
        pane.add_part(guard)
        pane.copier = guard.copy
    if congress.actor.role is not Role.PROJECTOR:
        page.add_part(NotesPart(context, page, _notes_controller(context)))
    page.add_part(PrintPart(context, page, _printing(context, congress, page)))
    _add_hall_parts(context, congress, page)
    return page


def _add_hall_parts(context: UiContext, congress: OpenCongress, page: ReaderPage) -> None:
    manage = congress.actor.may(Right.MANAGE_AMENDMENTS)
    page.add_part(AmendmentsPart(context, page, congress.amendments, manage=manage))
    presenting, sharing = congress.presenting, congress.presenting.sharing
    if presenting.allowed:

        def projector(later: UiContext) -> ProjectorController:
            return ProjectorController(later, congress.library, sharing)

        hall = context.lasting.get(HallPages, lambda: HallPages(context, presenting, projector))
        page.add_part(PresentPart(context, page, hall))
    page.add_part(FollowPart(context, page, sharing, congress.actor.name))


def _printing(context: UiContext, congress: OpenCongress, page: ReaderPage) -> Printing:
    def mark() -> Sequence[str]:
        return page.mark.text.splitlines()

    return Printing(context, congress.library, lambda: congress.policy, mark, page)


def _receipts(context: UiContext, congress: OpenCongress, page: ReaderPage) -> ReceiptsPart:
    tr, pack = context.tr, congress.pack
    name = pack.recipient if pack else congress.actor.name
    code = codes.grouped(pack.code if pack else congress.handout.copies.own_code())

    def mark() -> Sequence[str]:
        # In figures alone, so that a photograph can be read in any language.
        return name, f"{congress.clock.now().astimezone():%Y-%m-%d %H:%M}", code

    note = tr("access.note.pack") if pack else tr("access.note")
    access = congress.handout.access
    return ReceiptsPart(context, page, access, congress.clock, mark, note)


def _notes_controller(context: UiContext) -> NotesController:
    congress = _congress(context)
    me = congress.actor.member_id
    return NotesController(context, congress.notes, congress.library, me)


def _notes(context: UiContext) -> Page:
    return NotesPage(context, _notes_controller(context))


def _changes(context: UiContext) -> Page:
    congress = _congress(context)
    return ChangesPage(context, ChangesController(context, congress.changes), congress.actor.name)


def _amendments(context: UiContext) -> Page:
    congress = _congress(context)
    return AmendmentsPage(
        context, AmendmentsController(context, congress.amendments, congress.actor)
    )


def _panel(context: UiContext) -> Page:
    congress = _congress(context)
    recognise = partial(congress.vault.recognise, congress.actor.name)
    controller = PanelController(
        context,
        congress.booth,
        recognise,
        people=congress.people,
        portraits=congress.portraits.of,
    )
    return PanelPage(context, controller)


def _rollcall(context: UiContext, source: str) -> Page:
    congress = _congress(context)
    doors = context.lasting.get(Doors, lambda: Doors(context.tasks, context.bridge, congress))
    return RollCallPage(
        context,
        RollCallController(context, congress, doors),
        quorum=lambda later: QuorumController(later, congress.desk),
        source=source,
    )


def _faces(context: UiContext, source: str) -> Page:
    congress = _congress(context)
    return FacesPage(
        context,
        FacesController(context, congress),
        BadgesController(context, congress),
        source=source,
    )


def _credentials(context: UiContext) -> Page:
    return CredentialsPage(context, CredentialsController(context, _congress(context)))


def _hall(context: UiContext) -> Page:
    return HallQuorumPage(context, QuorumController(context, _congress(context).desk))


def _seconds(congress: OpenCongress) -> Sequence[str]:
    """Return the sign-in names of everybody else who may approve a step of a poll."""
    return [
        member.name
        for member in congress.vault.members()
        if member.role in POLLS and member.id != congress.actor.member_id
    ]


def _chair(
    context: UiContext, page: type[ChairPage | PollPage | PollFormPage]
) -> ChairPage | PollPage | PollFormPage:
    congress = _congress(context)
    actor = congress.actor
    controller = ChairController(
        context,
        congress.booth,
        congress.people,
        actor,
        members=lambda: _seconds(congress),
        sheet=congress.exports.cards,
        usual_pack=congress.settings.rule_pack,
        quorum=QuorumController(context, congress.desk),
        head_sheet=congress.exports.head,
        clock=congress.clock,
    )
    return page(context, controller)


def _rule_packs(context: UiContext) -> Page:
    congress = _congress(context)
    may_add = congress.actor.may(Right.PREPARE_POLL)
    return RulePacksPage(context, RulePacksController(context, congress.booth, may_add=may_add))


def _proxies(context: UiContext) -> Page:
    congress = _congress(context)
    return ProxiesPage(context, ProxiesController(context, congress.booth, congress.people))


def _slips(context: UiContext) -> Page:
    congress = _congress(context)
    controller = SlipsController(
        context,
        congress.booth,
        congress.paper_ballots,
        congress.people,
        members=lambda: _seconds(congress),
    )
    return SlipsPage(context, controller)


def _trustees(context: UiContext) -> Page:
    congress = _congress(context)

    def desk() -> CeremonyDesk:
        return CeremonyDesk(
            context, congress.boards, congress.clock, lambda: congress.settings.name
        )

    def cover() -> Cover:
        settings = congress.settings
        return Cover(
            settings.name,
            settings.place,
            settings.starts,
            settings.ends,
            congress.clock.now().astimezone().replace(microsecond=0),
            settings.motto,
        )

    lasting = context.lasting.get(CeremonyDesk, desk)
    return TrusteesPage(context, lasting, cover, congress.settings.language)


def _decrypt(context: UiContext) -> Page:
    booth = _congress(context).booth
    ports = TallyPorts(
        booth.ledger,
        booth.whole_ledger,
        booth.tally_to_decrypt,
        booth.add_partial,
        booth.tally,
    )
    return DecryptPage(context, DecryptController(context, ports))


def _results(context: UiContext) -> Page:
    congress = _congress(context)
    minutes = congress.exports.counting if congress.actor.may(Right.EXPORT) else None
    return ResultsPage(
        context, ResultsController(context, congress.booth, congress.people, minutes=minutes)
    )


def _exports(context: UiContext) -> Page:
    return ExportsPage(context, ExportController(context, _congress(context)))


def _readers(context: UiContext) -> Page:
    congress = _congress(context)
    return AccessPage(context, AccessController(context, congress.handout, congress.clock))


def _pack_home(context: UiContext) -> Page:
    congress = _congress(context)
    if congress.pack is None:
        raise BugError("the page needs an open pack")
    controller = PackHomeController(context, congress.pack)
    return PackHomePage(context, controller, congress.settings.name)


def _packs(context: UiContext) -> Page:
    congress = _congress(context)
    controller = PacksController(
        context,
        congress.handout,
        congress.people.everyone,
        lambda: congress.settings,
        congress.clock,
    )
    return PacksPage(context, controller)


def _settings(context: UiContext) -> Page:
    return SettingsPage(context, SettingsController(context, _congress(context)))


def _setup(context: UiContext, paper: LanguagePaper | None) -> Page:
    congress = _congress(context)
    return SetupPage(
        context,
        SetupController(context, congress),
        SettingsController(context, congress),
        partial(paper, context.tr.lang) if paper else None,
    )


def pages(source: str, paper: LanguagePaper | None) -> Sequence[PageFactory]:
    """Return the pages of an open congress, in the order of the rail.

    Args:
        source: What the door watches until another camera, address or file is chosen.
        paper: Gives a sample paper to try the library with, or ``None`` for none.
    """

    def page(
        kind: type[Page],
        build: Callable[[UiContext], Page],
        roles: frozenset[Role],
        section: str = "",
        *,
        frame: bool = True,
    ) -> PageFactory:
        return PageFactory(
            key=kind.key,
            section=section or kind.key,
            title_key=kind.title_key,
            icon=kind.icon,
            roles=roles,
            build=build,
            frame=frame,
        )

    return (
        page(HomePage, _home, EVERYONE - {Role.PROJECTOR}),
        page(PackHomePage, _pack_home, frozenset({Role.READER})),
        page(SetupPage, partial(_setup, paper=paper), SECRETARIAT, HomePage.key),
        page(PeoplePage, _people, STAFF),
        page(PeopleImportPage, _people_import, SECRETARIAT, PeoplePage.key),
        page(LibraryPage, _library, READERS),
        page(NotesPage, _notes, READERS - {Role.PROJECTOR}),
        page(ReaderPage, _reader, READERS, LibraryPage.key, frame=False),
        page(ChangesPage, _changes, EVERYONE, LibraryPage.key, frame=False),
        page(AmendmentsPage, _amendments, EVERYONE, LibraryPage.key),
        page(RollCallPage, partial(_rollcall, source=source), DOOR),
        page(FacesPage, partial(_faces, source=source), DOOR, RollCallPage.key),
        page(CredentialsPage, _credentials, STAFF, RollCallPage.key),
        page(HallQuorumPage, _hall, EVERYONE, RollCallPage.key, frame=False),
        page(ChairPage, partial(_chair, page=ChairPage), POLLS),
        page(PollPage, partial(_chair, page=PollPage), POLLS, ChairPage.key),
        page(PollFormPage, partial(_chair, page=PollFormPage), POLLS, ChairPage.key),
        page(RulePacksPage, _rule_packs, POLLS, ChairPage.key),
        page(ProxiesPage, _proxies, POLLS, ChairPage.key),
        page(SlipsPage, _slips, POLLS, ChairPage.key),
        page(TrusteesPage, _trustees, POLLS, ChairPage.key),
        page(DecryptPage, _decrypt, POLLS, ChairPage.key),
        page(PanelPage, _panel, VOTERS, frame=False),
        page(ResultsPage, _results, EVERYONE),
        page(PacksPage, _packs, SECRETARIAT),
        page(AccessPage, _readers, SECRETARIAT),
        page(ExportsPage, _exports, POLLS),
        page(SettingsPage, _settings, READERS - {Role.PROJECTOR}),
    )
