"""The template editor (文书模板): the wordings of letters, changed beside a live preview."""
