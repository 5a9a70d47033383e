"""The methods, a file a context of the specification."""

from netledger.system_api.contexts import collector, fiscal, onec, web

__all__ = ["collector", "fiscal", "onec", "web"]
