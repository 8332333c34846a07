"""The form of an office: names, letterhead, clerks, and the rulebook of each system."""

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.rules.faults import Faults
from desktop.rules.rulebook import Rulebook, System, entries
from desktop.text import N_, _
from desktop.ui.common import theme, wording
from desktop.ui.common.forms import Form, LineField, NoteField, NumberField, RadioField, Section
from desktop.ui.common.forms.choices import ChoiceEditor
from desktop.ui.common.forms.field import Editor, Field, follow
from desktop.ui.common.labels import label, selectable
from desktop.ui.office.seriesfield import SeriesEditor, SeriesField
from desktop.ui.office.userfields import (
    ALONE,
    password_fields,
    person_fields,
    read_user,
    repeat_fault,
    tell_strength,
)
from desktop.usecases.letters import SERIES, TITLES
from desktop.usecases.office import CHOSEN, IDLE_USUAL, SERIES_WORD
from desktop.usecases.profile import ClerkDraft, FontChoice, OfficeDraft
from desktop.usecases.rulebooks import Library

#: How the keys of the first user's fields begin.
_USER = "user."


class ProfileForm(Form):
    """The same questions for a new office and for one that is open; `first` come before them."""

    def __init__(
        self, name: str, today: date, first: Sequence[Field] = (), *, new: bool = False
    ) -> None:
        """`name` begins the object names of the inputs; a `new` office asks for its first user."""
        super().__init__([*first, *_parts(new=new)], today)
        self._new = new
        self._clerks: tuple[ClerkDraft, ...] = ()
        self._today = today
        self._auto = ""
        self._library: Library | None = None
        self.name_inputs(name)
        self.set_values({"idle": IDLE_USUAL})
        if new:
            self.set_values({f"{_USER}roles": ALONE})
        self.edited.connect(self._follow)
        self._show_example()

    def set_library(self, library: Library) -> None:
        """Offer the rulebooks that hold anything of a system."""
        self._library = library
        for system in CHOSEN:
            editor = self.editor(f"pack.{system}")
            assert isinstance(editor, _PackEditor)
            editor.set_books([b for b in library.places() if b.offers(system)])
        self._show_notes()

    def show_draft(self, draft: OfficeDraft) -> None:
        """Show what is kept."""
        self._clerks = draft.clerks
        packs = {f"pack.{system}": draft.packs.get(system) for system in CHOSEN}
        texts = ("name", "letterhead", "mark", "telephone", "address", "postcode", "contact")
        letters = {"fonts": draft.fonts.value, "series": draft.series, "idle": draft.idle}
        self.set_values({k: getattr(draft, k) for k in texts} | packs | letters)
        self._show_example()
        self._show_notes()

    def draft(self) -> OfficeDraft:
        """What was typed, for the use cases."""
        values = self.values()
        return OfficeDraft(
            name=str(values["name"]),
            letterhead=str(values["letterhead"]),
            mark=str(values["mark"]),
            telephone=str(values["telephone"]),
            address=str(values["address"]),
            contact=str(values["contact"]),
            clerks=(read_user(values, _USER),) if self._new else self._clerks,
            packs={system: str(values[f"pack.{system}"] or "") for system in CHOSEN},
            postcode=str(values["postcode"]),
            fonts=FontChoice(str(values["fonts"] or FontChoice.BUNDLED)),
            series=_own_words(values["series"]),
            idle=values["idle"] if isinstance(values["idle"], int) else None,
        )

    def problems(self) -> dict[str, str]:
        """Sentences about inputs that cannot be read, by key."""
        found = super().problems()
        return {**found, **repeat_fault(self.values(), _USER)} if self._new else found

    def show_refusal(self, error: Faults) -> None:
        """Show what the rules say, each sentence under its field."""
        said = wording.faults_by_field(error)
        for key, sentence in list(said.items()):
            if key.startswith("clerks.0."):
                said[key.replace("clerks.0.", _USER)] = said.pop(key)
            elif key == "clerks":
                said[f"{_USER}roles"] = said.pop(key)
            elif key.startswith(SERIES_WORD):
                kind = TITLES[key.removeprefix(SERIES_WORD)]
                said[key] = _("{kind}：{said}").format(kind=kind, said=sentence)
        self.show_faults(said)
        wrong = tuple(k.removeprefix(SERIES_WORD) for k in said if k.startswith(SERIES_WORD))
        self._words().mark_kinds(wrong)

    def _words(self) -> SeriesEditor:
        editor = self.editor("series")
        assert isinstance(editor, SeriesEditor)
        return editor

    def _follow(self, key: str) -> None:
        if key == "name":
            self._follow_name()
        elif key in ("mark", "series"):
            self._show_example()
        elif key.startswith("pack."):
            self._show_notes()
        elif key in (f"{_USER}password", f"{_USER}name"):
            tell_strength(self, _USER, str(self.values()[f"{_USER}name"]))

    def _follow_name(self) -> None:
        """The letterhead is nearly always the name: propose it until it is written by hand."""
        values = self.values()
        if values["letterhead"] in ("", self._auto):
            self._auto = str(values["name"])
            self.editor("letterhead").set_value(self._auto)

    def _show_example(self) -> None:
        mark = str(self.values()["mark"]) or _("某公开办")
        self._words().set_mark(mark)
        hint = _("写在文书编号的开头，例如：{number}")
        self.set_hint("mark", hint.format(number=self._words().example("transfer")))

    def _show_notes(self) -> None:
        editor = self.editor("notes")
        assert isinstance(editor, _NotesEditor)
        books: dict[str, Rulebook] = {}
        if self._library is not None:
            known = {b.id: b for b in self._library.places()}
            for system in CHOSEN:
                chosen = self.editor(f"pack.{system}").value()
                if isinstance(chosen, str) and chosen in known:
                    books[chosen] = known[chosen]
        editor.show_books(list(books.values()))


