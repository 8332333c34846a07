"""How fast letters are made, against the same letters by ReportLab's platypus and by Typst.

    python -m tests.bench.letters [--json FILE] [--rounds N] [--many N]

All three set the same words in the same fonts on the same type area. Rounds are interleaved, so
that a busy machine slows all of them, and each has new letters, so that nobody finds in a cache
what it set the round before. A figure is the median over the rounds of the other's processor time
divided by ours, its spread the distance of the largest from the smallest of them.
"""

import datetime as dt
import io
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import typst
from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Flowing

from desktop.notices import Kind, Letter, compose, load_templates, render_each, render_many
from desktop.notices.chinese import long_date
from desktop.notices.fonts import Role
from desktop.notices.letters import spans_of
from desktop.paths import resources
from tests.bench import figures
from tests.bench.figures import Figure, at_least, cpu_seconds

REACH_EACH, REACH_MANY = 2.0, 1.0
"""What must be reached: twice platypus for a file each, Typst for many in one file."""

_OFFICE = "某某市政务公开暨行政权力公开透明运行工作领导小组办公室"
_NAMES = [
    "王建国",
    "李秀英",
    "张伟",
    "刘洋",
    "陈静",
    "杨帆",
    "赵敏",
    "黄磊",
    "周婷",
    "吴昊",
    "徐丽",
    "孙鹏",
    "马超",
    "朱琳",
    "胡军",
]
_PLACES = [
    "城关镇",
    "东风路",
    "人民路",
    "建设街",
    "新华路",
    "和平里",
    "光明村",
    "解放路",
    "兴隆镇",
    "长安街",
    "望海乡",
]
_MATTERS = (
    "未按规定公开办理时限和收费标准",
    "不予答复公开申请",
    "公开栏长期不更新",
    "未公开低保评议结果",
    "窗口拒绝出具补正材料告知书",
    "擅自增加申请材料",
    "未公开工程招标结果",
)
_REASONS = (
    "所反映的事项已经人民法院立案审理，不属于本机关受理投诉举报的范围",
    "来件没有说明具体的单位和事实，经联系补充仍不能确定所反映的事项",
    "所反映的事项已经办结并书面答复，来件没有提出新的事实和理由",
)


def letters(count: int, start: int = 0) -> list[Letter]:
    """Return refusals that differ in person, number, matter, place and reason."""
    template = load_templates(resources() / "letters")[Kind.REFUSAL]
    made: list[Letter] = []
    for k in range(start, start + count):
        place, matter = _PLACES[k % len(_PLACES)], _MATTERS[k % len(_MATTERS)]
        letter = compose(
            template,
            {
                "office": _OFFICE,
                "mark": _OFFICE,
                "number": f"某公开办函〔2026〕{k + 1}号",
                "dated": dt.date(2026, 11, 5),
                "contact": "赵敏",
                "telephone": "0000-12345678",
                "address": "某某市人民路1号市政务服务中心3楼306室",
                "complaint_number": f"TS-2026-{k + 1:06}",
                "received": dt.date(2026, 10, 1 + k % 28),
                "channel": "电子邮件",
                "subject": f"{place}第{k + 1}网格{matter}",
                "addressee": _NAMES[k % len(_NAMES)],
                "basis": "《某某市政务公开暨行政权力公开透明运行工作投诉举报受理工作制度（试行）》第七条",
                "reason": _REASONS[k % len(_REASONS)],
                "channel_hint": "您可以依法通过有关法定途径提出主张",
                "remedy": "如对本决定有异议，可以向某某市人民政府申请复核",
            },
        )
        assert isinstance(letter, Letter)
        made.append(letter)
    return made


# ---- platypus ----------------------------------------------------------------------------------

_FACES = {Role.BODY: "PlatypusFang", Role.HEADING: "PlatypusHei", Role.KAI: "PlatypusKai"}
_RED = Color(0.90, 0, 0.07)


