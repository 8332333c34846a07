"""A file's content must be of the kind that its name says."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from desktop.usecases import attachments, filekinds


def packed(*names: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return stream.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")
XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.parametrize(
    ("name", "content", "fine"),
    [
        ("a.pdf", b"%PDF-1.7 x", True),
        ("a.PDF", b"\xef\xbb\xbf\n%PDF-1.4", True),
        ("a.pdf", PNG, False),
        ("a.pdf", b"<html>", False),
        ("a.jpg", b"\xff\xd8\xff\xe0", True),
        ("a.jpg", PNG, False),
        ("a.png", PNG, True),
        ("a.docx", DOCX, True),
        ("a.docx", XLSX, False),
        ("a.docx", packed("word/document.xml", "word/vbaProject.bin"), False),
        ("a.docx", b"PK\x03\x04 broken", False),
        ("a.xlsx", XLSX, True),
        ("a.xlsx", OLE, False),
        ("a.xls", OLE, True),
        ("a.wps", OLE, True),
        ("a.ofd", packed("OFD.xml"), True),
        ("a.ofd", DOCX, False),
        ("a.mp3", b"ID3\x04", True),
        ("a.amr", b"#!AMR\n", True),
        ("a.wav", b"RIFF....WAVEfmt ", True),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42", True),
        ("a.txt", "来信".encode("gb18030"), True),
        ("a.txt", b"MZ\x00\x00", False),
        ("a.csv", "编号,姓名".encode("utf-16"), True),
        ("a.lnk", b"L\x00\x00\x00", False),
        ("a", b"x", False),
    ],
)
def test_kinds(tmp_path: Path, name: str, content: bytes, fine: bool) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert filekinds.agrees(path) is fine


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("来信.pdf", b"MZ\x90\x00", "file_program"),
        ("来信.pdf", b"#!/bin/sh", "file_program"),
        ("录音.amr", b"#!AMR\n\x00", ""),
        ("来信.pdf", PNG, "file_content"),
        ("来信.pdf", b"", "file_empty"),
        ("来信.bat", b"@echo", "file_kind"),
        ("来信\u202efdp.pdf", b"%PDF-1.7", "file_name_hidden"),
    ],
)
def test_wrong_files_are_refused_before_anything_is_kept(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = attachments.check_files("attachments", [str(path)])
    wanted = "hidden_character" if code == "file_name_hidden" else code
    assert [one.code for one in found] == ([wanted] if wanted else [])


def test_pages_of_what_is_no_pdf_are_unknown(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    assert filekinds.facts(path) == filekinds.Facts(15, 0)
