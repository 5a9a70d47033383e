"""The settings that the running service took at its start."""

from functools import cache

from netledger.installation.home import home_from_environment
from netledger.installation.settings import Settings, read_settings


@cache
def settings_in_force() -> Settings:
    """Read once: web processes are started anew when others are to hold."""
    return read_settings(home_from_environment().active_config)
