"""The names that are searched in: a question asked again is answered from memory, but never wrongly."""

from db.search import terms
from desktop.usecases import derived, names
from tests.usecases.desk import Desk


def test_the_same_question_is_looked_for_once_until_something_was_written(desk: Desk) -> None:
    folding = derived.folding()
    desk.register()
    held = names.begin(desk.office)
    assert held is not None
    assert held.open_more(desk.office, folding)
    (one,) = terms(folding, "1")  # in every telephone number
    found = held.places(one)
    assert len(found) == 1
    assert held.places(one) is found
    desk.register()
    assert held.open_more(desk.office, folding)
    again = held.places(one)
    assert len(again) == 2
    assert again[1:] == found
    for typed in "0123456789":
        held.places(terms(folding, typed)[0])
    assert held.places(one) == again
    assert len(held._answers) == names.ANSWERS
