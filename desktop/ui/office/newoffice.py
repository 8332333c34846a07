"""新建本单位: where the office file shall lie, and the form of the office.

What is typed is kept on this PC until the office is made, but for the password: the form can be
left, and the program closed, at any moment.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common import theme, wording
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.forms import FormPage
from desktop.ui.common.forms.field import Editor, Field
from desktop.ui.common.forms.texts import LineEditor
from desktop.ui.common.labels import button
from desktop.ui.common.rest import Rest
from desktop.ui.common.tasks import Tasks
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.office.placewords import place_words
from desktop.ui.office.profileform import ProfileForm
from desktop.ui.office.recent import UNFINISHED
from desktop.usecases import door, drafts, founding
from desktop.usecases import office as offices
from desktop.usecases.office import Acting
from desktop.usecases.profile import FontChoice, OfficeDraft
from desktop.usecases.records import StorageFault
from desktop.usecases.rulebooks import Library
from desktop.usecases.session import Session

#: What is never kept.
_NEVER = frozenset({"user.password", "user.again"})
_PAUSE = 600  # milliseconds after the last key


def _read(settings: QSettings) -> dict[str, object] | None:
    try:
        kept = drafts.unpack(json.loads(str(settings.value(UNFINISHED, "") or "null")))
    except (ValueError, TypeError, KeyError):
        return None
    return kept if isinstance(kept, dict) else None


class NewOfficePage(FormPage):
    """Makes the file on a worker of its own; `created(path, session)` once it is there."""

    created = Signal(object, object)  # Path, Session

    def __init__(self, clock: Callable[[], datetime], folder: Path, settings: QSettings) -> None:
        """`folder` is where the file is proposed; `settings` keep what is typed."""
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
        self._settings = settings
        self._path = Path()
        self.place = MessageBar()
        self.place.setObjectName("welcome.form.place")
        self._later = Rest(self, self.keep, _PAUSE)
        name = _("阳光台账")
        self.profile.set_values(
            {
                "path": str(door.free(folder / f"{name}{door.KINDS[0]}")),
                # the PC's own 仿宋 and 小标宋 look best where it has them; bundled ones fill in
                "fonts": FontChoice.SYSTEM.value,
            }
        )
        self.save_button.setObjectName("welcome.form.save")
        self.cancel_button.setObjectName("welcome.form.cancel")
        self._blank: dict[str, object] = {}
        self._worker: Tasks[Library] = Tasks(offices.read_library)
        self._worker.run(lambda library: library, self._ready)
        self.saved.connect(self._make)
        self.cancel_button.setText(_("以后再填"))
        self.cancel_button.setAccessibleName(_("以后再填"))
        column = self.profile.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.place)
        self.profile.edited.connect(self._edited)
        self.draft_bar.clicked.connect(self._answer_draft)

    def stop(self) -> None:
        """End the worker; what is typed is kept."""
        self.keep()
        self._worker.close()

    def leave(self) -> None:
        """Go back; nothing is asked, because nothing is lost."""
        self.keep()
        self.cancelled.emit()

    def keep(self) -> None:
        """Keep what is typed, if anything is."""
        self._later.stop()
        if not self._blank:  # the form is not ready
            return
        if not self.profile.dirty():
            self._settings.remove(UNFINISHED)
            return
        kept = {key: one for key, one in self.profile.kept().items() if key not in _NEVER}
        self._settings.setValue(UNFINISHED, json.dumps(drafts.pack(kept), ensure_ascii=False))

    def _edited(self, key: str) -> None:
        self._later.start()
        if key == "path":
            self._warn()

    def _warn(self) -> None:
        """Say what speaks against the place, before anything lies there."""
        typed = str(self.profile.values()["path"])
        words = place_words(self._target(typed)) if typed else ""
        if words:
            self.place.tell(Tone.WARN, words, closable=False)
        else:
            self.place.clear()

    def _target(self, typed: str) -> Path:
        return door.named(self._folder / Path(typed).expanduser())

    def _take_up(self) -> None:
        """Go on with what was typed the last time."""
        kept = _read(self._settings)
        if kept is None:
            return
        self.profile.restore({key: one for key, one in kept.items() if key not in _NEVER})
        self.draft_bar.tell(
            Tone.INFO,
            _("上次填写的内容还在，接着填；密码没有保存，要重新输入。"),
            ("anew", _("清空重填")),
        )

    def _answer_draft(self, _key: str) -> None:
        self.draft_bar.clear()
        self._settings.remove(UNFINISHED)
        self.profile.restore(self._blank)
        self.profile.mark_clean()

    def idle(self) -> bool:
        """Whether the worker has nothing left to do."""
        return self._worker.idle()

    def _ready(self, library: Library) -> None:
        self.profile.set_library(library)
        self.profile.mark_clean()
        self._blank = self.profile.kept()
        self._take_up()
        self._warn()

    def _make(self, values: dict[str, object]) -> None:
        typed = str(values["path"])
        if not typed:
            self.profile.show_faults({"path": _("请填写这一项。")})
            return
        self._path = self._target(typed)
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
        self.keep()
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
    office = founding.create_office(path, draft, acting)
    try:
        return office.session
    finally:
        office.close()


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
            self,
            _("新建数据文件"),
            proposed,
            _("阳光台账数据文件 ({kinds})").format(kinds=f"*{door.KINDS[0]}"),
        )
        return chosen
