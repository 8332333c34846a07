"""The form itself: one column of cells, their values, their faults, and moving on with Enter."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.text import _
from desktop.ui.common import theme
from desktop.ui.common.bars import MessageBar, Tone
from desktop.ui.common.forms.cell import Cell
from desktop.ui.common.forms.choices import ChecksEditor, ChecksField, ChoiceField, RadioField
from desktop.ui.common.forms.field import Editor, Field, Section
from desktop.ui.common.forms.files import FilesEditor
from desktop.ui.common.forms.pasting import has_files
from desktop.ui.common.forms.section import SectionBox
from desktop.ui.common.labels import plain

_BESIDE_FROM = 34  # characters of width from which labels stand beside their inputs
_CHOSEN = (ChecksField, ChoiceField, RadioField)  # where one does not write but choose
_WIDEST = 52  # characters; longer lines are hard to read


class Form(QWidget):
    """A column of labelled inputs declared by fields and sections.

    `today` is the day that 今天 and dates without a year refer to.
    """

    edited = Signal(str)  # the key of the field
    settled = Signal()  # everything on screen counts as saved

    def __init__(
        self, parts: Sequence[Field | Section], today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cells: dict[str, Cell] = {}
        self._sections: dict[str, SectionBox] = {}
        self._hidden: set[str] = set()
        self.bar = MessageBar()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.MEDIUM)
        self._column.addWidget(self.bar)
        for part in parts:
            self._add(part, today)
        self.setMaximumWidth(theme.em(_WIDEST))
        self._column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._clean = self._states()
        # files may be dropped anywhere on a form that keeps files
        self.setAcceptDrops(self._files() is not None)
        self._arrange()

    # -- values --------------------------------------------------------------------------------

    def values(self) -> dict[str, object]:
        """What was entered, by key. A hidden field counts as blank, whatever stands in it."""
        return {
            key: cell.editor.blank() if key in self._hidden else cell.editor.value()
            for key, cell in self._cells.items()
        }

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show values; keys that are not given keep theirs. The form is clean afterwards."""
        for key, value in values.items():
            self._cells[key].editor.set_value(value)
        self.clear_faults()
        self.mark_clean()

    def dirty(self) -> bool:
        """Whether something was entered since the last set_values or mark_clean."""
        return self._states() != self._clean

    def mark_clean(self, *keys: str) -> None:
        """Take what is on screen as saved; with keys only what stands in these fields."""
        now = self._states()
        self._clean = {**self._clean, **{key: now[key] for key in keys or now}}
        if not keys:
            self.settled.emit()

    # -- drafts --------------------------------------------------------------------------------

    def kept(self) -> dict[str, object]:
        """Everything on screen as a draft keeps it, what can not be read and what is hidden too."""
        return {key: cell.editor.kept() for key, cell in self._cells.items()}

    def words(self) -> tuple[str, ...]:
        """What is filled in, line by line with its label, to be read without the form."""
        found = []
        for key, cell in self._cells.items():
            if key not in self._hidden and (said := cell.editor.words()):
                label = plain(cell.field.label)
                found.append(_("{label}：{said}").format(label=label, said=said))
        return tuple(found)

    def restore(self, kept: Mapping[str, object]) -> None:
        """Show what a draft kept, field by field as if it were typed; the form is not clean.

        Fields that the form no longer has are passed over.
        """
        for key, cell in self._cells.items():
            if key in kept:
                self._restore(key, cell, kept[key])
        self.clear_faults()

    def _restore(self, key: str, cell: Cell, kept: object) -> None:
        before, heard = cell.editor.state(), False

        def hear() -> None:
            nonlocal heard
            heard = True

        connection = cell.editor.edited.connect(hear)
        cell.editor.restore(kept)
        cell.editor.edited.disconnect(connection)
        if cell.editor.state() == before:
            return
        if key in self._sections:
            self._sections[key].set_folded(folded=False)
        if not heard:  # some inputs say nothing when they are filled by the program
            self.edited.emit(key)

    def editor(self, key: str) -> Editor:
        """The input of a field."""
        return self._cells[key].editor

    def name_inputs(self, name: str) -> None:
        """Call every input `name` and its key, for whoever looks for it on the page."""
        for key, cell in self._cells.items():
            if not cell.editor.target().objectName():  # an input may have brought a name along
                cell.editor.target().setObjectName(f"{name}.{key}")

    # -- faults --------------------------------------------------------------------------------

    def problems(self) -> dict[str, str]:
        """Sentences about inputs that cannot be read, by key."""
        found = {
            key: cell.editor.problem()
            for key, cell in self._cells.items()
            if key not in self._hidden
        }
        return {key: sentence for key, sentence in found.items() if sentence}

    def unfilled(self) -> dict[str, str]:
        """Sentences about required inputs in which nothing stands, by key."""
        return {
            key: _("请选择一项。") if isinstance(cell.field, _CHOSEN) else _("请填写这一项。")
            for key, cell in self._cells.items()
            if cell.field.required and key not in self._hidden
            if not cell.editor.problem() and cell.editor.value() in ("", (), None)
        }

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Show each sentence under its field and put the keyboard on the first faulty one.

        A key like `people.0.name` belongs to the field `people`. What belongs to no field is
        said above the form.
        """
        self.clear_faults()
        placed: dict[str, list[str]] = {}
        others: list[str] = []
        for key, sentence in faults.items():
            own = key if key in self._cells else key.split(".")[0]
            if own in self._cells and own not in self._hidden:
                placed.setdefault(own, []).append(sentence)
            else:
                others.append(sentence)
        for key, sentences in placed.items():
            self._cells[key].show_fault("\n".join(sentences))
        if others:
            self.bar.tell(Tone.ERROR, "\n".join(others))
        first = next((cell for key, cell in self._cells.items() if key in placed), None)
        if first is not None:
            self._enter(first)
        elif others:
            QTimer.singleShot(0, self, lambda: self._reveal(self.bar))

    def clear_faults(self) -> None:
        """Take all faults away."""
        self.bar.clear()
        for cell in self._cells.values():
            if cell.fault():
                cell.show_fault("")

    def faults(self) -> dict[str, str]:
        """The sentences on screen, by key."""
        return {key: cell.fault() for key, cell in self._cells.items() if cell.fault()}

    # -- fields --------------------------------------------------------------------------------

    def set_shown(self, key: str, shown: bool) -> None:
        """Show or hide a field; a hidden one yields its blank value."""
        self._cells[key].setVisible(shown)
        (self._hidden.discard if shown else self._hidden.add)(key)

    def set_hint(self, key: str, text: str) -> None:
        """Show another hint under a field, such as the date that follows from it."""
        self._cells[key].set_hint(text)

    def hint(self, key: str) -> str:
        """The hint under a field."""
        return self._cells[key].hint()

    def enter(self, key: str) -> None:
        """Put the keyboard on a field."""
        self._enter(self._cells[key])

    def enter_first(self) -> None:
        """Put the keyboard on the first faulty field, else the first that can be filled in."""
        faulty = next((cell for cell in self._cells.values() if cell.fault()), None)
        if faulty is not None:
            self._enter(faulty)
            return
        for key, cell in self._cells.items():
            if key not in self._hidden and cell.editor.focusPolicy() != Qt.FocusPolicy.NoFocus:
                cell.editor.target().setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # -- Qt ------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = self._files()
        if files is None:
            return
        key, editor = files
        if key in self._sections:
            self._sections[key].set_folded(folded=False)
        editor.drop(event.mimeData())
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self._reveal(editor))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            holder = QApplication.focusWidget()
            if isinstance(holder, QPushButton) and not self._heads_open(holder):
                holder.click()
            else:
                self._go_on(holder)
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the width there is to see: a form too wide for it keeps its own."""
        super().showEvent(event)
        scroll = self._scroll()
        if scroll is not None:
            scroll.viewport().installEventFilter(self)  # once, however often it is shown
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMaximumWidth(theme.em(_WIDEST))
            QTimer.singleShot(0, self, self._arrange)

    # -- inside --------------------------------------------------------------------------------

    def _add(self, part: Field | Section, today: date) -> None:
        if isinstance(part, Section):
            box = SectionBox(part)
            for field in part.fields:
                box.add(self._make(field, today))
                self._sections[field.key] = box
            self._column.addWidget(box)
        else:
            self._column.addWidget(self._make(part, today))

    def _make(self, field: Field, today: date) -> Cell:
        if field.key in self._cells:
            raise ValueError(f"two fields are called {field.key}")
        cell = Cell(field, today)
        cell.edited.connect(self.edited)
        self._cells[field.key] = cell
        return cell

    def _files(self) -> tuple[str, FilesEditor] | None:
        """The field that keeps dropped files: the first one that is shown."""
        return next(
            (
                (key, cell.editor)
                for key, cell in self._cells.items()
                if isinstance(cell.editor, FilesEditor) and key not in self._hidden
            ),
            None,
        )

    def _states(self) -> dict[str, object]:
        return {key: cell.editor.state() for key, cell in self._cells.items()}

    def _arrange(self) -> None:
        beside = self._room() >= theme.em(_BESIDE_FROM)
        widest = max((cell.label_width() for cell in self._cells.values()), default=0)
        for cell in self._cells.values():
            cell.set_side(min(widest, theme.em(9)), beside=beside)

    def _heads_open(self, button: QPushButton) -> bool:
        """Say whether a button is the heading of a section that is open: Enter goes into it."""
        boxes = set(self._sections.values())
        return any(box.toggle is button and not box.folded() for box in boxes)

    def _room(self) -> int:
        """The width there is to see: with the labels beside them the inputs may ask for more."""
        scroll = self._scroll()
        if scroll is None or (inside := scroll.widget()) is None:
            return self.width()
        left = self.mapTo(inside, QPoint()).x()
        return min(self.width(), scroll.viewport().width() - 2 * left)

    def _scroll(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above

    def _enter(self, cell: Cell) -> None:
        box = self._sections.get(cell.field.key)
        if box is not None:
            box.set_folded(folded=False)
        cell.editor.target().setFocus(Qt.FocusReason.OtherFocusReason)
        # The layout has to make room for the sentences first.
        QTimer.singleShot(0, self, lambda: self._reveal(cell))

    def _go_on(self, holder: QWidget | None) -> None:
        """Enter goes to the next input; what stands beside an input (添加、删除) is for Tab."""
        own = self._editor_of(holder)
        following = holder.nextInFocusChain() if holder is not None else None
        while following is not None and following is not holder and self.isAncestorOf(following):
            if self._stops(following, own):
                following.setFocus(Qt.FocusReason.TabFocusReason)
                return
            following = following.nextInFocusChain()
        self.focusNextPrevChild(True)

    def _stops(self, widget: QWidget, own: Editor | None) -> bool:
        """Say whether Enter stops at a widget, coming from an editor."""
        can = widget.isEnabled() and widget.isVisibleTo(self) and widget.focusProxy() is None
        if not can or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return False
        editor = self._editor_of(widget)
        if editor is None:
            return True
        if isinstance(editor, ChecksEditor):
            return editor is not own and widget is editor.target()
        return not isinstance(widget, QAbstractButton) or widget in editor.editors()

    def _editor_of(self, widget: QWidget | None) -> Editor | None:
        """The input of the form in which a widget stands: the innermost one."""
        while widget is not None and widget is not self:
            if isinstance(widget, Editor):
                return widget
            widget = widget.parentWidget()
        return None

    def _reveal(self, widget: QWidget) -> None:
        scroll = self._scroll()
        if scroll is not None:
            scroll.ensureWidgetVisible(widget, 0, theme.WIDE)
