"""The supervisor of one home: starts PostgreSQL, the web processes and the ticker, and keeps them running.

It owns the listening socket and lends it to gunicorn, so that at a restart new web processes serve beside the
old ones before those leave: start and restart are one path, and no connection is refused. No Django in here.
"""

import contextlib
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from socket import socket
from time import monotonic

from psycopg.conninfo import conninfo_to_dict

from netledger.errors import Refusal
from netledger.installation import database, pages_key, secret_key
from netledger.installation.config_edit import create_config
from netledger.installation.errors import FileNotWritten
from netledger.installation.full_disk import require_room
from netledger.installation.home import VARIABLE as HOME_VARIABLE
from netledger.installation.home import Home, create_home
from netledger.installation.lock import HomeLock
from netledger.installation.postgres import Cluster
from netledger.installation.roles import Role
from netledger.installation.whole_file import write_whole
from netledger.server import logs
from netledger.server.activation import activate
from netledger.server.beat import forget_beat, has_beaten
from netledger.server.children import Leaving, Pause, output_log, start_module
from netledger.server.errors import ChildFailed, NotReady
from netledger.server.exposition import PATH as METRICS_PATH
from netledger.server.exposition import Exposition
from netledger.server.generation import GRACEFUL_S, Generation, start_generation
from netledger.server.listening import answers_ready, as_text, listen_of, open_listener, url_of
from netledger.server.metrics_folder import empty_folder
from netledger.server.rates import forget_rates
from netledger.server.schema import lacks_migrations
from netledger.server.signals import Signals, StopAsked
from netledger.server.state import Attempt, Phase, State, forget_state, read_state, write_state
from netledger.server.systemd import tell_systemd
from netledger.server.unnamed_proxy import forget_unnamed_proxy
from netledger.server.wal_child import WalChild

READY_WITHIN_S = 60
REPLACED_LEAVE_WITHIN_S = GRACEFUL_S + 5
"""So long web processes may send what is in flight when others serve in their place: a slow router takes minutes."""
LET_GO_WITHIN_S = 5.0
"""So long web processes may take new connections after they were told to leave, before a restart is told as done."""
LEFTOVERS_LEAVE_WITHIN_S = 5.0
LOOK_EVERY_S = 0.5
REST_S = 0.05


