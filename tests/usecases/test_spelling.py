"""Names are spelled in every reading, so that whoever types one of them finds the name."""

from desktop.usecases.spelling import spell_names


def test_a_unit_is_found_by_its_initials_and_its_syllables() -> None:
    keys = spell_names(["市住房保障局"])["市住房保障局"].split()
    assert "szfbzj" in keys
    assert "shizhufangbaozhangju" in keys


def test_every_reading_of_a_surname_is_known() -> None:
    spelled = spell_names(["单雄信", "曾国强", "仇和", "解放", "区桃"])
    for name, wanted in (
        ("单雄信", ("sxx", "dxx", "cxx")), ("曾国强", ("zgq", "cgq")), ("仇和", ("qh", "ch")),
        ("解放", ("jf", "xf")), ("区桃", ("ot", "qt")),
    ):  # fmt: skip
        assert set(wanted) <= set(spelled[name].split()), (name, spelled[name])


def test_a_long_name_of_many_readings_stays_small() -> None:
    [keys] = spell_names(["和着了中行长重曾单还都地得的数调差处" * 4]).values()
    assert len(keys.split()) <= 100
    assert spell_names(["", "𬱖 A1"]) == {"": "", "𬱖 A1": spell_names(["𬱖 A1"])["𬱖 A1"]}
