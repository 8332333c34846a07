"""The self-test from the sources: it does all its steps, and says so when one goes wrong."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop import text
from desktop.selftest import run as selftest
from desktop.selftest.run import STEPS, Step
from desktop.selftest.trial import Failed, Trial
from desktop.ui.common import theme
from desktop.ui.common.palette import Scheme


@pytest.fixture(autouse=True)
def _put_back(qapp: QApplication) -> Iterator[None]:
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    text.use_language("zh_CN")
    theme.apply(qapp, Scheme.LIGHT, 1.0)


def read(report: Path) -> dict:
    return json.loads(report.read_text("utf-8"))


def test_every_step_is_done(qapp: QApplication, tmp_path: Path) -> None:
    report = tmp_path / "自检" / "report.json"
    hook = sys.excepthook
    passed = selftest.try_out(qapp, report, STEPS)
    told = read(report)
    assert [step["failed"] for step in told["steps"]] == [""] * len(STEPS)
    assert passed
    assert told["passed"]
    assert told["versions"]["SQLCipher"]
    assert told["fonts"]["界面"]
    assert told["fonts"]["文书"]
    assert len(told["letters"]) == 6
    for name in told["letters"]:
        assert (report.parent / "letters" / name).read_bytes().startswith(b"%PDF")
    assert len(told["pictures"]) > 20
    for name in told["pictures"]:
        assert not QImage(str(report.parent / "pictures" / name)).isNull()
    assert sys.excepthook is hook


def test_a_step_that_fails_is_told_and_the_rest_is_tried(
    qapp: QApplication, tmp_path: Path
) -> None:
    def bad(trial: Trial) -> str:
        raise Failed("nothing there")

    def unexpected(trial: Trial) -> str:
        trial.errors.append(ValueError("in a callback"))
        return "done"

    report = tmp_path / "report.json"
    steps = [
        Step("bad", "坏", bad),
        Step("callback", "回调", unexpected),
        Step("good", "好", lambda trial: "好了"),
    ]
    assert not selftest.try_out(qapp, report, steps)
    told = read(report)
    assert not told["passed"]
    assert told["finished"]
    failed = [step["failed"] for step in told["steps"]]
    assert "nothing there" in failed[0]
    assert "in a callback" in failed[1]
    assert failed[2] == ""


def test_the_command_line_chooses_report_and_steps(qapp: QApplication, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert selftest.run(["--self-test", str(report), "--only", "office", "register"]) == 0
    assert [step["step"] for step in read(report)["steps"]] == ["新建单位", "登记投诉"]
    assert selftest.run(["--self-test", str(report), "--only", "tabs"]) == 1
