"""`netledger demo`: a home with a demonstration provider, made at its first start."""

from netledger.cli.demo.command import demo

__all__ = ["demo"]
