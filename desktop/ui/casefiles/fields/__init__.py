"""Inputs that only a case file needs: situations, rungs, measures, what the table proposes."""
