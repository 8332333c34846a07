"""The tab 责任追究案卷: the shelf of case files, one case with its gate, and a page for each step."""

from desktop.ui.casefiles.tab import CaseFilesTab

__all__ = ["CaseFilesTab"]