class Platypus:
    """The letters as flowables, with stock fonts registered once."""

    def __init__(self) -> None:
        files = {**_FACES, Role.TITLE: "PlatypusTitle", Role.SONG: "PlatypusSong"}
        for role, name in files.items():
            path = resources() / "fonts" / role.value
            pdfmetrics.registerFont(TTFont(name, str(path)))
        body = ParagraphStyle(
            "body", fontName="PlatypusFang", fontSize=16, leading=29.6, wordWrap="CJK",
            alignment=TA_JUSTIFY,
        )  # fmt: skip
        self._flush = body
        self._body = ParagraphStyle("indent", body, firstLineIndent=32)
        self._right = ParagraphStyle("right", body, alignment=TA_RIGHT)
        self._title = ParagraphStyle(
            "title", body, fontName="PlatypusTitle", fontSize=22, alignment=TA_CENTER
        )
        self._mark = ParagraphStyle(
            "mark", self._title, fontSize=17, textColor=_RED, alignment=TA_CENTER
        )

    def one(self, letter: Letter) -> bytes:
        """Return a file of one letter."""
        return self._build(self._story(letter))

    def _build(self, story: list[Flowable]) -> bytes:
        buffer = io.BytesIO()
        frame = Frame(28 * mm, 35 * mm, 156 * mm, 232 * mm, 0, 0, 0, 0)
        document = BaseDocTemplate(
            buffer, pagesize=A4, initialFontName="PlatypusFang", lang="zh-CN", invariant=1
        )
        document.addPageTemplates(
            [
                PageTemplate("first", [frame], onPage=self._rules, autoNextPageTemplate="later"),
                PageTemplate("later", [frame], onPage=self._number),
            ]
        )
        document.build(story)
        return buffer.getvalue()

    def _rules(self, canvas: Canvas, _document: object) -> None:
        canvas.setFillColor(_RED)
        for y, thick in ((247, 0.9), (245.8, 0.3), (21.2, 0.3), (20, 0.9)):
            canvas.rect(21 * mm, y * mm, 168 * mm, thick * mm, stroke=0, fill=1)
        canvas.setFillGray(0)

    def _number(self, canvas: Canvas, _document: object) -> None:
        canvas.setFont("PlatypusSong", 14)
        canvas.drawString(33 * mm, 26.5 * mm, f"— {canvas.getPageNumber()} —")

    def _story(self, letter: Letter) -> list[Flowable]:
        story: list[Flowable] = [
            Flowing(escape(letter.issuer_mark), self._mark),
            Spacer(1, 8 * mm),
            Flowing(escape(letter.number), self._right),
            Spacer(1, 20 * mm),
            Flowing(escape(letter.title), self._title),
            Spacer(1, 29),
            Flowing(escape(letter.addressee) + "：", self._flush),
        ]
        for paragraph in letter.paragraphs:
            text = "".join(
                f'<font name="{_FACES[span.role]}">{escape(span.text)}</font>'
                for span in spans_of(paragraph)
            )
            story.append(Flowing(text, self._body))
        story += [
            Spacer(1, 59),
            Flowing(escape(letter.issuer), self._right),
            Flowing(long_date(letter.dated), self._right),
            Flowing(f"（{escape(letter.remark)}）", self._body),
        ]
        return story


# ---- Typst -------------------------------------------------------------------------------------

