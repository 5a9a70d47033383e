"""`netledger service start|stop|restart|status`: the service of a home, in the background."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import typer

from netledger.cli.home_option import HomeOption
from netledger.cli.language import say
from netledger.cli.serve import ListenOption
from netledger.installation.errors import HomeBusy
from netledger.installation.full_disk import require_room
from netledger.installation.home import Home, create_home, home_from_environment
from netledger.installation.lock import Holder, holder_of
from netledger.installation.settings import read_settings
from netledger.server.errors import NotRunning, RestartRefused, ServiceSilent
from netledger.server.state import State, read_state

START_WITHIN_S = 660
"""A little more than PostgreSQL's own limit: after a crash it may have much to recover."""
STOP_WITHIN_S = 120
RESTART_WITHIN_S = 150
LOOK_EVERY_S = 0.05

app = typer.Typer(
    help=say("Служба в фоне: start, stop, restart, status", "The service in the background"),
    no_args_is_help=True,
)


@app.command(help=say("Запустить и дождаться готовности", "Start it and wait until it is ready"))
def start(home: HomeOption = None, listen: ListenOption = "") -> None:
    """Start `serve` in the background."""
    chosen = home_from_environment()
    holder = holder_of(chosen)
    if holder:
        raise HomeBusy(path=str(chosen.path), pid=holder.pid, address=holder.address)
    _start(chosen, listen)


@app.command(help=say("Закончить начатое и остановиться", "End what is in flight and stop"))
def stop(home: HomeOption = None) -> None:
    """Stop what runs on the home; nothing to stop is no failure."""
    chosen = home_from_environment()
    holder = holder_of(chosen)
    if holder:
        os.kill(holder.pid, signal.SIGTERM)
        _wait(lambda: holder_of(chosen) != holder, holder, STOP_WITHIN_S)
    _print(say("netledger остановлен", "netledger is stopped"))


@app.command(
    help=say(
        "Применить настройки: то, что работает, не прерывается; неверные настройки не применяются",
        "Take the configuration as it stands, without an interruption; a wrong one is refused",
    )
)
def restart(home: HomeOption = None) -> None:
    """Restart what runs on the home, in the foreground too; start it, if nothing does."""
    chosen = home_from_environment()
    holder = holder_of(chosen)
    if holder is None:
        _start(chosen, "")
        return
    read_settings(chosen.config)
    require_room(chosen.path)
    asked_s = time.monotonic()
    os.kill(holder.pid, signal.SIGHUP)
    _wait(lambda: _was_attempted(chosen, asked_s) or holder_of(chosen) is None, holder, RESTART_WITHIN_S)
    state = read_state(chosen)
    if state is None or state.attempt is None:
        raise NotRunning(path=str(chosen.path))
    if state.attempt.failed_ru:
        raise RestartRefused(why_ru=state.attempt.failed_ru, why_en=state.attempt.failed_en)
    _print(say(f"netledger перезапущен: {state.address}", f"netledger is restarted: {state.address}"))


@app.command(
    help=say("Сказать, что работает; код 1, если ничего", "Say what runs; exit with 1 if nothing does")
)
def status(home: HomeOption = None) -> None:
    """Say who runs, where it listens and since when."""
    chosen = home_from_environment()
    holder = holder_of(chosen)
    if holder is None:
        raise NotRunning(path=str(chosen.path))
    state = read_state(chosen)
    since = state.since if state and state.pid == holder.pid else ""
    phase = state.phase if state and state.pid == holder.pid else "starting"
    _print(
        say(
            f"netledger работает: процесс {holder.pid}, адрес {holder.address}, с {since}, состояние {phase}",
            f"netledger runs: process {holder.pid}, address {holder.address}, since {since}, {phase}",
        )
    )


def _start(home: Home, listen: str) -> None:
    create_home(home)
    argv = [sys.executable, "-P", "-m", "netledger.cli.main", "serve", "--home", str(home.path)]
    log = os.open(home.log / "service.log", os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    said_before = os.fstat(log).st_size
    child = subprocess.Popen(  # noqa: S603
        argv + (["--listen", listen] if listen else []),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        cwd="/",
    )
    give_up_at = time.monotonic() + START_WITHIN_S
    while child.poll() is None and not _is_ready(home, child.pid):
        if time.monotonic() > give_up_at:
            raise ServiceSilent(pid=child.pid, waited_s=START_WITHIN_S)
        time.sleep(LOOK_EVERY_S)
    said = os.pread(log, 65536, said_before).decode(errors="replace")
    if child.poll() is not None:
        sys.stderr.write(said)
        raise typer.Exit(1)
    _print(said.rstrip())


def _is_ready(home: Home, pid: int) -> bool:
    state = read_state(home)
    return state is not None and state.pid == pid and state.phase == "ready"


def _was_attempted(home: Home, asked_s: float) -> bool:
    """Whether the supervisor has tried a restart that it began after it was asked."""
    state: State | None = read_state(home)
    return state is not None and state.attempt is not None and state.attempt.begun_s >= asked_s


def _wait(holds: Callable[[], bool], holder: Holder, timeout_s: int) -> None:
    give_up_at = time.monotonic() + timeout_s
    while not holds():
        if time.monotonic() > give_up_at:
            raise ServiceSilent(pid=holder.pid, waited_s=timeout_s)
        time.sleep(LOOK_EVERY_S)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
