"""Every kind looks as it did when somebody looked at it; small differences of readers are let by."""

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.notices.goldens import CASES, FOLDER, picture

ALLOWED = 2.5
"""Mean difference of grey levels, of 255."""
SPOT = 90
"""No spot of 5 by 5 pixels (3 mm) may differ by more on average: a word gone or a rule moved."""


def test_there_is_a_picture_of_every_case_and_no_other() -> None:
    assert {path.stem for path in FOLDER.glob("*.png")} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_it_looks_as_it_did(name: str) -> None:
    with Image.open(FOLDER / f"{name}.png") as stored:
        wanted = stored.convert("L")
    now = picture(name)
    assert now.size == wanted.size
    difference = ImageChops.difference(now, wanted)
    histogram = difference.histogram()
    mean = sum(level * count for level, count in enumerate(histogram)) / sum(histogram)
    assert mean < ALLOWED, f"{name}: python -m tests.notices.goldens, and look at the pictures"
    assert difference.filter(ImageFilter.BoxBlur(2)).getextrema()[1] < SPOT


def test_a_moved_line_is_noticed() -> None:
    now = picture("refusal")
    moved = now.copy()
    strip = now.crop((0, 140, now.width, 260))
    moved.paste(strip, (0, 146))
    difference = ImageChops.difference(now, moved).filter(ImageFilter.BoxBlur(2))
    assert difference.getextrema()[1] >= SPOT
