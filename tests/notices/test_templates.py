"""The templates in resources, and what is said of a template that is wrong."""

import re
from pathlib import Path

import pytest
from jinja2 import meta

from desktop.notices import Kind, Template, TemplateFaults, load_templates
from desktop.notices.kinds import ALWAYS, KINDS
from desktop.notices.wording import environment
from tests.notices.samples import LETTERS, short_fields

TEMPLATES = load_templates(LETTERS)


def used_fields(template: Template) -> set[str]:
    env = environment()
    wordings = (template.default, *template.variants.values())
    return set().union(
        *(
            meta.find_undeclared_variables(env.parse(text))
            for wording in wordings
            for _, text in wording.texts()
        )
    )


@pytest.mark.parametrize("kind", Kind)
def test_declared_fields_are_those_used(kind: Kind) -> None:
    template = TEMPLATES[kind]
    assert set(template.fields) == used_fields(template) - set(ALWAYS)
    assert set(template.fields) <= set(short_fields(kind))
    assert len(set(template.fields)) == len(template.fields)


@pytest.mark.parametrize("kind", Kind)
def test_every_field_of_its_own_is_used(kind: Kind) -> None:
    assert set(KINDS[kind].own) - KINDS[kind].direct <= used_fields(TEMPLATES[kind])
    assert not KINDS[kind].direct & used_fields(TEMPLATES[kind])


@pytest.mark.parametrize("kind", Kind)
def test_no_template_names_an_article_a_place_or_a_number_of_days(kind: Kind) -> None:
    for name, text in TEMPLATES[kind].default.texts():
        plain = re.sub(r"{[{%].*?[%}]}", "", text, flags=re.DOTALL)
        assert not re.search(
            r"第[一二三四五六七八九十\d]+条|[\d一二三四五六七八九十]+个?(工作)?日内", plain
        ), name
        assert not re.search(r"先生|女士|《", plain), name


REFUSAL = (LETTERS / "refusal.toml").read_text(encoding="utf-8")


def broken(folder: Path, old: str, new: str) -> set[tuple[str, str, str]]:
    """Load all templates with one change in the refusal's; return (entry, code, detail)."""
    assert old in REFUSAL
    for path in LETTERS.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if path.name == "refusal.toml":
            text = text.replace(old, new)
        (folder / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(TemplateFaults) as raised:
        load_templates(folder)
    assert {fault.file for fault in raised.value.faults} == {"refusal.toml"}
    assert "refusal.toml" in str(raised.value)
    return {(fault.entry, fault.code, fault.detail) for fault in raised.value.faults}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("sealed = true", "seald = true", ("default", "unknown-key", "seald")),
        ("sealed = true", "", ("default", "missing-key", "sealed")),
        ("sealed = true", 'sealed = "yes"', ("default.sealed", "wrong-type", "str")),
        ('kind = "refusal"', 'kind = "refusals"', ("kind", "unknown-kind", "refusals")),
        ('kind = "refusal"', "kind = 3", ("kind", "wrong-type", "int")),
        ('kind = "refusal"', 'kind = "refusal"\nkinds = 1', ("", "unknown-key", "kinds")),
        ('name = "不予受理告知书"', "", ("", "missing-key", "name")),
        ('"correspondence"', '"letter"', ("default.layout", "bad-layout", "letter")),
        ("{{ reason|sentence }}", "{{ reson }}", ("default.body", "unknown-field", "reson")),
        ("{{ reason|sentence }}", "", ("default", "must-mention", "reason")),
        ("{{ reason|sentence }}", "", ("fields", "unused-field", "reason")),
        ('"subject", ', "", ("default.body", "undeclared-field", "subject")),
        ('"subject", ', '"subject", "leader", ', ("fields", "unknown-field", "leader")),
        (
            "{{ addressee }}",
            "{{ addressee|shout }}",
            ("default.addressee", "bad-syntax", "line 1: No filter named 'shout'."),
        ),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, fault: tuple[str, str, str]) -> None:
    assert fault in broken(tmp_path, old, new)


def test_bad_syntax_and_bad_toml_are_named(tmp_path: Path) -> None:
    faults = broken(tmp_path, "{% if remedy %}", "")
    ((entry, code, detail),) = (fault for fault in faults if fault[1] == "bad-syntax")
    assert (entry, code) == ("default.body", "bad-syntax")
    assert "endif" in detail
    (found,) = broken(tmp_path, "[default]", "[default")
    assert found[1] == "unreadable"


def test_missing_and_second_files_are_named(tmp_path: Path) -> None:
    for path in LETTERS.glob("*.toml"):
        if path.name != "refusal.toml":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "z.toml").write_bytes((LETTERS / "interim.toml").read_bytes())
    with pytest.raises(TemplateFaults) as raised:
        load_templates(tmp_path)
    assert [(fault.file, fault.code) for fault in raised.value.faults] == [
        ("z.toml", "second-file"),
        ("refusal.toml", "no-file"),
    ]


VARIANT = '\n[variant.baoding]\ntitle = "不予受理通知"\nbody = """\n'


def load_with(folder: Path, name: str, extra: str) -> dict[Kind, Template]:
    for path in LETTERS.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text + (extra if path.name == name else ""), "utf-8")
    return load_templates(folder)


def test_a_variant_changes_what_it_names_and_is_checked_too(tmp_path: Path) -> None:
    names = "received subject reason basis channel_hint remedy complaint_number channel"
    body = "".join(f"{{{{ {name} }}}}" for name in names.split())
    template = load_with(tmp_path, "refusal.toml", f'{VARIANT}{body}\n"""\n')[Kind.REFUSAL]
    assert template.wording("baoding").title == "不予受理通知"
    assert template.wording("baoding").remark == template.default.remark
    assert template.wording("wuan") == template.default
    with pytest.raises(TemplateFaults) as raised:
        load_with(tmp_path, "refusal.toml", f'{VARIANT}无理由\n"""\n')
    assert ("variant.baoding", "must-mention", "reason") in {
        (fault.entry, fault.code, fault.detail) for fault in raised.value.faults
    }


@pytest.mark.parametrize(
    ("row", "entry", "detail"),
    [
        ('cells = [["甲"]]', "default.rows.10", "cells"),
        ("cells = []", "default.rows.10", "cells"),
        ('cells = [["甲", "乙"]]\nheight = "3"', "default.rows.10", "height"),
    ],
)
def test_a_bad_row_of_a_form_is_named(tmp_path: Path, row: str, entry: str, detail: str) -> None:
    with pytest.raises(TemplateFaults) as raised:
        load_with(tmp_path, "receipt.toml", f"\n[[default.rows]]\n{row}\n")
    assert [(f.entry, f.code, f.detail) for f in raised.value.faults] == [
        (entry, "wrong-type", detail)
    ]
