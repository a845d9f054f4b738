"""The next step: when it is due, who carries it out, and that there is exactly one."""
