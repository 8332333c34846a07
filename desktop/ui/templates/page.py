"""文书模板: kinds of letters left, the wording in the middle, its sample letter right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.rules.faults import Faults
from desktop.text import _
from desktop.ui.common.bars import Tone
from desktop.ui.common.drafts import Source
from desktop.ui.common.palette import Status
from desktop.ui.common.trouble import tell_trouble
from desktop.ui.context import Context
from desktop.ui.templates.frame import Row, TemplatesFrame
from desktop.ui.templates.history import Past
from desktop.usecases import templates
from desktop.usecases.drafts import Place
from desktop.usecases.office import Done, Office
from desktop.usecases.templates import (
    Kind,
    Look,
    Shape,
    TemplateDraft,
    TemplateRow,
    TemplateView,
)


@dataclass(frozen=True, slots=True)
class _Open:
    """A wording being edited: what was opened, what it is now, and the note for its version."""

    view: TemplateView
    draft: TemplateDraft
    note: str = ""

    def dirty(self) -> bool:
        return self.draft != self.view.draft


class TemplatesPage(TemplatesFrame):
    """Edits one wording at a time; changes not yet kept stay when another kind is looked at."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._context = context
        self._kinds: tuple[TemplateRow, ...] = ()
        self._kept: dict[tuple[Kind, str], _Open] = {}
        self._open: _Open | None = None
        self._wanted: tuple[Kind, str] | None = None
        self._looking = False
        self._again = False
        self._sampled: tuple[Kind, str] | None = None  # whose sample is shown
        source = Source(self.has_unsaved, self.kept, self.restore)
        self._keeper = context.drafts.watch(
            self, Place("templates"), _("文书模板"), source, self.draft_bar
        )
        self._connect()

    def reload(self) -> None:
        """Read anew which wordings there are; what is being edited stays."""
        self._context.ask(templates.list_templates, self._show_list)

    def has_unsaved(self) -> bool:
        """Whether some wording is changed and not yet kept."""
        self._keep()
        return any(one.dirty() for one in self._kept.values())

    def show_kind(self, kind: Kind) -> None:
        """Bring a kind of letter to the front."""
        self.list.select(kind)

    def leave(self) -> None:
        """Put the history away first; ask before changes would be out of sight."""
        if self._pages.currentWidget() is self.history:
            self._close_history()
            return
        if not self.has_unsaved():
            super().leave()
            return
        names = "、".join(one.view.name for one in self._kept.values() if one.dirty())
        self.bar.tell(
            Tone.WARN,
            _("“{names}”有没有保存的修改。").format(names=names),
            ("stay", _("继续修改")),
            ("drop", _("放弃修改并返回")),
            closable=False,
        )
        self.bar.focus_first()

    # -- drafts --------------------------------------------------------------------------------

    def kept(self) -> dict[str, object]:
        """Every changed wording: its texts, and how many versions it had."""
        self._keep()
        return {
            f"{kind}|{pack}": {
                "parts": {part.key: part.text for part in one.draft.parts},
                "layout": one.draft.layout,
                "sealed": one.draft.sealed,
                "note": one.note,
                "versions": len(one.view.versions),
            }
            for (kind, pack), one in self._kept.items()
            if one.dirty()
        }

    def restore(self, kept: Mapping[str, object]) -> None:
        """Open every wording that a draft holds and put its texts in."""
        for name, found in kept.items():
            kind, _bar, pack = name.partition("|")
            if isinstance(found, Mapping) and kind in set(Kind):
                self._restore_one(Kind(kind), pack, found)

    def _restore_one(self, kind: Kind, pack: str, found: Mapping[str, object]) -> None:
        def opened(view: TemplateView) -> None:
            draft, parts = view.draft, found["parts"]
            for key, text in parts.items() if isinstance(parts, Mapping) else ():
                draft = draft.with_text(str(key), str(text))
            draft = replace(draft, layout=str(found["layout"]), sealed=bool(found["sealed"]))
            one = _Open(view, draft, str(found["note"]))
            self._kept[kind, pack] = one
            self._wanted = (kind, pack)
            self._open = None  # what is shown has been put away in _kept
            self._show(one)
            self._fill_list()
            self.list.select(kind)
            if found["versions"] != len(view.versions):
                said = _("“{name}”后来有了新版本，请逐项核对。").format(name=view.name)
                self.bar.tell(Tone.WARN, said)

        self._keep()
        self._context.ask(lambda office: templates.open_template(office, kind, pack), opened)

    # -- the list ------------------------------------------------------------------------------

    def _show_list(self, kinds: tuple[TemplateRow, ...]) -> None:
        self._kinds = kinds
        self._fill_list()
        row = self.list.current_row()
        if row is None and kinds:
            self.list.selectRow(0)
        elif row is not None and self._open is not None and not self._dirty():
            self._ask(row.template.kind, self._open.view.pack)

    def _fill_list(self) -> None:
        unsaved = {kind for (kind, _pack), one in self._kept.items() if one.dirty()}
        if [(r.template, r.unsaved) for r in self.model.rows()] != [
            (kind, kind.kind in unsaved) for kind in self._kinds
        ]:
            self.model.set_rows([Row(kind, kind.kind in unsaved) for kind in self._kinds])

    def _pick(self, row: Row | None) -> None:
        if row is None:
            return
        kind = row.template.kind
        if self._open is not None and self._open.view.kind == kind:
            return
        self._keep()
        kept = next((key for key, one in self._kept.items() if key[0] == kind), None)
        self._ask(*(kept or (kind, "")))

    def _pick_pack(self) -> None:
        if self._open is not None:
            self._keep()
            self._ask(self._open.view.kind, str(self.pack_choice.currentData() or ""))

    def _dirty(self) -> bool:
        self._keep()
        return self._open is not None and self._open.dirty()

    def _ask(self, kind: Kind, pack: str) -> None:
        """Open a wording, or go on with the one that was being changed."""
        self._wanted = (kind, pack)
        kept = self._kept.get((kind, pack))
        if kept is not None and kept.dirty():
            self._show(kept)
        else:
            self._context.ask(
                lambda office: templates.open_template(office, kind, pack), self._opened
            )

    def _opened(self, view: TemplateView) -> None:
        if self._wanted != (view.kind, view.pack):
            return
        now = self._open.view if self._open is not None else None
        same = now is not None and (now.kind, now.pack) == (view.kind, view.pack)
        if same and (now == view or self._dirty()):  # typed since it was asked for
            return
        self._show(_Open(view, view.draft))

    # -- the editor ----------------------------------------------------------------------------

    def _show(self, one: _Open) -> None:
        self._open = one
        self._kept[one.view.kind, one.view.pack] = one
        self._title.setText(one.view.name)
        self.editor.show_template(one.view, one.draft)
        self.inserts.show_fields(one.view.fields, headings=one.view.shape is Shape.LETTER)
        self.note.setText(one.note)
        self._show_packs(one.view)
        self._tell_state()
        if self._pages.currentWidget() is self.history:
            self.history.show_history(one.view, unsaved=one.dirty())
        self.bar.clear()
        self._look()

    def _show_packs(self, view: TemplateView) -> None:
        blocked = self.pack_choice.blockSignals(True)
        self.pack_choice.clear()
        self.pack_choice.addItem(_("所有规则"), "")
        for pack in view.packs:
            self.pack_choice.addItem(_("只用于“{place}”").format(place=pack.place), pack.id)
        self.pack_choice.setCurrentIndex(max(self.pack_choice.findData(view.pack), 0))
        self.pack_choice.blockSignals(blocked)
        for one in (self.pack_choice, self._pack_label):
            one.setVisible(bool(view.packs))

    def _keep(self) -> None:
        """Take the draft out of the editor, so that it is not lost with the page of texts."""
        if self._open is None:
            return
        one = replace(self._open, draft=self.editor.draft(), note=self.note.text())
        self._open = one
        self._kept[one.view.kind, one.view.pack] = one

    def _edited(self) -> None:
        self._keep()
        self._tell_state()
        self._fill_list()
        self.bar.clear()
        self._timer.start()
        self._keeper.touch()

    def _tell_state(self) -> None:
        if self._open is None:
            return
        dirty = self._open.dirty()
        if dirty:
            self._state.set(_("未保存"), Status.SOON)
        elif self._open.view.own:
            number = self._open.view.versions[0].number
            self._state.set(_("本单位第 {n} 版").format(n=number), Status.RUNNING)
        else:
            self._state.set(_("程序自带"), Status.VOID)
        self.save_button.setEnabled(dirty and self._context.may("template.save"))
        self.drop_button.setEnabled(dirty)

    # -- the sample ----------------------------------------------------------------------------

    def _look(self) -> None:
        """Check the draft and make its sample; one at a time, the newest draft last."""
        self._timer.stop()
        if self._open is None:
            return
        if self._looking:
            self._again = True
            return
        self._looking = True
        kind, draft, today = self._open.view.kind, self._open.draft, self._context.today()
        full = self.sample_choice.currentIndex() == 0

        def job(office: Office) -> tuple[Kind, Look]:
            return kind, templates.look(office, kind, draft, today=today, full=full)

        self._context.tasks.run(job, self._looked, self._look_failed)

    def _looked(self, found: tuple[Kind, Look]) -> None:
        self._looking = False
        if self._again:
            self._again = False
            self._look()
            return
        kind, look = found
        if self._open is None or self._open.view.kind != kind:
            return
        self.editor.show_faults(look.faults)
        if look.pdf is not None:
            self._sampled = (kind, self._open.view.pack)
            self.preview.bar.clear()
            self.preview.show_letter(look.pdf, _("{name}样例").format(name=self._open.view.name))
        elif self._sampled == (kind, self._open.view.pack):
            self.preview.bar.tell(Tone.INFO, _("样例还是改动以前的：请先改正左边标出的问题。"))
        else:
            self.preview.bar.clear()
            self.preview.show_message(_("改正左边标出的问题以后，样例会显示在这里。"))

    def _look_failed(self, error: BaseException) -> None:
        self._looking = self._again = False
        raise error

    # -- keeping -------------------------------------------------------------------------------

    def _save(self) -> None:
        self._keep()
        if self._open is None or not self.save_button.isEnabled():
            return
        one, acting = self._open, self._context.acting()
        self.save_button.setEnabled(False)
        self.bar.clear()

        def job(office: Office) -> Done[int]:
            view = one.view
            return templates.save(office, view.kind, view.pack, one.draft, one.note, acting)

        self._context.do(job, self._saved, self._refused)

    def _saved(self, done: Done[int]) -> None:
        if self._open is None:
            return
        name = self._open.view.name
        self._forget()
        self.reload()
        self._context.said.emit(
            _("已保存“{name}”的新版本，以后制作的文书使用它。").format(name=name), done.event
        )

    def _refused(self, error: BaseException) -> None:
        self._tell_state()
        found = templates.faults_of(error) if isinstance(error, Faults) else ()
        if found and all(fault.code not in _OF_THE_PAGE for fault in found):
            self.editor.show_faults(found)
            self.bar.tell(Tone.ERROR, _("没有保存：请先改正标出的问题。"))
            self.editor.go_to(found[0])
        else:
            tell_trouble(self.bar, error)

    def _forget(self) -> None:
        """Read the wording anew: it was kept, or its changes were dropped."""
        if self._open is None:
            return
        view = self._open.view
        self._kept.pop((view.kind, view.pack), None)
        self._open = None
        self._keeper.keep()
        self.note.clear()
        self._fill_list()
        self._ask(view.kind, view.pack)

    def _drop(self) -> None:
        self._keep()
        if self._open is not None:
            self._kept.pop((self._open.view.kind, self._open.view.pack), None)
            self._show(_Open(self._open.view, self._open.view.draft))
            self._fill_list()
            self._keeper.keep()
            self.editor.enter()

    def _answer(self, key: str) -> None:
        self.bar.clear()
        if key == "drop":
            self._kept.clear()
            if self._open is not None:
                self._show(_Open(self._open.view, self._open.view.draft))
            self._fill_list()
            self._keeper.settle()
            super().leave()
        else:
            self.editor.enter()

    # -- history -------------------------------------------------------------------------------

    def _show_history(self) -> None:
        self._keep()
        if self._open is not None:
            self.history.show_history(self._open.view, unsaved=self._open.dirty())
            self._pages.setCurrentWidget(self.history)
            self._tell_page()
            self.history.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_history(self) -> None:
        self._pages.setCurrentIndex(0)
        self._tell_page()
        self.editor.enter()

    def _tell_page(self) -> None:
        editing = self._pages.currentIndex() == 0
        self.history_button.setEnabled(editing)
        self.inserts.setEnabled(editing)

    def _restore(self, past: Past) -> None:
        if self._open is None:
            return
        view, acting = self._open.view, self._context.acting()
        if past.row is None:
            note = _("恢复为程序自带的文字")
        else:
            note = _("恢复第 {n} 版").format(n=past.number)

        def job(office: Office) -> Done[int]:
            return templates.restore(office, view.kind, view.pack, past.row, note, acting)

        self._context.do(job, self._restored, self._not_restored)

    def _restored(self, done: Done[int]) -> None:
        if self._open is None:
            return
        name = self._open.view.name
        self._close_history()
        self._forget()
        self.reload()
        self._context.said.emit(_("已恢复“{name}”的旧文字。").format(name=name), done.event)

    def _not_restored(self, error: BaseException) -> None:
        found = templates.faults_of(error) if isinstance(error, Faults) else ()
        if found and all(fault.code not in _OF_THE_PAGE for fault in found):
            self.bar.tell(Tone.ERROR, _("这一版按现在的要求不能使用，请在编辑区里改写。"))
        else:
            tell_trouble(self.bar, error)

    # -- making --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.list.current.connect(self._pick)
        self.list.chosen.connect(lambda _row: self.editor.enter())
        self.inserts.chosen.connect(self.editor.insert)
        self.editor.edited.connect(self._edited)
        self.note.textEdited.connect(lambda _text: self._keeper.touch())
        self.pack_choice.currentIndexChanged.connect(self._pick_pack)
        self.sample_choice.currentIndexChanged.connect(self._look)
        self._timer.timeout.connect(self._look)
        self.save_button.clicked.connect(self._save)
        self.drop_button.clicked.connect(self._drop)
        self.history_button.clicked.connect(self._show_history)
        self.history.closed.connect(self._close_history)
        self.history.restored.connect(self._restore)
        self.bar.clicked.connect(self._answer)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._save)


#: Faults that belong to no text of the draft.
_OF_THE_PAGE = ("template_unchanged", "template_outdated", "too_long", "required")
