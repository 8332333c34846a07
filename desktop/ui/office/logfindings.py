"""检查结果: what was found at the start that the log does not bear out, and taking note of it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.bars import Tone
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import button, card, label, selectable
from desktop.ui.common.tasks import Cancelled
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.office import logwords
from desktop.ui.office.inspector import Seen
from desktop.ui.office.page import OfficePage
from desktop.usecases import audit, auditwords
from desktop.usecases.audit import Finding
from desktop.usecases.office import Done


class FindingsPage(OfficePage):
    """The findings one under the other; an administrator takes note of them with a reason."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "findings",
            _("检查结果"),
            _(
                "每次打开数据文件时，程序把登记内容同操作记录逐条核对。下面列出的地方，"
                "是有人绕过本程序改动的，或者是文件损坏；请先不要改动它们，告诉管理员。"
            ),
            parent,
        )
        self._context = context
        self._found: tuple[Finding, ...] = ()
        self.again = button(_("重新检查(&A)"), "", "sync")
        self.again.setObjectName("findings.again")
        self.again.clicked.connect(self.reload)
        self.head.addWidget(self.again)
        self.reason = QLineEdit()
        self.reason.setObjectName("findings.reason")
        self.reason.setAccessibleName(_("知悉的理由"))
        self.reason.setPlaceholderText(_("已经查清的情况，例如：硬盘故障后由维修人员恢复"))
        self.accept = button(_("知悉以上各项(&N)"), "primary", "checkmark")
        self.accept.setObjectName("findings.accept")
        self.accept.clicked.connect(self._accept)
        self.only_admin = label(
            _("由管理员查清后写明理由、予以知悉；知悉本身也记入操作记录。"), "quiet", wrap=True
        )
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.MEDIUM)
        context.inspector.inspected.connect(self.show_findings)
        context.inspector.failed.connect(self._failed)
        self._lay_out()

    def reload(self) -> None:
        """Inspect the file anew."""
        self.again.setEnabled(False)
        self._context.inspector.begin()

    def has_unsaved(self) -> bool:
        """Whether a reason was typed and not used."""
        return bool(self.reason.text().strip())

    def show_findings(self, seen: Seen) -> None:
        """Show what an inspection found."""
        self.again.setEnabled(True)
        inspection, may = seen
        self._found = inspection.findings
        clear(self._column)
        for one in inspection.findings:
            self._column.addWidget(_card(one))
        if inspection.more:
            more = _("另有 {n} 处，没有逐条列出。").format(n=inspection.more)
            self._column.addWidget(label(more, "quiet", wrap=True))
        if not inspection.findings:
            said = _("{n} 条操作记录和全部登记内容核对无误。").format(n=inspection.events)
            self.bar.tell(Tone.INFO, said, closable=False)
        else:
            said = _("发现 {n} 处不符。").format(n=len(inspection.findings) + inspection.more)
            self.bar.tell(Tone.ERROR, said, closable=False)
        for one_widget in (self.reason, self.accept):
            one_widget.setVisible(may and bool(inspection.findings))
        self.only_admin.setVisible(not may and bool(inspection.findings))

    def _failed(self, error: BaseException) -> None:
        self.again.setEnabled(True)
        if not isinstance(error, Cancelled):
            tell_trouble(self.bar, error)

    def _accept(self) -> None:
        if not self.reason.text().strip():
            self.bar.tell(Tone.ERROR, _("请写明知悉的理由：查清了什么情况。"))
            self.reason.setFocus()
            return
        found, reason, acting = self._found, self.reason.text(), self._context.acting()
        self._context.do(
            lambda office: audit.accept(office, found, reason, acting),
            self._accepted,
            self._failed,
        )

    def _accepted(self, _done: Done[None]) -> None:
        self.reason.clear()
        self._context.said.emit(_("已知悉，并记入操作记录。"), 0)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(theme.em(70))
        stack = QVBoxLayout(inside)
        stack.setContentsMargins(0, 0, theme.MEDIUM, 0)
        stack.setSpacing(theme.LARGE)
        stack.addLayout(self._column)
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.reason, 1)
        line.addWidget(self.accept)
        stack.addLayout(line)
        stack.addWidget(self.only_admin)
        stack.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        for one in (self.reason, self.accept, self.only_admin):
            one.hide()


def _card(one: Finding) -> QWidget:
    frame = card()
    column = QVBoxLayout(frame)
    column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
    column.setSpacing(theme.SMALL)
    sentence = selectable(logwords.finding(one), "strong")
    sentence.setObjectName("findings.sentence")
    column.addWidget(sentence)
    for field in one.fields:
        name = auditwords.column_words(field.table, field.column, _)
        words = _("{name}：操作记录里是“{before}”，现在是“{after}”。").format(
            name=name, before=field.before or "—", after=field.after or "—"
        )
        column.addWidget(selectable(words))
    return frame


def bar_words(found: Sequence[Finding], more: int) -> str:
    """Return what the bar of the window says of findings."""
    first = logwords.finding(found[0])
    rest = len(found) - 1 + more
    return first if not rest else first + _("另有 {n} 处。").format(n=rest)
