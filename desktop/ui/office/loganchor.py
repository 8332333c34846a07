"""核对链首: a head of the log, typed from paper or scanned from a letter; is it still in the file?"""

from PySide6.QtWidgets import QWidget

from desktop.text import _
from desktop.ui.common.labels import label
from desktop.ui.common.record import Fact
from desktop.ui.context import Context
from desktop.ui.office import logwords
from desktop.ui.office.askpage import AskPage, AskWords
from desktop.usecases import audit, auditwords
from desktop.usecases.audit import AnchorVerdict


class AnchorPage(AskPage):
    """What the file says to the last head, and where it ends now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        said = _(
            "链首印在每份文书的二维码里和月度核对单上。把纸上的链首打进来，或者扫文书首页的二维码："
            "如果数据文件的末尾被截去，或者被换成旧的，链首就对不上。"
        )
        words = AskWords(
            title=_("核对链首"),
            said=said,
            field=_("链首"),
            sample="1234-ABCD-EFGH-IJKL-MNOP",
            ask=_("核对(&C)"),
            found=_("数据文件里这一条"),
        )
        super().__init__(context, "anchor", words, parent)
        self.now = label("", "quiet", wrap=True)
        self.now.setObjectName("anchor.now")
        self.below.addWidget(self.now)

    def reload(self) -> None:
        """Show where the file ends now."""
        super().reload()
        self.context.ask(audit.head, self._show_now)

    def look_up(self, typed: str) -> None:
        self.context.ask(lambda office: audit.check_anchor(office, typed), self._show)

    def _show_now(self, head: str) -> None:
        self.now.setText(_("数据文件现在的链首：{head}").format(head=head))

    def _show(self, verdict: AnchorVerdict) -> None:
        said, tone = logwords.held_words(verdict)
        self.verdict.tell(tone, said, closable=False)
        self.card.setVisible(verdict.at is not None)
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
