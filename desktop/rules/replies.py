"""How complainants want to be answered (答复方式), where to, and what the choice needs to be of use."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from desktop.rules import typed
from desktop.rules.faults import Fault, fault
from desktop.rules.secrecy import Named


class ReplyWay(StrEnum):
    """The way in which complainants want to be answered (答复方式), a choice of theirs."""

    POST = "post"  # 书面邮寄
    PHONE = "phone"  # 电话
    PERSON = "person"  # 当面
    EMAIL = "email"  # 电子邮件
    NONE = "none"  # 不需要答复


_POSTCODE = re.compile(r"[0-9]{6}")
_EMAIL = re.compile(r"[^\s@,;，；]+@[^\s@,;，；]+\.[A-Za-z0-9-]{2,}")


def answered_to(people: Sequence[Named], representative: str) -> Named | None:
    """Return to whom the answer goes: the representative (代表人), else the first of them."""
    named = typed.clean(representative)
    return next(
        (p for p in people if named and typed.clean(p.name) == named), next(iter(people), None)
    )


def check_reply(
    way: ReplyWay | None,
    people: Sequence[Named],
    *,
    representative: str,
    address: str,
    postcode: str,
    email: str,
) -> Iterator[Fault | None]:
    """Check the way of answering against what is known of where to (答复方式、答复地址).

    Nothing is asked where no way was chosen: then the answer goes the usual way, by letter.
    """
    to = answered_to(people, representative)
    named = typed.clean(representative)
    if named and named not in {typed.clean(p.name) for p in people}:
        yield fault("representative", "not_a_complainant", name=named)
    if way is ReplyWay.POST and not (address.strip() or (to and to.address.strip())):
        yield fault("reply_address", "post_needs_address")
    if way is ReplyWay.PHONE and not (to and to.phone.strip()):
        yield fault("reply_way", "phone_needs_number")
    if way is ReplyWay.EMAIL and not email.strip():
        yield fault("reply_email", "email_needs_address")
    if email.strip() and not _EMAIL.fullmatch(typed.clean(email)):
        yield fault("reply_email", "email")
    if postcode.strip() and not _POSTCODE.fullmatch(typed.clean(postcode)):
        yield fault("reply_postcode", "postcode")
    yield typed.check_text("representative", representative, limit=typed.NAME)
    yield typed.check_text("reply_address", address)
    yield typed.check_text("reply_email", email, limit=typed.NAME)
