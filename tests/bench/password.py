"""What opens the file that is made to be measured, and the day it is measured on."""

from datetime import datetime

NOW = datetime(2026, 11, 20, 9, 30)
PASSWORD = "nur-zum-messen"
