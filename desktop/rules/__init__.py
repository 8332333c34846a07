"""What the regulations say can be computed: pure functions and values, without Qt, SQL, clock or files."""
