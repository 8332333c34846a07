"""考核评分: rounds, their ranking, the scoring grid and the result letters; no rule, no storage."""