class Supervisor:
    """One running netledger."""

    def __init__(
        self,
        home: Home,
        *,
        listen: str = "",
        listen_at_first: str,
        metrics_nearby: bool = False,
        before_ready: Callable[["Supervisor"], None] | None = None,
        when_ready: Callable[["Supervisor"], None] | None = None,
    ) -> None:
        """Nothing is touched before `run`.

        Args:
            listen: ADDRESS:PORT that stands above the configuration's.
            listen_at_first: where to listen if neither says it.
            metrics_nearby: where the port of the metrics is taken, the next free one does.
            before_ready: called at the start, with the database migrated and nothing served yet.
            when_ready: called at the start, when the service answers.
        """
        self.home = home
        self.listen = listen_of(listen or listen_at_first)
        self.listen_is_given = bool(listen)
        self.metrics_nearby = metrics_nearby
        self.metrics = Exposition(home)
        self.before_ready = before_ready
        self.when_ready = when_ready
        self.state = State(
            pid=os.getpid(),
            address=as_text(self.listen),
            since=datetime.now(UTC).isoformat(timespec="seconds"),
            phase="starting",
            generation=0,
        )
        self.signals = Signals()
        self.leaving = Leaving()
        self.listener: socket | None = None
        self.cluster: Cluster | None = None
        self.web: Generation | None = None
        self.replaced: list[Generation] = []
        """Web processes that are to leave, and may still take a connection."""
        self.ticker: subprocess.Popen[bytes] | None = None
        self.wal: WalChild | None = None
        self.pauses = {"postgres": Pause(), "web": Pause(), "ticker": Pause()}
        self.on_terminal = _stands_on_terminal()

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT.

        Raises: Refusal: it could not start; nothing is left running.
        """
        self.signals.take()
        os.environ[HOME_VARIABLE] = str(self.home.path)
        create_home(self.home)
        with HomeLock(self.home).acquire(address=self.state.address) as lock:
            logs.configure(self.home, "supervisor")
            try:
                self._start(lock)
                self._keep()
            except StopAsked:
                pass
            except Refusal as refusal:
                logs.log.error("does not start", code=refusal.code)
                raise
            finally:
                self._stop()

    @property
    def url(self) -> str:
        """The address for a browser or curl on this machine."""
        return url_of(self.listen)

    @property
    def metrics_url(self) -> str:
        """Where Prometheus finds the metrics; empty, if they are not shown."""
        return url_of(self.metrics.listen) + METRICS_PATH if self.metrics.listen else ""

    def run_module(self, module: str, *arguments: str, role: Role = "server", shown: bool = False) -> None:
        """Run `python -m MODULE` to its end; for what happens before anything is served.

        Args:
            shown: what it prints goes where we print, and else to HOME/log/output.log.

        Raises: ChildFailed, StopAsked.
        """
        child = start_module(self.home, module, *arguments, role=role, shown=shown)
        try:
            self.signals.wait_until(lambda: child.poll() is not None, float("inf"))
        except StopAsked:
            self.leaving.add(child)
            raise
        if child.returncode != 0:
            raise ChildFailed(program=module, log=output_log(self.home))

    def _start(self, lock: HomeLock) -> None:
        begun_s = monotonic()
        create_config(self.home, as_text(self.listen))
        secret_key.create(self.home)
        secret_key.require_keys(self.home)
        pages_key.create(self.home)
        settings = activate(self.home)
        if not self.listen_is_given and settings.network.listen:
            self.listen = listen_of(settings.network.listen)
        self.listener = open_listener(self.listen, patience_s=self._patience_for_the_address_s())
        lock.announce(as_text(self.listen))
        self.state = replace(self.state, address=as_text(self.listen))
        self._tell("starting", None)
        forget_beat(self.home)
        forget_rates(self.home)
        forget_unnamed_proxy(self.home)
        self._show_metrics(settings.network.metrics_listen)
        if not database.is_external():
            self.cluster = Cluster(self.home)
            self.cluster.start()
            self.wal = WalChild(self.home)
        self._migrate()
        if self.before_ready:
            self.before_ready(self)
        self._bring_up()
        self._wait_for_an_answer()
        if self.when_ready:
            self.when_ready(self)
        self._tell("ready", Attempt(begun_s))

    def _wait_for_an_answer(self) -> None:
        """Raises: ChildFailed: the web ended. NotReady: it does not answer."""

        def has_ended() -> bool:
            return self.web is not None and self.web.has_ended()

        if not self.signals.wait_until(lambda: has_ended() or answers_ready(self.listen), READY_WITHIN_S):
            raise NotReady(log=str(self.home.log))
        if has_ended():
            raise ChildFailed(program="netledger.server.web", log=output_log(self.home))

    def _show_metrics(self, listen: str) -> None:
        """Show what is counted; that another program has the port is no reason not to start."""
        empty_folder(self.home)
        if listen and not self.metrics.serve(listen_of(listen), or_nearby=self.metrics_nearby):
            logs.log.warning("metrics are not shown: their address is taken or unusable", address=listen)
            self.state = replace(self.state, metrics_hidden=listen)

    def _patience_for_the_address_s(self) -> float:
        """After kill -9 the web processes of the last run leave a moment later than their supervisor."""
        return LEFTOVERS_LEAVE_WITHIN_S if read_state(self.home) else 0.0

    def _restart(self) -> None:
        """Take the configuration as it stands now, or go on as before and tell why."""
        begun_s = monotonic()
        before = self.home.active_config.read_bytes()
        try:
            require_room(self.home.path)
            secret_key.require_keys(self.home)
            activate(self.home)
            self._migrate()
            self._bring_up()
        except Refusal as refusal:
            logs.log.warning("restart refused", code=refusal.code)
            with contextlib.suppress(FileNotWritten):
                write_whole(self.home.active_config, before)
            self._wait_for_the_replaced()
            self._tell("ready", Attempt(begun_s, refusal.sentence("ru"), refusal.sentence("en")))
        else:
            self._wait_for_the_replaced()
            forget_unnamed_proxy(self.home)
            self._tell("ready", Attempt(begun_s))

    def _wait_for_the_replaced(self) -> None:
        """Let only those take new connections who go by what is in force: so whoever hears of the restart finds it.

        Raises: StopAsked.
        """
        if not self.signals.wait_until(lambda: not self._look_at_the_replaced(), LET_GO_WITHIN_S):
            logs.log.warning("replaced web processes may still take connections")

    def _look_at_the_replaced(self) -> bool:
        """Forget those of them who take no connection any more; whether any is left."""
        self.replaced = [web for web in self.replaced if not web.takes_nobody()]
        return bool(self.replaced)

    def _migrate(self) -> None:
        """Bring the database's tables up to this version."""
        server_role = str(conninfo_to_dict(database.conninfo("server"))["user"])
        if lacks_migrations(database.conninfo("owner"), server_role=server_role):
            self.run_module("netledger.server.migrate", role="owner")

    def _bring_up(self) -> None:
        """Start new web processes and a new ticker, and let the old web go when they work.

        Raises: ChildFailed, StopAsked: the new ones are leaving, the old web serves on.
        """
        if self.ticker:
            self.leaving.add(self.ticker)
        self.ticker = ticker = start_module(self.home, "netledger.server.ticker")
        web = start_generation(self.home, self._socket())

        def failed() -> bool:
            return web.has_ended() or ticker.poll() is not None

        def works() -> bool:
            return web.is_ready() and has_beaten(self.home, ticker.pid)

        try:
            if not self.signals.wait_until(lambda: failed() or works(), READY_WITHIN_S) or failed():
                program = "netledger.server.ticker" if web.is_ready() else "netledger.server.web"
                raise ChildFailed(program=program, log=output_log(self.home))
        except (Refusal, StopAsked):
            self.leaving.add(web.master)
            self.replaced.append(web)
            self.leaving.add(ticker)
            raise
        if self.web:
            self.leaving.add(self.web.master, REPLACED_LEAVE_WITHIN_S)
            self.replaced.append(self.web)
        if self.wal:
            self.wal.renew(self.leaving)
        self.web = web
        self.state = replace(self.state, generation=self.state.generation + 1)

    def _keep(self) -> None:
        """Do what signals ask, and start anew what ended."""
        while True:
            self.signals.wait(LOOK_EVERY_S)
            if self.signals.restart_asked:
                self.signals.restart_asked = False
                if self.on_terminal and not _stands_on_terminal():
                    raise StopAsked  # the terminal was closed, which says SIGHUP too
                self._restart()
            self._keep_database()
            if self.web and self.web.has_ended() and self._may_start("web"):
                self.replaced.append(self.web)
                self.web = start_generation(self.home, self._socket())
            if self.ticker and self.ticker.poll() is not None and self._may_start("ticker"):
                self.ticker = start_module(self.home, "netledger.server.ticker")
            if self.wal and self.wal.keep():
                logs.log.warning("starting anew", what="wal_stream")
                self.metrics.starts["wal_stream"] += 1
            self.leaving.look()
            self._look_at_the_replaced()

    def _keep_database(self) -> None:
        if self.cluster is None or (self.cluster.process and self.cluster.process.poll() is None):
            return
        if self._may_start("postgres"):
            try:
                self.cluster.start()
            except Refusal as refusal:
                logs.log.error("postgres does not start", code=refusal.code)

    def _may_start(self, program: str) -> bool:
        """Whether the pause of something that ended is over."""
        over = self.pauses[program].is_over()
        if over:
            logs.log.warning("starting anew", what=program)
            self.metrics.starts[program] += 1
        return over

    def _stop(self) -> None:
        """Stop all: the web, which ends what is in flight, and the ticker; PostgreSQL; who streams its last WAL."""
        self._tell("stopping", self.state.attempt)
        if self.listener:
            self.listener.close()
        self._wait_for(self.web.master if self.web else None, self.ticker)
        if self.cluster:
            self.cluster.stop()
        self._wait_for(self.wal.process if self.wal else None)
        forget_state(self.home)

    def _wait_for(self, *children: subprocess.Popen[bytes] | None) -> None:
        """Wait until these, and whoever was asked before, have left."""
        for child in children:
            if child:
                self.leaving.add(child)
        self.leaving.hurry()
        while self.leaving.look():
            self.signals.rest(REST_S)

    def _socket(self) -> socket:
        assert self.listener is not None, "not started"
        return self.listener

    def _tell(self, phase: Phase, attempt: Attempt | None) -> None:
        """Write what we are doing; a full disk is no reason to stop doing it."""
        self.state = replace(self.state, phase=phase, attempt=attempt)
        with contextlib.suppress(FileNotWritten):
            write_state(self.home, self.state)
        tell_systemd(phase, self.state.address)
        logs.log.info(phase, address=self.state.address, generation=self.state.generation)


def _stands_on_terminal() -> bool:
    return os.isatty(0)
