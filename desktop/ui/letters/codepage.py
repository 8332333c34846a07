"""查验二维码: a scanner types the code of a letter; the page says whether the letter is ours."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.text import _, format_date
from desktop.ui.common.bars import Tone
from desktop.ui.common.labels import button
from desktop.ui.common.record import Fact
from desktop.ui.context import Context
from desktop.ui.letters import words
from desktop.ui.office import logwords
from desktop.ui.office.askpage import AskPage, AskWords
from desktop.usecases import lettercode
from desktop.usecases.audit import Held
from desktop.usecases.lettercode import Agreement, Verdict
from desktop.usecases.letters import TITLES

_TONES = {
    Agreement.GOOD: Tone.INFO,
    Agreement.VOID: Tone.WARN,
    Agreement.UNKNOWN: Tone.WARN,
    Agreement.UNREADABLE: Tone.WARN,
    Agreement.ALTERED: Tone.ERROR,
    Agreement.DAMAGED: Tone.ERROR,
}


class CodePage(AskPage):
    """What the last code said; a letter that was found can be opened."""

    wanted = Signal(int)  # the letter, to be opened in the book

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        said = _("把光标放在下面的框里，用扫码枪扫文书首页左下角的二维码；也可以粘贴二维码的文字。")
        asked = AskWords(
            title=_("查验二维码"),
            said=said,
            field=_("二维码的文字"),
            sample=_("SLED2|文种|编号|登记编号|校验码|链首"),
            ask=_("查验(&C)"),
            found=_("二维码和登记簿"),
        )
        super().__init__(context, "codes", asked, parent)
        self._letter = 0
        self.open_button = button(_("在登记簿里打开(&O)"), "", "open")
        self.open_button.setObjectName("codes.open")
        self.open_button.clicked.connect(lambda: self.wanted.emit(self._letter))
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addStretch(1)
        self.inside.addLayout(row)

    def look_up(self, typed: str) -> None:
        code = typed.replace("\u200b", "")  # copied from 操作记录, where it may break
        self.context.ask(lambda office: lettercode.verify(office, code), self._show)

    def _show(self, verdict: Verdict) -> None:
        head, more = words.AGREEMENTS[verdict.agreement]
        tone, said = _TONES[verdict.agreement], f"{_(head)}{_(more)}"
        if verdict.anchor is not None and verdict.anchor.held is not Held.HELD:
            held, tone = logwords.held_words(verdict.anchor)
            said += held
        self.verdict.tell(tone, said, closable=False)
        self._letter = verdict.row.letter.id if verdict.row else 0
        self.facts.set_facts(_facts(verdict))
        self.card.setVisible(verdict.code is not None)
        self.open_button.setVisible(bool(self._letter))


def _facts(verdict: Verdict) -> list[Fact]:
    code, row = verdict.code, verdict.row
    if code is None:
        return []
    found = [
        Fact(_("二维码：文种"), TITLES.get(code.kind, code.kind)),
        Fact(_("二维码：编号"), code.number),
        Fact(_("二维码：登记编号"), code.register_number),
        Fact(_("二维码：校验码"), code.digest),
    ]
    if verdict.anchor is not None and verdict.anchor.anchor:
        found.append(Fact(_("二维码：链首"), verdict.anchor.anchor))
    if row is None:
        return found
    letter = row.letter
    ours = "　".join((letter.number, row.kind_name, format_date(letter.dated)))
    found.append(Fact(_("登记簿里"), ours))
    found.append(Fact(_("主送"), row.addressee))
    if verdict.agreement is Agreement.ALTERED:
        found.append(Fact(_("登记的校验码"), row.digest))
    elif verdict.spoilt:
        said = _("扫出的编号与登记的不同，多半是扫码枪打不出汉字；以登记的编号核对纸面。")
        found.append(Fact(_("注意"), said))
    return found
