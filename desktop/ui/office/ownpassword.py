"""修改密码: the old one, the new one twice; one slot is written, the office file is not touched."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.forms import Form, FormPage
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office.passwordfield import PasswordField
from desktop.ui.office.userfields import password_fields, repeat_fault, tell_strength
from desktop.usecases import users
from desktop.usecases.office import Office


class OwnPasswordPage(QWidget):
    """Everybody changes his own password here; `closed` goes back."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("password")
        self._context = context
        old = PasswordField("old", _("现在的密码(&O)"), required=True)
        self.form = Form([old, *password_fields()], context.today())
        self.page = FormPage(
            _("修改密码"),
            _("只改这个数据文件的密码；以前的备份仍用备份时的密码。"),
            self.form,
            _("修改密码"),
        )
        self.page.name_parts("password")
        self.form.edited.connect(self._typed)
        self.page.saved.connect(self._save)
        self.page.cancelled.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)

    def reload(self) -> None:
        """There is nothing to read."""

    def has_unsaved(self) -> bool:
        """A password half typed is nothing to keep."""
        return False

    def _typed(self, key: str) -> None:
        session = self._context.session
        if key == "password" and session is not None:
            tell_strength(self.form, name=session.name)

    def _save(self, values: dict[str, object]) -> None:
        session = self._context.session
        if faults := repeat_fault(values):
            self.form.show_faults(faults)
            return
        if session is None:
            return
        old, new = str(values["old"]), str(values["password"])

        def job(office: Office) -> None:
            users.change_password(office.path, session, old, new)

        self.page.set_saving(saving=True)
        self._context.tasks.run(job, self._saved, self._failed)

    def _saved(self, _none: None) -> None:
        self._forget()
        self._context.said.emit(_("密码已经修改。"), 0)
        self.closed.emit()

    def _failed(self, error: BaseException) -> None:
        self.page.set_saving(saving=False)
        if isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        else:
            tell_trouble(self.page.bar, error)

    def _forget(self) -> None:
        self.page.set_saving(saving=False)
        self.form.set_values(dict.fromkeys(self.form.values(), ""))

    def _leave(self) -> None:
        self._forget()
        self.closed.emit()
