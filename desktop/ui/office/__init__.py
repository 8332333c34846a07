"""The office's own pages: first page, settings, people, calendar, rules, about; no rule here."""
