"""The tab 今日: what is due, what is waited for, what is to do next."""

from desktop.ui.today.tab import TodayTab

__all__ = ["TodayTab"]
