"""The register of proxies: who casts for an absent delegate, and who accepted the letter."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from congress.kernel.errors import CongressError
from congress.kernel.people import Person
from congress.ui.context import UiContext
from congress.ui.controllers.proxies import ProxiesController, RegisterView
from congress.ui.page import ScrollPage
from congress.ui.pages.chair import PROXIES_PAGE
from congress.ui.theme.tokens import SPACE_4, Tone, Type
from congress.ui.widgets.avatar import Avatar
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.picker import PersonPicker, description
from congress.ui.widgets.text import Text
from congress.voting.electors import Proxy


class ProxiesPage(ScrollPage):
    """Registers proxies and strikes them.

    Attributes:
        principal: Finds the absent delegate.
        holder: Finds who casts for that one.
        approved: The body or person who accepted the letter.
        keep: Registers the proxy.
        rows: The register.
    """

    key: ClassVar[str] = PROXIES_PAGE
    title_key: ClassVar[str] = "proxies.title"
    icon: ClassVar[str] = "handshake"

    def __init__(
        self, context: UiContext, controller: ProxiesController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the register comes when it is shown."""
        super().__init__(context, context.tr("proxies.lead"), parent)
        self._controller = controller
        controller.setParent(self)
        tr = context.tr
        self._chosen: dict[str, Person] = {}
        form = Card(context, tr("proxies.new"))
        self.principal = PersonPicker(context, controller.people.search)
        self.holder = PersonPicker(context, controller.people.search)
        self._told: dict[str, Text] = {}
        for key, picker in (("principal", self.principal), ("holder", self.holder)):
            told = Text(context, tr("proxies.nobody"), Type.LABEL, "muted")
            self._told[key] = told
            form.column.addWidget(Field(context, tr(f"proxies.{key}"), picker))
            form.column.addWidget(told)
            picker.picked.connect(lambda person, key=key: self._pick(key, person))
        self.approved = Field(
            context, tr("proxies.approved"), help_text=tr("proxies.approved.help")
        )
        self.approved.changed.connect(lambda _: self._allow())
        form.column.addWidget(self.approved)
        self.trouble = Banner(context, "", Tone.CAUTION)
        self.trouble.hide()
        form.column.addWidget(self.trouble)
        self.keep = Button(context, tr("proxies.register"), Kind.PRIMARY)
        self.keep.clicked.connect(self._register)
        form.column.addLayout(row(None, self.keep))
        self.rows = RowList()
        self.none = Text(context, tr("proxies.none"), Type.BODY, "muted")
        register = Card(context, tr("proxies.register_of"))
        register.column.setSpacing(SPACE_4)
        for widget in (self.none, self.rows):
            register.column.addWidget(widget)
        for card in (form, register):
            self.column.addWidget(card)
        self.column.addStretch(1)
        controller.viewed.connect(self._show)
        controller.refused.connect(self._refused)
        self._allow()

    def shown(self) -> None:
        """Read the register again."""
        self._controller.refresh()
        self.principal.setFocus()

    def _pick(self, key: str, person: Person) -> None:
        self._chosen[key] = person
        tr = self.context.tr
        self._told[key].setText(tr.joined(person.name, description(self.context, person)))
        self._told[key].set_tone("ink")
        self._allow()

    def _allow(self) -> None:
        self.trouble.hide()
        self.keep.setEnabled(len(self._chosen) == 2 and bool(self.approved.value.strip()))

    def _register(self) -> None:
        self.keep.setEnabled(False)
        principal, holder = self._chosen["principal"], self._chosen["holder"]
        self._controller.register(principal.id, holder.id, self.approved.value)
        self._chosen.clear()
        for told in self._told.values():
            told.setText(self.context.tr("proxies.nobody"))
            told.set_tone("muted")

    def _show(self, view: RegisterView) -> None:
        self.rows.clear()
        self.none.setVisible(not view.proxies)
        for proxy in view.proxies:
            self.rows.add(self._row(view, proxy))

    def _row(self, view: RegisterView, proxy: Proxy) -> ListRow:
        context, tr = self.context, self.context.tr
        principal, holder = view.persons[proxy.principal], view.persons[proxy.holder]
        line = ListRow(
            context,
            tr("proxies.line", principal=principal.name, holder=holder.name),
            tr.joined(
                tr("proxies.badges", principal=principal.badge, holder=holder.badge),
                tr("proxies.approved_by", name=proxy.approved_by),
            ),
            leading=Avatar(context, principal.name, side=40),
            clickable=False,
        )
        strike = Button(
            context,
            kind=Kind.QUIET,
            icon="x",
            name=tr("proxies.strike", principal=principal.name),
        )
        strike.clicked.connect(lambda: self._controller.strike(proxy.principal))
        line.trailing.addWidget(strike)
        return line

    def _refused(self, error: CongressError) -> None:
        text = self.context.tr.error(error)
        self.trouble.set(f"{text.means} {text.do}", Tone.CAUTION, title=text.what)
        self.trouble.show()