def _own_words(words: object) -> dict[str, str]:
    """Return the words that are not the program's own."""
    given = words if isinstance(words, Mapping) else {}
    return {kind: str(word) for kind, word in given.items() if word != SERIES[kind]}


_FONTS = (
    (FontChoice.BUNDLED.value, N_("始终使用程序自带字体")),
    (FontChoice.SYSTEM.value, N_("使用本机字体")),
)


def _first_user() -> Section:
    note = NoteField("user.note", "", text=_("您自己。其他人建好以后在“用户和权限”里添加。"))
    return Section(
        _("第一个用户"), [note, *person_fields(_USER), *password_fields(_USER)], folded=False
    )


def _parts(*, new: bool) -> list[Field | Section]:
    return [
        LineField("name", _("单位名称(&N)"), required=True, hint=_("印在文书的落款和印发机关处。")),
        LineField(
            "letterhead", _("发文机关标志(&H)"), required=True, hint=_("印在文书顶上的红字。")
        ),
        LineField("mark", _("机关代字(&M)"), required=True, width=10),
        LineField("telephone", _("联系电话(&T)"), width=16, narrow=True),
        LineField("address", _("地址(&A)")),
        LineField("postcode", _("邮政编码(&Z)"), width=6, narrow=True, hint=_("印在信封上。")),
        LineField("contact", _("联系人(&C)"), width=10),
        *([_first_user()] if new else []),
        Section(
            _("使用的规则"),
            [
                *(
                    PackField(
                        f"pack.{system}", _(wording.SYSTEMS[system]), required=True, system=system
                    )
                    for system in CHOSEN
                ),
            ],
            folded=False,
        ),
        Section(
            _("文书编号和字体"),
            [
                SeriesField(
                    "series",
                    _("编号用字"),
                    hint=_("写在机关代字和年份之间。改动后从 1 号另起一个序列，已经编的号不变。"),
                ),
                RadioField(
                    "fonts",
                    _("文书字体"),
                    choices=[(value, _(words)) for value, words in _FONTS],
                    hint=_(
                        "自带字体在每台电脑上印得一样；本机装有仿宋、小标宋并且允许嵌入的，可以使用本机字体。"
                    ),
                ),
            ],
        ),
        Section(
            _("锁定"),
            [
                NumberField(
                    "idle",
                    _("无人操作锁定"),
                    unit=_("分钟"),
                    hint=_("这么久没有按键也没有动鼠标，窗口就锁定；1 到 30 分钟。"),
                )
            ],
        ),
        Section(_("所选规则的说明和存疑"), [NotesField("notes", "")]),
    ]


