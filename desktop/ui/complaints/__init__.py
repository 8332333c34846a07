"""The tab 投诉登记: the register, one complaint with its clocks, and the pages of its steps."""

from desktop.ui.complaints.tab import ComplaintsTab

__all__ = ["ComplaintsTab"]
