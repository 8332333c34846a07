"""用恢复单打开: the keys typed from paper, then one user chosen who gets a new password."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.forms import ChoiceField, Form, FormPage, NoteField, TextField
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.common.tasks import Tasks
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.office.userfields import password_fields, repeat_fault, tell_strength
from desktop.usecases import recovery
from desktop.usecases.office import Acting
from desktop.usecases.recovery import Recovered
from desktop.usecases.session import Session


class OpenSheetPage(QWidget):
    """Two steps: the keys, the user; `recovered(path, session)` at the end, `left` goes back."""

    recovered = Signal(object, object)  # Path, Session
    left = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("opensheet")
        self._clock = clock
        self._path = Path()
        self._found: Recovered | None = None
        self._worker: Tasks[None] | None = None
        self.keys = FormPage(
            _("用恢复单打开"), "", Form(_key_fields(), clock().date()), _("下一步")
        )
        self.user = FormPage(
            _("设定新密码"), "", Form(_user_fields(), clock().date()), _("设定并打开")
        )
        self._stack = QStackedWidget()
        for name, page, slot in (
            ("keys", self.keys, self._try),
            ("user", self.user, self._recover),
        ):
            page.save_button.setObjectName(f"opensheet.{name}.save")
            page.cancel_button.setObjectName(f"opensheet.{name}.cancel")
            page.form.name_inputs("opensheet")
            page.saved.connect(slot)
            page.cancelled.connect(self._leave)
            self._stack.addWidget(page)
        self.user.form.edited.connect(self._typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def ask(self, path: Path) -> None:
        """Ask for the keys of an office file."""
        self.forget()
        self._path = path
        self.keys.set_title(_("用恢复单打开"), str(path))
        self._stack.setCurrentWidget(self.keys)

    def forget(self) -> None:
        """Let no key and no password stand in the forms."""
        self._found = None
        for page in (self.keys, self.user):
            page.set_saving(saving=False)
            page.bar.clear()
            page.form.set_values(dict.fromkeys(page.form.values()))

    def stop(self) -> None:
        """End what runs in the background."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def idle(self) -> bool:
        """Whether the worker has nothing left to do."""
        return self._worker is None or self._worker.idle()

    def _run(self) -> Tasks[None]:
        self._worker = self._worker or Tasks(lambda: None)
        return self._worker

    def _try(self, values: dict[str, object]) -> None:
        path, data, identity = self._path, str(values["data"]), str(values["identity"])
        self.keys.set_saving(saving=True)
        self._run().run(
            lambda _none: recovery.open_by_sheet(path, data, identity), self._opened, self._failed
        )

    def _opened(self, found: Recovered) -> None:
        self.forget()
        self._found = found
        editor = self.user.form.editor("clerk")
        assert isinstance(editor, ChoiceEditor)
        editor.set_choices([(clerk.id, clerk.name) for clerk in found.clerks])
        hidden = _("没有输入身份密钥：打开以后看不到投诉举报人身份。")
        self.user.set_title(
            _("设定新密码"), f"{found.office}。" + ("" if found.identity else hidden)
        )
        self._stack.setCurrentWidget(self.user)
        self.user.form.enter_first()

    def _typed(self, key: str) -> None:
        if key == "password":
            tell_strength(self.user.form)

    def _recover(self, values: dict[str, object]) -> None:
        found, clerk = self._found, values["clerk"]
        faults = repeat_fault(values)
        if not isinstance(clerk, int):
            faults["clerk"] = _("请选择一项。")
        if faults or found is None or not isinstance(clerk, int):
            self.user.form.show_faults(faults)
            return
        password, acting = str(values["password"]), Acting(0, "", self._clock())
        self.user.set_saving(saving=True)
        self._run().run(
            lambda _none: recovery.recover(found, clerk, password, acting),
            self._recovered,
            self._failed,
        )

    def _recovered(self, session: Session) -> None:
        path = self._path
        self.forget()
        self.recovered.emit(path, session)

    def _failed(self, error: BaseException) -> None:
        page = self.keys if self._found is None else self.user
        page.set_saving(saving=False)
        if isinstance(error, Faults):
            page.form.show_faults(wording.faults_by_field(error))
        else:
            tell_trouble(page.bar, error)

    def _leave(self) -> None:
        self.forget()
        self.left.emit()


def _key_fields() -> list[TextField]:
    hint = _("24 个字，空格、数字和换行不算；也可以扫描单上的二维码。")
    return [
        TextField("data", _("数据密钥(&D)"), required=True, lines=4, most=6, hint=hint),
        TextField(
            "identity",
            _("身份密钥(&I)"),
            lines=4,
            most=6,
            hint=_("不输入也能打开，但是看不到投诉举报人身份。"),
        ),
    ]


def _user_fields() -> list[ChoiceField | NoteField]:
    note = _("选定的用户同时成为管理员，可以在“用户和权限”里为其他人设定新密码。")
    return [
        NoteField("note", "", text=note),
        ChoiceField("clerk", _("用户(&U)"), required=True),
        *password_fields(),  # type: ignore[list-item]
    ]
