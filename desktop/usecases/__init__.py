"""What the office does: each function here is one clerk's action, or one thing a clerk looks at."""
