"""Reading: SQL text and the functions that turn its rows into records."""