_TYPST = """
#let red = rgb("#E60012")
#let letters = json(bytes(sys.inputs.letters))
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm))
#let latin = (name: "Notice Song", covers: regex("[!-~]"))
#set text(font: (latin, "Notice Fang", "Notice Fallback"), size: 15.794pt, lang: "zh", region: "cn",
  fallback: false)
#set par(leading: 13.8pt, spacing: 13.8pt, justify: true, first-line-indent: (amount: 2em, all: true))
#let face(name, words) = text(font: "Notice " + name, words)
#let letter(it) = {
  let flush(words) = par(first-line-indent: 0em, words)
  align(center, text(size: 17pt, fill: red, face("Title", it.mark)))
  line(start: (-7mm, 0mm), end: (163mm, 0mm), stroke: 2.6pt + red)
  align(right, flush(it.number))
  v(20mm)
  align(center, text(size: 22pt, face("Title", it.title)))
  v(29pt)
  flush(it.addressee + "：")
  for paragraph in it.paragraphs {
    par(for span in paragraph {
      if span.at(0) == "HEADING" { face("Hei", span.at(1)) }
      else if span.at(0) == "KAI" { face("Kai", span.at(1)) }
      else { span.at(1) }
    })
  }
  v(59pt)
  align(right, flush(it.issuer))
  align(right, flush(it.dated))
  par("（" + it.remark + "）")
}
#for (k, it) in letters.enumerate() {
  if k > 0 { pagebreak() }
  counter(page).update(1)
  letter(it)
}
"""


class Typst:
    """The letters as a Typst document, by one compiler that has read its fonts."""

    def __init__(self, folder: Path) -> None:
        source = folder / "letters.typ"
        source.write_text(_TYPST, encoding="utf-8")
        self._compiler = typst.Compiler(
            str(source), font_paths=[str(resources() / "fonts")], ignore_system_fonts=True
        )

    def many(self, wanted: Sequence[Letter]) -> bytes:
        """Return one file of all letters."""
        data = json.dumps([_typst_data(letter) for letter in wanted], ensure_ascii=False)
        made = self._compiler.compile(format="pdf", sys_inputs={"letters": data}, pdf_tags=False)
        assert isinstance(made, bytes)
        return made


def _typst_data(letter: Letter) -> dict[str, object]:
    return {
        "mark": letter.issuer_mark,
        "number": letter.number,
        "title": letter.title,
        "addressee": letter.addressee,
        "paragraphs": [
            [[span.role.name, span.text] for span in spans_of(paragraph)]
            for paragraph in letter.paragraphs
        ],
        "issuer": letter.issuer,
        "dated": long_date(letter.dated),
        "remark": letter.remark,
    }


# ---- measuring ---------------------------------------------------------------------------------


def compared(
    name: str,
    ours: Callable[[Sequence[Letter]], object],
    other: Callable[[Sequence[Letter]], object],
    *,
    count: int,
    rounds: int,
    reach: float,
) -> Figure:
    """Run both in turn, after a first run of each that is not counted."""
    first = letters(min(count, 50))
    ours(first)
    other(first)
    ratios: list[float] = []
    for k in range(rounds):
        batch = letters(count, (k + 1) * 10_000)
        if k % 2:
            theirs = cpu_seconds(lambda: other(batch))  # noqa: B023  # called at once
            mine = cpu_seconds(lambda: ours(batch))  # noqa: B023
        else:
            mine = cpu_seconds(lambda: ours(batch))  # noqa: B023
            theirs = cpu_seconds(lambda: other(batch))  # noqa: B023
        ratios.append(theirs / mine)
    return at_least(name, ratios, reach)


def measure(rounds: int, each: int, many: int) -> list[Figure]:
    """Run all comparisons."""
    platypus = Platypus()
    with tempfile.TemporaryDirectory() as folder:
        typesetter = Typst(Path(folder))
        return [
            compared(
                "letters-each-platypus",
                lambda batch: list(render_each(batch)),
                lambda batch: [platypus.one(letter) for letter in batch],
                count=each,
                rounds=rounds,
                reach=REACH_EACH,
            ),
            compared(
                "letters-many-typst",
                render_many,
                typesetter.many,
                count=many,
                rounds=rounds,
                reach=REACH_MANY,
            ),
        ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write JSON if asked; exit 1 when something is not reached."""
    parser = figures.parser(__doc__, 5)
    parser.add_argument("--each", type=int, default=60, help="letters of a file each")
    parser.add_argument("--many", type=int, default=1000, help="letters in one file")
    chosen = parser.parse_args(arguments)
    return figures.finish(measure(chosen.rounds, chosen.each, chosen.many), chosen.json)


if __name__ == "__main__":
    sys.exit(main())
