"""The window and its tabs: everything drawn with Qt; no rules, no storage."""
