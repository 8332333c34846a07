"""What is registered apart from the complaints, and what other bodies sent on, done by hand."""

from PySide6.QtCore import Qt

from desktop.usecases import office as offices
from desktop.usecases import people
from desktop.usecases.office import Office
from tests.e2e.hand import CTRL, Hand

K = Qt.Key


def register_sent_on(hand: Hand) -> None:
    """A joint complaint on the telephone that another body wants to hear of."""
    hand.window.show_tab("complaints")
    hand.rest()
    hand.key(K.Key_N, CTRL)
    hand.choose("channel", "电话")
    hand.tick("identity", "联名")
    for row, (name, phone) in enumerate((("解立新", "13803001122"), ("仇雪梅", ""))):
        hand.write_cell("complainants", row, "name", name)
        hand.write_cell("complainants", row, "phone", phone)
    hand.write("representative", "解立新")
    hand.choose("reply_way", "电话")
    hand.picture("complaint-register-answering")
    hand.write("accused_unit", "澄岳市城市管理局")
    hand.tick("grounds", "真实")
    hand.write("subject", "占道停车收费标准前后公示不一致")
    hand.write("text", "公示牌和网站上的收费标准不一样，问过两次没有说明。")
    for key, text in (
        ("origin", "澄岳市信访局"),
        ("origin_number", "澄信转〔2026〕131号"),
        ("origin_day", "昨天"),
        ("origin_due", "11-25"),
    ):
        hand.write(key, text)
    hand.save()
    hand.picture("complaint-sent-on")


def record_the_call(hand: Hand) -> None:
    """电话记录: questions and answers, to be read over and signed."""
    hand.menu("complaints.more", "打印电话记录")
    hand.write("recorder", "李堃")
    hand.pause(1.0)
    hand.picture("complaint-transcript")
    hand.key(K.Key_Escape)
    if hand.page_stays():
        hand.press_link("放弃")


def reply_to_the_origin(hand: Hand) -> None:
    """回复函 to the body that sent it on."""
    hand.menu("complaints.more", "回复来源单位")
    hand.pause(1.0)
    hand.picture("complaint-origin-reply")
    hand.save()
    hand.pause(0.3)
    hand.key(K.Key_Escape)
    hand.picture("complaint-origin-replied")


def hand_over_a_letter(hand: Hand) -> None:
    """只登交接: a letter about somebody of a higher level is handed on unopened."""
    hand.window.show_page("handovers")
    hand.rest()
    hand.picture("handovers")
    hand.click("handovers.new")
    hand.choose("kind", "反映上级")
    hand.write("channel", "信函")
    hand.write("envelope", "白色信封，5 号，有本市邮戳")
    hand.write("seal", "0012")
    hand.choose("sealing", "封条完好")
    hand.write("weight", "28")
    hand.picture("handover-register")
    hand.save()
    hand.see("handovers.steps").choose("print")
    hand.rest()
    hand.pause(0.4)
    hand.picture("handover-sheet")
    hand.key(K.Key_Escape)
    hand.click("handovers.next")
    hand.write("unit", "澄岳市纪委监委信访室")
    hand.write("person", "田文清")
    hand.tick("signed", "签名")
    hand.picture("handover-hand")
    hand.save()
    hand.picture("handover-handed")
    hand.window.show_tab("today")
    hand.rest()


def file_outcomes(hand: Hand) -> None:
    """备案: what a township dealt with itself; only where the rules want it (涉县)."""
    context = hand.window.context
    assert context is not None
    acting = context.acting()

    def add(office: Office) -> offices.Done[int]:
        return people.save_unit(office, None, "东关镇人民政府", people.UNIT_KINDS[0], acting)

    added: list[object] = []
    context.do(add, added.append, lambda error: added.append(error))
    hand.until(lambda: bool(added), "the unit")
    hand.rest()
    hand.window.show_page("filings")
    hand.rest()
    hand.click("filings.new")
    for key, text in (
        ("unit", "东关镇人民政府"),
        ("unit_number", "东镇〔2026〕7号"),
        ("received", "10-09"),
        ("subject", "便民窗口没有公开办理时限"),
        ("handling", "当日在窗口和公开栏公示办理时限，对窗口负责人口头告诫。"),
        ("answered", "10-21"),
    ):
        hand.write(key, text)
    hand.tick("outcome", "属实")
    hand.picture("filing-register")
    hand.save()
    hand.picture("filings")
    hand.click("filings.print")
    hand.save()
    hand.pause(0.4)
    hand.picture("filing-list")
    hand.key(K.Key_Escape)
    hand.key(K.Key_Escape)
