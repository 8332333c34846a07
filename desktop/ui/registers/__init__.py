"""The registers kept apart from the register of complaints: 只登交接, 备案."""
