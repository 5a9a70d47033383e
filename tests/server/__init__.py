"""Tests of the processes: started as a user does, spoken to over raw sockets, stopped by real signals."""
