"""The sample's letters of which only the handing over is registered (只登交接)."""

from datetime import date, timedelta

from desktop.rules.handovers import HandingDraft, HandoverDraft, Sealing
from desktop.usecases import handovers
from desktop.usecases.sample.maker import Life, Maker, afternoon, clerk


def letter_lives(maker: Maker) -> list[Life]:
    """Three letters of which only the handing over is registered: two handed on, one waits."""
    return [
        _unopened(maker, "superior", maker.back(40), handed=2),
        _unopened(maker, "own_head", maker.back(15), handed=0),
        _unopened(maker, "superior", maker.back(3), handed=None),
    ]


def _unopened(maker: Maker, kind: str, received: date, *, handed: int | None) -> Life:
    moment = afternoon(received)
    yield moment
    draft = HandoverDraft(
        kind,
        received,
        "9:20",
        "信函",
        "邮递员",
        "牛皮纸信封，16 开，有本市邮戳",
        "",
        Sealing.PASTED,
        weight=36,
        to_unit=_ABOVE,
    )
    letter = handovers.register(maker.office, draft, clerk(moment)).value
    if handed is None:
        return
    day = maker.later(received, handed)
    moment = afternoon(day) + timedelta(hours=1)
    yield moment
    hand = HandingDraft(_ABOVE, "田文清", day, "15:30", signed=True)
    handovers.hand_over(maker.office, letter, hand, clerk(moment))


#: To whom such letters go.
_ABOVE = "澄岳市纪委监委信访室"
