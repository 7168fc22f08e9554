"""The dialogs about signing in: a new member, and another passphrase."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.roles import Role
from congress.kernel.settings import MIN_PASSPHRASE
from congress.ui.context import UiContext
from congress.ui.controllers.settings import SettingsController
from congress.ui.widgets.button import Kind
from congress.ui.widgets.choice import Select
from congress.ui.widgets.dialog import Dialog, ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import clear


class _PassphraseDialog(Dialog):
    """A dialog that ends in a new passphrase, typed twice."""

    def __init__(
        self,
        context: UiContext,
        controller: SettingsController,
        title: str,
        verb: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, title, parent)
        self.controller = controller
        tr = context.tr
        self.trouble = QVBoxLayout()
        self.column.addLayout(self.trouble)
        self.passphrase = Field.secret(
            context, tr("settings.passphrase.new"), help_text=tr("found.passphrase.help")
        )
        self.again = Field.secret(context, tr("found.again"))
        self.no = self.add_button(tr("dialog.cancel"))
        self.yes = self.add_button(verb, Kind.PRIMARY)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.submit)
        self.again.submitted.connect(self.submit)
        controller.member_saved.connect(self.accept)
        controller.member_refused.connect(self._refused)

    def submit(self) -> None:
        """Do it, if all is there."""
        clear(self.trouble)
        if all([self.ready(), self._agrees()]):
            self.yes.setEnabled(False)
            self.act()

    def ready(self) -> bool:
        """Return whether what stands above the passphrases is there; say what is not."""
        raise NotImplementedError

    def act(self) -> None:
        """Hand what was typed to the controller."""
        raise NotImplementedError

    def _agrees(self) -> bool:
        tr = self.context.tr
        short = len(self.passphrase.value) < MIN_PASSPHRASE
        differ = self.passphrase.value != self.again.value
        self.passphrase.set_error(tr("found.short", count=MIN_PASSPHRASE) if short else "")
        self.again.set_error(tr("found.differ") if differ and not short else "")
        return not short and not differ

    def _refused(self, error: CongressError) -> None:
        self.yes.setEnabled(True)
        clear(self.trouble)
        self.trouble.addWidget(ErrorView(self.context, error))

    def done(self, result: int) -> None:
        """Let go of what was typed."""
        self.passphrase.value = self.again.value = ""
        super().done(result)


class MemberDialog(_PassphraseDialog):
    """Asks for the name, the role and the first passphrase of a new member."""

    def __init__(
        self, context: UiContext, controller: SettingsController, parent: QWidget | None = None
    ) -> None:
        """Lay out the form."""
        tr = context.tr
        super().__init__(
            context, controller, tr("settings.member.add"), tr("settings.member.verb"), parent
        )
        self.name = Field(context, tr("signin.name"), help_text=tr("settings.member.name.help"))
        self.role = Select(
            context,
            [(role, tr(f"role.{role.value}")) for role in Role if role is not Role.READER],
            Role.ORGANISER,
        )
        self.about = Field(context, tr("settings.member.role"), self.role, help_text=" ")
        for field in (self.name, self.about, self.passphrase, self.again):
            self.column.addWidget(field)
        self.role.chosen.connect(self._explain)
        self._explain(self.role.value)
        self.name.setFocus()

    def _explain(self, role: object) -> None:
        assert isinstance(role, Role)  # noqa: S101 - the options are roles
        text = self.context.tr(f"settings.role.{role.value}")
        self.about.help.setText(text)
        self.role.setAccessibleDescription(text)

    def ready(self) -> bool:
        """Return whether there is a name; say if not."""
        there = bool(self.name.value.strip())
        self.name.set_error("" if there else self.context.tr("signin.name_missing"))
        return there

    def act(self) -> None:
        """Add the member."""
        role = Role(str(self.role.value))
        self.controller.add_member(self.name.value, role, self.passphrase.value)


class PassphraseDialog(_PassphraseDialog):
    """Asks for the old passphrase of the signed-in member and for a new one."""

    def __init__(
        self, context: UiContext, controller: SettingsController, parent: QWidget | None = None
    ) -> None:
        """Lay out the form."""
        tr = context.tr
        title = tr("settings.passphrase.change")
        super().__init__(context, controller, title, title, parent)
        self.old = Field.secret(context, tr("settings.passphrase.old"))
        for field in (self.old, self.passphrase, self.again):
            self.column.addWidget(field)
        self.old.setFocus()

    def ready(self) -> bool:
        """Return whether the old passphrase is there; say if not."""
        self.old.set_error("" if self.old.value else self.context.tr("signin.passphrase_missing"))
        return bool(self.old.value)

    def act(self) -> None:
        """Change the passphrase."""
        self.controller.change_passphrase(self.old.value, self.passphrase.value)

    def done(self, result: int | QDialog.DialogCode) -> None:
        """Let go of what was typed."""
        self.old.value = ""
        super().done(int(result))
