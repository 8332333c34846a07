"""核对链首: a head of the log, typed from paper or scanned from a letter; is it still in the file?"""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar
from desktop.ui.common.labels import button, card, label
from desktop.ui.common.record import Fact, Facts
from desktop.ui.context import Context
from desktop.ui.office import logwords
from desktop.ui.office.page import OfficePage
from desktop.usecases import audit, auditwords
from desktop.usecases.audit import AnchorVerdict


class AnchorPage(OfficePage):
    """One field, and what the file says to the last head."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            "anchor",
            _("核对链首"),
            _(
                "链首印在每份文书的二维码里和月度核对单上。把纸上的链首打进来，或者扫文书首页的二维码："
                "如果数据文件的末尾被截去，或者被换成旧的，链首就对不上。"
            ),
            parent,
        )
        self._context = context
        self.input = QLineEdit()
        self.input.setObjectName("anchor.input")
        self.input.setAccessibleName(_("链首"))
        self.input.setPlaceholderText("1234-ABCD-EFGH-IJKL-MNOP")
        self.input.returnPressed.connect(self.check)
        self.check_button = button(_("核对(&C)"), "primary", "search")
        self.check_button.setObjectName("anchor.check")
        self.check_button.clicked.connect(self.check)
        self.verdict = MessageBar()
        self.verdict.setObjectName("anchor.verdict")
        self.facts = Facts()
        self.facts.setObjectName("anchor.facts")
        self.now = label("", "quiet", wrap=True)
        self.now.setObjectName("anchor.now")
        self._card = card()
        self._lay_out()
        self.setFocusProxy(self.input)

    def reload(self) -> None:
        """Show where the file ends now."""
        self.input.setFocus()
        self._context.ask(audit.head, self._show_now)

    def has_unsaved(self) -> bool:
        """Nothing is kept here."""
        return False

    def check(self) -> None:
        """Look the head up; the field is ready for the next one."""
        typed = self.input.text()
        if typed.strip():
            self.input.selectAll()
            self._context.ask(lambda office: audit.check_anchor(office, typed), self._show)

    def _show_now(self, head: str) -> None:
        self.now.setText(_("数据文件现在的链首：{head}").format(head=head))

    def _show(self, verdict: AnchorVerdict) -> None:
        said, tone = logwords.held_words(verdict)
        self.verdict.tell(tone, said, closable=False)
        self._card.setVisible(verdict.at is not None)
        if verdict.at is not None:
            self.facts.set_facts(
                [
                    Fact(_("序号"), str(verdict.seq)),
                    Fact(_("时间"), logwords.moment(verdict.at)),
                    Fact(_("经办人"), verdict.clerk),
                    Fact(_("操作"), auditwords.action_words(verdict.action, _)),
                    Fact(_("记录"), verdict.label),
                ]
            )

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.SMALL)
        line.addWidget(self.input, 1)
        line.addWidget(self.check_button)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        inside.setSpacing(theme.MEDIUM)
        inside.addWidget(label(_("数据文件里这一条"), "heading"))
        inside.addWidget(self.facts)
        self._card.hide()
        column = QWidget()
        column.setMaximumWidth(theme.em(60))
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme.MEDIUM)
        stack.addLayout(line)
        stack.addWidget(self.verdict)
        stack.addWidget(self._card)
        stack.addWidget(self.now)
        stack.addStretch(1)
        self.body.addWidget(column, 1)
