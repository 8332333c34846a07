"""One page for each step of a case file: its form, and what the use case makes of it."""
