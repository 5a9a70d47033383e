"""What no user does on purpose: processes killed at random moments, lists of hundreds of thousands of lines.

`make test` runs a short version; `make faults` runs what carries the mark `faults`.
"""
