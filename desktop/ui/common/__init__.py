"""Widgets shared by all tabs; they know neither complaints nor case files nor assessments."""
