"""Passwords: how hard one is to guess, and the faults of a new one."""

from enum import StrEnum
from itertools import pairwise

from desktop.usecases.session import SHORTEST

#: From this length on, with so many different characters, a password is called hard to guess.
LONG, VARIED = 12, 7


class Strength(StrEnum):
    """How hard a password is to guess (密码强度)."""

    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


def strength(password: str, name: str = "") -> Strength:
    """Say how hard a password is to guess; what is SHORT or WEAK is not taken."""
    if len(password) < SHORTEST:
        return Strength.SHORT
    if too_easy(password, name):
        return Strength.WEAK
    if len(password) >= LONG and len(set(password)) >= VARIED:
        return Strength.GOOD
    return Strength.FAIR


def too_easy(password: str, name: str = "") -> bool:
    """Say whether everybody would guess it: the name, one sign over and over, or a row of signs."""
    own = name.strip()
    if len(set(password)) < 3 or (own and password.startswith(own)):
        return True
    steps = {ord(b) - ord(a) for a, b in pairwise(password)}
    return len(steps) == 1  # 12345678, abcdefgh, 87654321
