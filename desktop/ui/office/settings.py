"""本单位设置: the form of the office on an open office file."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.forms import FormPage
from desktop.ui.common.forms.section import SectionBox
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office.profileform import ProfileForm
from desktop.usecases import beginning, profile
from desktop.usecases.beginning import Stand
from desktop.usecases.drafts import Place
from desktop.usecases.office import Done, Office
from desktop.usecases.profile import OfficeDraft
from desktop.usecases.rulebooks import Library


class SettingsPage(QWidget):
    """Names, clerks and rules of the office; `closed` goes back."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self._context = context
        self.form = ProfileForm("settings", context.today())
        self.page = FormPage(
            _("本单位设置"),
            _("改选规则只对以后的登记、立案和考核起作用；正在办理的，仍按开始时的规则办完。"),
            self.form,
            _("保存"),
        )
        self.page.save_button.setObjectName("settings.save")
        self.page.cancel_button.setObjectName("settings.cancel")
        self.page.saved.connect(self._save)
        self._context.allow(self.page.save_button, "office.profile")
        self.page.cancelled.connect(self._leave)
        context.drafts.attach(self.page, Place("settings", "profile", 1))
        self.skipped = MessageBar()
        self.skipped.setObjectName("settings.skipped")
        self.skipped.clicked.connect(self._bring_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.skipped)
        column.addWidget(self.page)

    def reload(self) -> None:
        """Read the office anew, unless something typed would be lost."""
        day = self._context.today()
        self._context.ask(lambda office: _read(office, day), self._show)

    def has_unsaved(self) -> bool:
        """Whether something typed is not yet kept."""
        return self.form.dirty()

    def _show(self, seen: tuple[Library, OfficeDraft, bool]) -> None:
        self._show_skipped(any_skipped=seen[2])
        why_not = self._context.why_not("office.profile")
        self.form.setEnabled(not why_not)
        if why_not:
            self.page.bar.tell(Tone.INFO, why_not, closable=False)
            for section in self.form.findChildren(SectionBox):  # what can not be opened is not read
                section.set_folded(folded=False)
        if not self.form.dirty():
            self.form.set_library(seen[0])
            self.form.show_draft(seen[1])

    def _show_skipped(self, *, any_skipped: bool) -> None:
        if any_skipped and self._context.may("office.begin"):
            self.skipped.tell(
                Tone.INFO,
                _("“开始使用”里有跳过的步骤。"),
                ("back", _("重新列在今日")),
                closable=False,
            )
        else:
            self.skipped.clear()

    def _bring_back(self) -> None:
        acting = self._context.acting()
        said = _("已重新列在“今日”的“开始使用”里。")
        self._context.do(
            lambda office: beginning.bring_all_back(office, acting),
            lambda done: self._context.said.emit(said, done.event),
            lambda error: tell_trouble(self.page.bar, error),
        )

    def _save(self, _values: dict[str, object]) -> None:
        draft, acting = self.form.draft(), self._context.acting()

        def job(office: Office) -> Done[None]:
            return profile.save_profile(office, draft, acting)

        self.page.set_saving(saving=True)
        self._context.do(job, self._saved, self._failed)

    def _saved(self, done: Done[None]) -> None:
        self.page.set_saving(saving=False)
        self.form.mark_clean()
        self._context.said.emit(_("已保存本单位设置。"), done.event)
        self._context.directory_changed.emit()
        self.closed.emit()

    def _failed(self, error: BaseException) -> None:
        self.page.set_saving(saving=False)
        if isinstance(error, Faults):
            self.form.show_refusal(error)
        else:
            tell_trouble(self.page.bar, error)

    def _leave(self) -> None:
        self.closed.emit()


def _read(office: Office, day: date) -> tuple[Library, OfficeDraft, bool]:
    skipped = any(step.stand is Stand.SKIPPED for step in beginning.steps(office, day))
    return office.library, profile.draft_of(office), skipped
