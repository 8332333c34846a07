"""The office file (本单位数据文件): one SQLite database, its schema, its records and its event log."""

from db import driver as driver  # before anything imports sqlite_utils
