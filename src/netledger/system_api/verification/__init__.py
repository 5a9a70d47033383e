"""Whether a host answers the calls of the specification as they are declared: `netledger verify`.

It is a client of the System API, ours or a real Carbon's: it reads no database, and knows of a host what it answers.
"""
