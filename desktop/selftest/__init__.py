"""The program tries itself out (自检): a whole small office in a folder of its own, and a report."""
