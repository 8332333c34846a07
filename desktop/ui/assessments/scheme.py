"""The scheme of a round as a card: points, cut-offs, consequences with articles, overrides."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from desktop.text import _
from desktop.ui.assessments.words import cut_off_words, grade_status
from desktop.ui.common import theme
from desktop.ui.common.flow import clear
from desktop.ui.common.labels import label, selectable
from desktop.ui.common.pills import Pill
from desktop.usecases.assessments import RoundView, show


class SchemeCard(QFrame):
    """What the office set itself stands left, what the regulation says stands right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.LARGE)
        self._grid.setVerticalSpacing(theme.TIGHT)
        self._grid.setColumnStretch(5, 1)
        self._note = label("", "quiet", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.LARGE, theme.MEDIUM, theme.LARGE, theme.MEDIUM)
        column.setSpacing(theme.SMALL)
        column.addLayout(self._grid)
        column.addWidget(self._note)

    def show_round(self, view: RoundView) -> None:
        """Show the scheme of a round."""
        clear(self._grid)
        self._heads()
        full = {b.block: b.points for b in view.scheme.blocks}
        for at, block in enumerate(view.blocks, 1):
            self._grid.addWidget(label(block.name), at, 0)
            points = label(_("{points} 分").format(points=show(full[block.id])))
            points.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(points, at, 1)
        for at, grade in enumerate(view.grades, 1):
            self._grid.addWidget(Pill(grade.name, grade_status(grade, view.grades)), at, 3)
            self._grid.addWidget(label(cut_off_words(grade, view.grades, view.scheme)), at, 4)
            said = grade.consequence or _("没有规定后果")
            words = selectable(f"{said}（{grade.article}）")
            self._grid.addWidget(words, at, 5)
        below = 1 + max(len(view.blocks), len(view.grades))
        for at, override in enumerate(o for o in view.book.overrides if o.system == "assessment"):
            rule = _("一票否决：{text}（{article}）").format(
                text=override.text, article=override.article
            )
            self._grid.addWidget(selectable(rule, "strong"), below + at, 3, 1, 3)
        title = view.book.source(view.grades[0].source).title
        self._note.setText(
            _(
                "分值和分数线为本单位自定，《{title}》没有规定。考核内容、档次和结果运用依据该文件。"
            ).format(title=title)
        )

    def _heads(self) -> None:
        for at, text in ((0, _("考核内容")), (1, _("分值")), (3, _("档次")), (4, _("分数线"))):
            head = label(text, "hint")
            if at == 1:
                head.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(head, 0, at)
        self._grid.addWidget(label(_("结果运用"), "hint"), 0, 5)
        self._grid.setColumnMinimumWidth(2, theme.LARGE)
