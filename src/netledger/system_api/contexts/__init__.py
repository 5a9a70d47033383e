"""The methods, a file a context of the specification."""

from netledger.system_api.contexts import collector, fiscal, onec, onec_operations, web

__all__ = ["collector", "fiscal", "onec", "onec_operations", "web"]
