"""The PC's own fonts: used where they may be, passed over with a reason where not."""

import shutil
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection, TTFont

from desktop.notices import (
    FontChoice,
    MissingGlyph,
    Note,
    Role,
    fonts,
    fonts_in_use,
    render,
    system_fonts,
)
from desktop.notices.system_fonts import FontFile, find_fonts
from desktop.paths import resources
from tests.notices.makers import make_document, make_letter
from tests.notices.pdfpage import PrintedFile

BUNDLE = resources() / "fonts"
NEWEST = "\U0003106c"  # in none of the bundled fonts


def stand_in(target: Path, source: Role, fs_type: int = 0) -> Path:
    """Copy a bundled font under another name with other embedding bits."""
    shutil.copyfile(BUNDLE / source.value, target)
    with target.open("r+b") as file:
        file.seek(4)
        (count,) = struct.unpack(">H", file.read(2))
        file.seek(12)
        for _ in range(count):
            tag, _, offset, _ = struct.unpack(">4sLLL", file.read(16))
            if tag == b"OS/2":
                file.seek(offset + 8)
                file.write(struct.pack(">H", fs_type))
                break
    return target


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty font folder that is the PC's only one."""
    monkeypatch.setattr(fonts, "system_folders", lambda: (tmp_path,))
    yield tmp_path
    fonts._with_system.cache_clear()


def test_the_pcs_fonts_come_first_and_are_named(folder: Path) -> None:
    stand_in(folder / "SIMFANG.TTF", Role.KAI, 8)
    stand_in(folder / "simhei.ttf", Role.TITLE, 4)
    letter = make_letter(addressee="王堃", body="一、标题\n正文。")
    rendered = render(letter, FontChoice.SYSTEM)
    assert rendered.fonts == ("SIMFANG.TTF", "simhei.ttf", "NoticeTitle.ttf")
    assert Note.RARE_CHARACTERS not in rendered.notes  # the stand-in has 堃
    names = {font.name.split("+")[1] for font in PrintedFile(rendered.pdf).fonts()}
    assert {name.split("-")[0] for name in names} == {"NoticeKai", "NoticeTitle"}
    assert "王堃：" in PrintedFile(rendered.pdf).text
    assert render(letter).fonts[0] == "NoticeFang.ttf"


def test_lines_break_alike_in_every_font(folder: Path) -> None:
    stand_in(folder / "simfang.ttf", Role.KAI)
    letter = make_document(body="经调查核实，所反映的问题部分属实，现将处理意见告知如下。" * 9)
    lines = [[line.text for line in page] for page in PrintedFile(render(letter).pdf).lines]
    other = PrintedFile(render(letter, FontChoice.SYSTEM).pdf).lines
    assert [[line.text for line in page] for page in other] == lines


@pytest.mark.parametrize(
    ("fs_type", "reason"),
    [
        (0x0002, "restricted"),
        (0x0100, "no-subset"),
        (0x0200, "bitmap-only"),
        (0x0102, "restricted"),
    ],
)
def test_a_font_that_may_not_be_embedded_is_passed_over(
    folder: Path, fs_type: int, reason: str
) -> None:
    stand_in(folder / "simfang.ttf", Role.KAI, fs_type)
    rendered = render(make_letter(), FontChoice.SYSTEM)
    assert "NoticeFang.ttf" in rendered.fonts
    assert "simfang.ttf" not in rendered.fonts
    body = next(use for use in fonts_in_use(FontChoice.SYSTEM) if use.role is Role.BODY)
    assert (body.file, body.own) == ("NoticeFang.ttf", False)
    assert [(refused.file, refused.reason) for refused in body.refused] == [("simfang.ttf", reason)]


@pytest.mark.parametrize("fs_type", [0, 4, 8, 6, 0x000A])
def test_a_font_that_may_be_embedded_is_used(tmp_path: Path, fs_type: int) -> None:
    path = stand_in(tmp_path / "simkai.ttf", Role.SONG, fs_type)
    assert find_fonts((tmp_path,)).roles[Role.KAI] == (FontFile(path, 0),)


def test_postscript_outlines_and_rubbish_are_passed_over(folder: Path) -> None:
    path = stand_in(folder / "simhei.ttf", Role.SONG)
    path.write_bytes(b"OTTO" + path.read_bytes()[4:])
    (folder / "simfang.ttf").write_bytes(b"not a font")
    (folder / "simkai.ttf").write_bytes((BUNDLE / Role.SONG.value).read_bytes()[:4000])
    found = find_fonts((folder,))
    assert {(refused.file, refused.reason) for refused in found.refused} >= {
        ("simhei.ttf", "postscript"),
        ("simfang.ttf", "unreadable"),
    }
    rendered = render(make_letter(body="一、标题\n（一）小标题\n正文。"), FontChoice.SYSTEM)
    assert all(name.startswith("Notice") for name in rendered.fonts)


def test_the_right_font_of_a_collection_is_taken(folder: Path) -> None:
    collection = TTCollection()
    for family in ("NSimSun", "SimSun"):
        font = TTFont(BUNDLE / Role.SONG.value)
        for record in font["name"].names:
            if record.nameID == 1:
                record.string = family
        collection.fonts.append(font)
    collection.save(folder / "simsun.ttc")
    rendered = render(make_document(), FontChoice.SYSTEM)
    assert "simsun.ttc#1" in rendered.fonts
    assert "—1—" in PrintedFile(rendered.pdf).lines[0][-1].text


