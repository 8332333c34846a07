"""接收旧数据文件: a file of the first version is encrypted; one of its clerks becomes its first user."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import wording
from desktop.ui.common.forms import ChoiceField, Form, FormPage, NoteField
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.common.tasks import Tasks
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.office.userfields import (
    ALONE,
    password_fields,
    person_fields,
    read_user,
    repeat_fault,
    tell_strength,
)
from desktop.usecases import adopt
from desktop.usecases.adopt import OldOffice
from desktop.usecases.office import Acting
from desktop.usecases.session import Session


class AdoptPage(QWidget):
    """Says that the file is readable by everybody and encrypts it; `adopted(path, session)`."""

    adopted = Signal(object, object)  # Path, Session
    left = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("adopt")
        self._clock = clock
        self._old: OldOffice | None = None
        self._worker: Tasks[None] | None = None
        note = _(
            "这是第一版程序的数据文件，没有加密，谁拷走都能看。请设定用户和密码，程序把它加密；"
            "投诉举报人的姓名、电话、地址和来信附件另外封存。"
        )
        kept = _(
            "原来的文件改名为“….unencrypted-old”留在原处，仍然谁都能看："
            "核对新文件没有问题以后，请把它彻底销毁，U 盘和别处的拷贝也一样。"
        )
        self.form = Form(
            [
                NoteField("note", "", text=note),
                NoteField("kept", "", text=kept),
                ChoiceField("clerk", _("您是谁(&W)"), required=True),
                *person_fields(),
                *password_fields(),
            ],
            clock().date(),
        )
        self.page = FormPage(_("加密旧数据文件"), "", self.form, _("加密"))
        self.page.name_parts("adopt")
        self.form.edited.connect(self._typed)
        self.page.saved.connect(self._adopt)
        self.page.cancelled.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)

    def ask(self, old: OldOffice) -> None:
        """Ask who is the first user."""
        self._old = old
        self.page.set_title(_("加密旧数据文件"), f"{old.name}　{old.path}")
        self.page.set_saving(saving=False)
        self.page.bar.clear()
        editor = self.form.editor("clerk")
        assert isinstance(editor, ChoiceEditor)
        editor.set_choices([(row, name) for row, name, _post in old.clerks])
        self.form.set_values({"clerk": None, "name": "", "title": "", "roles": ALONE})
        self.form.set_values({"password": "", "again": ""})

    def stop(self) -> None:
        """End what runs in the background."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def idle(self) -> bool:
        """Whether the worker has nothing left to do."""
        return self._worker is None or self._worker.idle()

    def _typed(self, key: str) -> None:
        values = self.form.values()
        if key == "clerk" and self._old is not None:
            for row, name, post in self._old.clerks:
                if row == values["clerk"]:
                    self.form.editor("name").set_value(name)
                    self.form.editor("title").set_value(post)
        elif key == "password":
            tell_strength(self.form, name=str(values["name"]))

    def _adopt(self, values: dict[str, object]) -> None:
        old, clerk = self._old, values["clerk"]
        faults = repeat_fault(values)
        if not isinstance(clerk, int):
            faults["clerk"] = _("请选择一项。")
        if faults or old is None or not isinstance(clerk, int):
            self.form.show_faults(faults)
            return
        draft, acting = read_user(values), Acting(clerk, "", self._clock())
        self.page.set_saving(saving=True)
        self._worker = self._worker or Tasks(lambda: None)
        self._worker.run(
            lambda _none: adopt.adopt(old, clerk, draft, acting), self._adopted, self._failed
        )

    def _adopted(self, session: Session) -> None:
        self.page.set_saving(saving=False)
        self._forget()
        if self._old is not None:
            self.adopted.emit(self._old.path, session)

    def _failed(self, error: BaseException) -> None:
        self.page.set_saving(saving=False)
        if isinstance(error, Faults):
            self.form.show_faults(wording.faults_by_field(error))
        else:
            tell_trouble(self.page.bar, error)

    def _forget(self) -> None:
        self.form.set_values({"password": "", "again": ""})

    def _leave(self) -> None:
        self._forget()
        self.left.emit()
