"""新建本单位: where the office file shall lie, and the form of the office."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import theme, wording
from desktop.ui.common.forms import FormPage
from desktop.ui.common.forms.field import Editor, Field
from desktop.ui.common.forms.texts import LineEditor
from desktop.ui.common.labels import button
from desktop.ui.common.tasks import Tasks
from desktop.ui.office.profileform import ProfileForm
from desktop.ui.office.trouble import tell_trouble
from desktop.usecases import office as offices
from desktop.usecases.office import Acting, FontChoice, OfficeDraft
from desktop.usecases.records import StorageFault
from desktop.usecases.rulebooks import Library
from desktop.usecases.session import Session

_SUFFIX = ".db"


class NewOfficePage(FormPage):
    """Makes the file on a worker of its own; `created(path, session)` once it is there."""

    created = Signal(object, object)  # Path, Session

    def __init__(self, clock: Callable[[], datetime], folder: Path) -> None:
        """`folder` is where the file is proposed."""
        self.profile = ProfileForm(
            "welcome.form",
            clock().date(),
            [PathField("path", _("数据文件(&F)"), required=True)],
            new=True,
        )
        super().__init__(
            _("新建本单位"),
            _("这些内容印在文书上，以后可以在“本单位设置”里修改。"),
            self.profile,
            _("新建"),
        )
        self._clock = clock
        self._folder = folder
        self._path = Path()
        name = _("阳光台账")
        self.profile.set_values(
            {
                "path": str(_free(folder / f"{name}{_SUFFIX}")),
                # the PC's own 仿宋 and 小标宋 look best where it has them; bundled ones fill in
                "fonts": FontChoice.SYSTEM.value,
            }
        )
        self.save_button.setObjectName("welcome.form.save")
        self.cancel_button.setObjectName("welcome.form.cancel")
        self._worker: Tasks[Library] = Tasks(offices.read_library)
        self._worker.run(lambda library: library, self._ready)
        self.saved.connect(self._make)

    def stop(self) -> None:
        """End the worker."""
        self._worker.close()

    def idle(self) -> bool:
        """Whether the worker has nothing left to do."""
        return self._worker.idle()

    def _ready(self, library: Library) -> None:
        self.profile.set_library(library)
        self.profile.mark_clean()

    def _make(self, values: dict[str, object]) -> None:
        typed = str(values["path"])
        if not typed:
            self.profile.show_faults({"path": _("请填写这一项。")})
            return
        path = self._folder / Path(typed).expanduser()
        ends = path.suffix.lower() == _SUFFIX
        self._path = path if ends else path.with_name(path.name + _SUFFIX)
        draft, path = self.profile.draft(), self._path
        first = draft.clerks[0].name if draft.clerks else ""
        acting = Acting(0, first, self._clock())
        self.set_saving(saving=True)
        self._worker.run(
            lambda _library: _create(path, draft, acting),
            self._made,
            self._failed,
        )

    def _made(self, session: Session) -> None:
        self.form.mark_clean()
        self.created.emit(self._path, session)

    def _failed(self, error: BaseException) -> None:
        self.set_saving(saving=False)
        if isinstance(error, Faults):
            self.profile.show_refusal(error)
        elif isinstance(error, StorageFault):
            self.profile.show_faults({"path": wording.error_words(error) or ""})
        elif isinstance(error, OSError | ValueError):  # a name that the system does not take
            self.profile.show_faults({"path": _("这个位置不能用，请换一个文件夹或者名称。")})
        else:
            tell_trouble(self.bar, error)


def _create(path: Path, draft: OfficeDraft, acting: Acting) -> Session:
    office = offices.create_office(path, draft, acting)
    try:
        return office.session
    finally:
        office.close()


def _free(path: Path) -> Path:
    """A name that no file has yet."""
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem}{number}")
        number += 1
    return free


@dataclass(frozen=True, slots=True)
class PathField(Field):
    """The place of a file that is to be made."""

    def editor(self, today: date) -> Editor:
        return PathEditor()


class PathEditor(LineEditor):
    """A line with a button that asks; `ask_path` is how."""

    def __init__(self) -> None:
        super().__init__()
        self.ask_path: Callable[[str], str] = self._ask_path
        self.browse = button(_("浏览…"), "", "folder")
        self.browse.clicked.connect(self._browse)
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.setSpacing(theme.SMALL)
        row.addWidget(self.browse)

    def target(self) -> QWidget:
        return self.line

    def _browse(self) -> None:
        chosen = self.ask_path(str(self.value()))
        if chosen:
            self.set_value(chosen)

    def _ask_path(self, proposed: str) -> str:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("新建数据文件"), proposed, _("阳光台账数据文件 (*.db)")
        )
        return chosen
