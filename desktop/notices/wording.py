"""The Jinja environment of the letter templates: a sandbox and filters for formal Chinese."""

import datetime as dt
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from desktop.notices.chinese import hanzi_count, hanzi_number, long_date

_ENDS = "。！？；，、：.;, "


def clause(text: str) -> str:
    """Drop the marks at the end, so that the text fits into a longer sentence."""
    return text.strip().rstrip(_ENDS)


def sentence(text: str) -> str:
    """End the text with a full stop, unless it ends with 。！？ already or with a closing mark."""
    text = text.strip()
    if not text or text.endswith(("。", "！", "？", "。”", "！”", "？”")):
        return text
    return clause(text) + "。"


def quoted(text: str) -> str:
    """Put the text in double quotes; double quotes inside become single ones."""
    return "“" + clause(text).replace("“", "‘").replace("”", "’") + "”"


def points(value: object) -> str:
    """Return a score without needless zeros: 18, 17.5."""
    if isinstance(value, str):
        return value
    number = Decimal(str(value)).normalize()
    return f"{number:f}"


def longdate(value: dt.date) -> str:
    """Return 2026年1月5日."""
    return long_date(value)


def environment() -> SandboxedEnvironment:
    """Return a new environment: no globals, no escaping, and an unknown field is an error."""
    env = SandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,  # the output is text for a page, not mark-up
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.clear()
    own: dict[str, Any] = {
        "longdate": longdate,
        "clause": clause,
        "sentence": sentence,
        "quoted": quoted,
        "points": points,
        "hanzi_number": hanzi_number,
        "hanzi_count": hanzi_count,
    }
    env.filters.update(own)
    return env
