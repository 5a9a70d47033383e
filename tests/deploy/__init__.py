"""The examples of deploy/, really used: with Debian's nginx, HAProxy and systemd, where they are."""
