"""A draft's texts one below the other as on the paper, with what is wrong beneath them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _
from desktop.ui.common import icons, theme
from desktop.ui.common.forms.choices import Combo
from desktop.ui.common.labels import Elided, label
from desktop.ui.common.palette import Status
from desktop.ui.templates.inserts import Snippet
from desktop.ui.templates.parttext import PartText
from desktop.ui.templates.words import fault_words, part_title, place_words
from desktop.usecases.templates import Part, Shape, TemplateDraft, TemplateFault, TemplateView

_LAYOUTS = ("correspondence", "document")


class DraftEditor(QWidget):
    """Edits one draft; `edited()` after every change, `explained(str)` as the cursor moves."""

    edited = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._view: TemplateView | None = None
        self._texts: dict[str, PartText] = {}
        self._titles: dict[str, str] = {}
        self._active = ""
        self._filling = False
        self.layout_choice = Combo()
        self.sealed = QCheckBox(_("留出盖章的位置"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.said = Elided("", "quiet")
        self.said.setObjectName(f"{name}.explained")
        self.faults = _FaultList()
        self.faults.setObjectName(f"{name}.faults")
        self.faults.setAccessibleName(_("检查结果"))
        self.faults.chosen.connect(self.go_to)
        self._set_up_choices()
        self._choices = self._choice_row()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(self._choices)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.said)
        column.addWidget(self.faults)

    def show_template(self, view: TemplateView, draft: TemplateDraft) -> None:
        """Show a draft of an opened template."""
        self._filling = True
        self._view = view
        self._texts, self._titles, self._active = {}, {}, ""
        letter = view.shape is Shape.LETTER
        self._choices.setVisible(letter)
        if letter:
            self.layout_choice.setCurrentIndex(_LAYOUTS.index(draft.layout))
            self.sealed.setChecked(draft.sealed)
        self._scroll.setWidget(self._sheet(view, draft))
        self.said.set_text("")
        self._filling = False
        first = "body" if "body" in self._texts else next(iter(self._texts), "")
        self._active = first
        QTimer.singleShot(0, self, self._to_top)

    def draft(self) -> TemplateDraft:
        """Return the draft as it stands."""
        assert self._view is not None
        base = self._view.draft
        parts = tuple(
            Part(part.key, self._texts[part.key].toPlainText(), part.size) for part in base.parts
        )
        if self._view.shape is not Shape.LETTER:
            return TemplateDraft(parts, base.layout, base.sealed)
        layout = _LAYOUTS[max(self.layout_choice.currentIndex(), 0)]
        return TemplateDraft(parts, layout, self.sealed.isChecked())

    def text(self, key: str) -> PartText:
        """Return the editor of a text."""
        return self._texts[key]

    def show_faults(self, faults: Sequence[TemplateFault]) -> None:
        """Mark the faults at their lines and say them beneath."""
        assert self._view is not None
        fields = self._view.fields
        said = [(fault, fault_words(fault, fields)) for fault in faults]
        for key, text in self._texts.items():
            text.mark([one for one in said if one[0].part == key])
        rows = []
        for fault, sentence in said:
            title = self._titles.get(fault.part, "")
            place = _("{place}：").format(place=place_words(fault, title)) if title else ""
            rows.append((fault, place + sentence))
        self.faults.show_faults(rows)

    def insert(self, snippet: Snippet) -> None:
        """Insert at the cursor of the text that was being edited, around what is marked there."""
        text = self._texts.get(self._active)
        if text is None:
            return
        marked = text.textCursor().selectedText().replace("\u2029", "\n")
        middle = marked if snippet.end and marked else snippet.middle
        text.insert_snippet(snippet.text + middle + snippet.end)

    def go_to(self, fault: TemplateFault) -> None:
        """Go to the place of a fault."""
        if fault.part in self._texts:
            self._texts[fault.part].go_to(fault.line)

    def enter(self) -> None:
        """Put the keyboard into the text that was edited last."""
        if self._active in self._texts:
            self._texts[self._active].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- inside --------------------------------------------------------------------------------

    def _set_up_choices(self) -> None:
        self.layout_choice.setObjectName(f"{self._name}.layout")
        self.layout_choice.setAccessibleName(_("版式"))
        for words in (_("信函格式"), _("文件格式")):
            self.layout_choice.addItem(words)
        self.sealed.setObjectName(f"{self._name}.sealed")
        self.layout_choice.currentIndexChanged.connect(self._changed)
        self.sealed.toggled.connect(self._changed)

    def _sheet(self, view: TemplateView, draft: TemplateDraft) -> QWidget:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(theme.TIGHT, 0, theme.MEDIUM, theme.SMALL)
        column.setSpacing(theme.TIGHT)
        row: QHBoxLayout | None = None
        for part in draft.parts:
            cell = self._cell(part, view, draft)
            if part.key.endswith(".label"):  # beside what it stands before on the paper
                row = QHBoxLayout()
                row.setSpacing(theme.SMALL)
                row.addWidget(cell, 2)
                column.addLayout(row)
            elif part.key.endswith(".value") and row is not None:
                row.addWidget(cell, 5)
            else:
                column.addWidget(cell)
        column.addStretch(1)
        return sheet

    def _choice_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(theme.TIGHT, 0, 0, 0)
        row.setSpacing(theme.SMALL)
        row.addWidget(label(_("版式"), "quiet"))
        row.addWidget(self.layout_choice)
        row.addSpacing(theme.MEDIUM)
        row.addWidget(self.sealed)
        row.addStretch(1)
        return made

    def _cell(self, part: Part, view: TemplateView, draft: TemplateDraft) -> QWidget:
        title = part_title(part, draft.parts, view.shape)
        text = PartText(part.size, view.fields)
        text.setObjectName(f"{self._name}.{part.key}")
        text.setAccessibleName(title)
        text.show_text(part.text)
        text.textChanged.connect(self._changed)
        text.explained.connect(self.said.set_text)
        text.entered.connect(lambda key=part.key: self._enter(key))
        text.moved.connect(lambda key=part.key: self._keep_in_view(key))
        self._texts[part.key] = text
        self._titles[part.key] = title
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if part.key.endswith((".label", ".value")):  # they stand side by side as on the paper
            text.setToolTip(title)
        else:
            name = label(title, "quiet")
            name.setBuddy(text)
            column.addWidget(name)
        column.addWidget(text)
        column.addStretch(1)
        return cell

    def _enter(self, key: str) -> None:
        self._active = key

    def _changed(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _to_top(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)

    def _keep_in_view(self, key: str) -> None:
        if key in self._texts:
            QTimer.singleShot(0, self, lambda: self._scroll_to(key))

    def _scroll_to(self, key: str) -> None:
        text, sheet = self._texts.get(key), self._scroll.widget()
        if text is None or sheet is None:
            return
        at = text.viewport().mapTo(sheet, text.cursorRect().bottomLeft())
        self._scroll.ensureVisible(0, at.y(), 0, 2 * text.fontMetrics().lineSpacing())


class _FaultList(QListWidget):
    """What the check found, in sentences; a click or Enter goes to the place."""

    chosen = Signal(object)
    _MOST = 4

    def __init__(self) -> None:
        super().__init__()
        self._found: list[tuple[TemplateFault, str]] = []
        self.setWordWrap(True)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        theme.on_change(self._renew)

    def show_faults(self, found: list[tuple[TemplateFault, str]]) -> None:
        """Show faults with their sentences; none: say so."""
        self._found = found
        self._renew()

    def sentences(self) -> list[str]:
        """Return the sentences shown."""
        return [self.item(n).text() for n in range(self.count())]

    def _renew(self) -> None:
        self.clear()
        if not self._found:
            self._add("checkmark_circle", Status.DONE, _("检查通过。"), None)
        for fault, sentence in self._found:
            if fault.warning:
                self._add("warning", Status.SOON, sentence, fault)
            else:
                self._add("error", Status.OVERDUE, sentence, fault)
        self._fit()
        QTimer.singleShot(0, self, self._fit)  # once the width of the wrapped lines is known

    def _add(self, icon: str, status: Status, sentence: str, fault: TemplateFault | None) -> None:
        item = QListWidgetItem(icons.icon(icon, theme.status(status).text), sentence)
        item.setData(Qt.ItemDataRole.UserRole, fault)
        item.setToolTip(sentence)
        self.addItem(item)

    def _fit(self) -> None:
        rows = [max(self.sizeHintForRow(n), theme.px(24)) for n in range(self.count())]
        self.setFixedHeight(sum(rows[: self._MOST]) + 2 * self.frameWidth() + theme.TIGHT)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        QTimer.singleShot(0, self, self._fit)

    def _choose(self, item: QListWidgetItem) -> None:
        fault = item.data(Qt.ItemDataRole.UserRole)
        if fault is not None:
            self.chosen.emit(fault)
