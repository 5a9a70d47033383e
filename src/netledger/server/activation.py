"""The configuration in force: a copy of cfg/config that was found right, which every process reads.

So an edit takes effect at a restart and not before, also for a process that is started anew in between.
"""

from netledger.installation.config_edit import write_twin
from netledger.installation.home import Home
from netledger.installation.settings import Settings, read_settings
from netledger.installation.whole_file import write_whole


def activate(home: Home) -> Settings:
    """Put cfg/config in force, if it is right.

    Raises: ConfigUnreadable, ConfigRefused: what was in force still is. FileNotWritten.
    """
    settings = read_settings(home.config)
    content = home.config.read_bytes()
    write_whole(home.active_config, content)
    if read_settings(home.active_config) != settings:
        # Edited between the two readings: once more, so that what is in force was found right under its own name.
        return activate(home)
    write_twin(home)
    return settings