def coverage(book: Rulebook, system: System) -> str:
    """What a rulebook holds of a system, in one line."""
    clocks = [c for c in book.clocks if c.system is system]
    counts = {
        System.COMPLAINTS: (
            (len(book.channels), _("渠道 {n} 种")),
            (len(book.grounds), _("事由 {n} 项")),
            (len(clocks), _("期限 {n} 个")),
        ),
        System.ACCOUNTABILITY: (
            (len(book.situations), _("追究情形 {n} 项")),
            (len(book.bearings), _("责任区分 {n} 条")),
            (len(book.rungs), _("追究方式 {n} 档")),
        ),
        System.ASSESSMENT: (
            (sum(b.system == "assessment" for b in book.blocks), _("考核内容 {n} 项")),
            (sum(g.system == "assessment" for g in book.grades), _("档次 {n} 个")),
            (sum(o.system == "assessment" for o in book.overrides), _("一票否决 {n} 条")),
        ),
    }[system]
    return _("、").join(words.format(n=n) for n, words in counts if n)


@dataclass(frozen=True, slots=True)
class PackField(Field):
    """The rulebook of one system; only those that hold anything of it are offered."""

    _: KW_ONLY
    system: System = System.COMPLAINTS

    def editor(self, today: date) -> Editor:
        return _PackEditor(self.system)


class _PackEditor(Editor):
    def __init__(self, system: System) -> None:
        super().__init__()
        self._system = system
        self._books: dict[str, Rulebook] = {}
        self._choice = ChoiceEditor(())
        self._covers = label("", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._choice)
        column.addWidget(self._covers)
        follow(self, self._choice.combo)
        self._choice.edited.connect(self._tell)
        self._choice.edited.connect(self.edited)

    def set_books(self, books: Sequence[Rulebook]) -> None:
        self._books = {book.id: book for book in books}
        version = _("{place}（第 {version} 版）")
        self._choice.set_choices(
            [(b.id, version.format(place=b.place, version=b.version)) for b in books]
        )
        self._tell()

    def value(self) -> object:
        return self._choice.value()

    def set_value(self, value: object) -> None:
        self._choice.set_value(value)
        self._tell()

    def blank(self) -> object:
        return None

    def target(self) -> QWidget:
        return self._choice.combo

    def _tell(self) -> None:
        chosen = self._choice.value()
        book = self._books.get(chosen) if isinstance(chosen, str) else None
        self._covers.setText(coverage(book, self._system) if book is not None else "")
        self._covers.setVisible(book is not None)


@dataclass(frozen=True, slots=True)
class NotesField(Field):
    """What is to be known about the chosen rulebooks; nothing to fill in."""

    def editor(self, today: date) -> Editor:
        return _NotesEditor()


class _NotesEditor(Editor):
    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.TIGHT, 0, theme.TIGHT)
        self._column.setSpacing(theme.TIGHT)
        self._text = selectable("", "quiet")
        self._column.addWidget(self._text)

    def show_books(self, books: Sequence[Rulebook]) -> None:
        self._text.setText("\n\n".join(_about(book) for book in books) or _("还没有选定规则。"))

    def value(self) -> object:
        return None

    def set_value(self, value: object) -> None:
        """There is nothing to set."""

    def blank(self) -> object:
        return None


def _about(book: Rulebook) -> str:
    lines = [_("{place}：{summary}").format(place=book.place, summary=book.summary)]
    lines += [f"· {note}" for note in book.notes]
    flagged = _("· {article}：{flag}")
    lines += [
        flagged.format(article=entry.article, flag=entry.flag)
        for _name, entry in entries(book)
        if entry.flag
    ]
    return "\n".join(lines)
