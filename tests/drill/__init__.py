"""The drills of safekeeping: what is done to an office file on purpose, and what holds."""