def test_a_collection_named_in_chinese_only_is_known_too(tmp_path: Path) -> None:
    collection = TTCollection()
    for family in ("新宋体", "宋体"):
        font = TTFont(BUNDLE / Role.SONG.value)
        font["name"].names = [n for n in font["name"].names if n.nameID != 1]
        font["name"].setName(family, 1, 3, 1, 0x804)
        collection.fonts.append(font)
    collection.save(tmp_path / "SimSun.TTC")
    assert find_fonts((tmp_path,)).roles[Role.SONG] == (FontFile(tmp_path / "SimSun.TTC", 1),)


@pytest.mark.parametrize("fs_type", [0x0002, 0x0100])
def test_the_bits_of_the_chosen_font_of_a_collection_count(tmp_path: Path, fs_type: int) -> None:
    collection = TTCollection()
    for family, bits in (("SimSun", fs_type), ("NSimSun", 0)):
        font = TTFont(BUNDLE / Role.SONG.value)
        font["name"].setName(family, 1, 3, 1, 0x409)
        font["OS/2"].fsType = bits
        collection.fonts.append(font)
    collection.save(tmp_path / "simsun.ttc")
    found = find_fonts((tmp_path,))
    assert found.roles[Role.SONG] == ()
    assert [one.file for one in found.refused] == ["simsun.ttc"]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("SIMFANG.TTF", Role.BODY),
        ("仿宋_GB2312.ttf", Role.BODY),
        ("FZFSK--GBK1-0.TTF", Role.BODY),
        ("方正仿宋简体.TTF", Role.BODY),
        ("FZXBSJW.TTF", Role.TITLE),
        ("FZXBSJW--GB1-0.ttf", Role.TITLE),
        ("方正小标宋_GBK.TTF", Role.TITLE),
        ("方正小标宋简体.ttf", Role.TITLE),
        ("simhei.ttf", Role.HEADING),
        ("FZHTK.TTF", Role.HEADING),
        ("楷体_GB2312.ttf", Role.KAI),
        ("方正楷体_GBK.ttf", Role.KAI),
        ("simsun.ttf", Role.SONG),
    ],
)
def test_fonts_are_known_by_the_names_they_are_delivered_under(
    tmp_path: Path, name: str, role: Role
) -> None:
    path = stand_in(tmp_path / name, Role.SONG)
    found = find_fonts((tmp_path,))
    assert found.roles[role] == (FontFile(path, 0),)
    assert sum(len(files) for files in found.roles.values()) == 1


def test_a_gb2312_font_is_helped_out_character_by_character(folder: Path) -> None:
    """仿宋_GB2312 has 6763 Han characters; 堃, 〔 and what else it lacks come from the bundle."""
    font = TTFont(BUNDLE / Role.KAI.value)
    for table in font["cmap"].tables:
        for char in "堃喆〔〕":
            table.cmap.pop(ord(char), None)
    font.save(folder / "仿宋_GB2312.ttf")
    letter = make_letter(addressee="王堃", body="张喆按某公开办函〔2026〕8号办理。")
    rendered = render(letter, FontChoice.SYSTEM)
    assert rendered.fonts[0] == "仿宋_GB2312.ttf"
    assert any(name.startswith("Notice") for name in rendered.fonts)
    file = PrintedFile(rendered.pdf)
    assert "王堃：" in file.text
    assert "张喆按某公开办函〔2026〕8号办理。" in file.text


@pytest.mark.parametrize("name", ["simsun.ttc", "simfang.ttf"])
@pytest.mark.parametrize(
    "content", [b"", b"ttcf\x00\x01\x00\x00" + b"\xff" * 40, b"\x00\x01\x00\x00\xff\xff" * 9]
)
def test_a_file_that_only_looks_like_a_font_is_passed_over(
    folder: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    rendered = render(make_letter(), FontChoice.SYSTEM)
    assert all(used.startswith("Notice") for used in rendered.fonts)
    assert name in {one.file for one in find_fonts((folder,)).refused}


def test_the_pcs_large_fonts_are_asked_last(folder: Path) -> None:
    with pytest.raises(MissingGlyph):
        render(make_letter(addressee=f"王{NEWEST}"), FontChoice.SYSTEM)
    fonts._with_system.cache_clear()
    font = TTFont(BUNDLE / Role.SONG.value)
    for table in font["cmap"].tables:
        if table.format == 12:
            table.cmap[ord(NEWEST)] = font.getBestCmap()[ord("—")]
            break
    else:
        from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = {**font.getBestCmap(), ord(NEWEST): font.getBestCmap()[ord("—")]}
        font["cmap"].tables.append(table)
    font.save(folder / "simsunb.ttf")
    rendered = render(make_letter(addressee=f"王{NEWEST}"), FontChoice.SYSTEM)
    assert "simsunb.ttf" in rendered.fonts
    assert Note.RARE_CHARACTERS in rendered.notes
    with pytest.raises(MissingGlyph):
        render(make_letter(addressee=f"王{NEWEST}"))


def test_windows_keeps_fonts_for_all_and_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_fonts.sys, "platform", "win32")
    monkeypatch.setenv("WINDIR", "/windows")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert system_fonts.folders() == (
        Path("/windows/Fonts"),
        Path("/local/Microsoft/Windows/Fonts"),
    )
