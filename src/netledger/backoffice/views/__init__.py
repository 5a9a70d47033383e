"""Staff's pages, a file for each group of them; what guards them is `backoffice/doors.py`."""
