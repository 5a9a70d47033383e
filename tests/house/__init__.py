"""What linters cannot hold: the limits, names, arrows and documents of the house itself.

A rule is a checker over sources and two tests: the tree keeps it, and a planted offender is found.
"""
