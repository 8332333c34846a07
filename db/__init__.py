"""The office file (本单位数据文件): one SQLite database, its schema, its records and its event log."""
