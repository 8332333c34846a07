"""Reading what a form handed out into the types of the use cases; checks are the rules' business."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

Values = Mapping[str, object]
E = TypeVar("E", bound=StrEnum)


def text(values: Values, key: str) -> str:
    """A text, empty when there is none."""
    found = values.get(key)
    return found if isinstance(found, str) else ""


def day(values: Values, key: str) -> date | None:
    """A date, or None."""
    found = values.get(key)
    return found if isinstance(found, date) else None


def number(values: Values, key: str) -> int | None:
    """The id of a record, or None."""
    found = values.get(key)
    return found if isinstance(found, int) else None


def one_of(values: Values, key: str, kind: type[E]) -> E | None:
    """A value of an enumeration, or None while nothing was chosen.

    A signal of Qt carries such a value as the bare text, so that is read too.
    """
    found = values.get(key)
    return kind(found) if isinstance(found, str) and found else None


def texts(values: Values, key: str) -> tuple[str, ...]:
    """Several texts, such as the ids of what was ticked."""
    found = values.get(key)
    return tuple(str(one) for one in found) if isinstance(found, tuple) else ()


def files(values: Values, key: str) -> tuple[str, ...]:
    """Paths of chosen files."""
    found = values.get(key)
    if not isinstance(found, tuple):
        return ()
    return tuple(str(one) for one in found if isinstance(one, Path))


def rows(values: Values, key: str) -> tuple[Values, ...]:
    """Rows of small inputs."""
    found = values.get(key)
    if not isinstance(found, tuple):
        return ()
    return tuple(one for one in found if isinstance(one, Mapping))
