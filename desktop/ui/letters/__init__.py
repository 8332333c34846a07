"""文书: the letter book, many letters at once, envelopes, the printer's test page, codes read back."""
