"""nginx and HAProxy with the examples of deploy/, as they stand but for addresses and files, in front of a port."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server.running import eventually, free_port

DEPLOY = Path(__file__).parents[2] / "deploy"
STOPS_WITHIN_S = 10
BILLING = "127.0.0.1:8083"

NGINX_AROUND = """\
user root;
pid {folder}/nginx.pid;
error_log {folder}/error.log emerg;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/netledger.conf;
}}
"""


@dataclass
class Proxy:
    """A running proxy: where the API and the pages are to be had, and where it writes."""

    api_port: int
    pages_port: int
    folder: Path

    def written(self) -> str:
        """All that it has logged."""
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


@contextmanager
def nginx(folder: Path, billing_port: int) -> Iterator[Proxy]:
    """nginx with deploy/nginx/netledger.conf."""
    proxy = Proxy(free_port(), free_port(), folder)
    _certify(folder)
    changes = {
        "    listen [::]:8082;\n": "",
        "    listen [::]:443 ssl;\n": "",
        "listen 8082": f"listen 127.0.0.1:{proxy.api_port}",
        "listen 443": f"listen 127.0.0.1:{proxy.pages_port}",
        BILLING: f"127.0.0.1:{billing_port}",
        "/var/log/nginx/": f"{folder}/",
        "/etc/ssl/netledger/": f"{folder}/",
    }
    _write(folder / "netledger.conf", DEPLOY / "nginx" / "netledger.conf", changes)
    (folder / "nginx.conf").write_text(NGINX_AROUND.format(folder=folder))
    command = [_program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t", "-q"], check=True, timeout=30)
    with _running([*command, "-g", "daemon off;"], proxy):
        yield proxy


@contextmanager
def haproxy(folder: Path, billing_port: int) -> Iterator[Proxy]:
    """HAProxy with deploy/haproxy/netledger.cfg."""
    proxy = Proxy(free_port(), free_port(), folder)
    _certify(folder)
    changes = {
        "bind :8082": f"bind 127.0.0.1:{proxy.api_port}",
        "bind :443": f"bind 127.0.0.1:{proxy.pages_port}",
        BILLING: f"127.0.0.1:{billing_port}",
        "log /dev/log local0": "log stdout format raw local0",
        "/etc/haproxy/": f"{folder}/",
    }
    _write(folder / "netledger.cfg", DEPLOY / "haproxy" / "netledger.cfg", changes)
    command = [_program("haproxy"), "-db", "-f", str(folder / "netledger.cfg")]
    subprocess.run([*command, "-c", "-q"], check=True, timeout=30)
    with _running(command, proxy):
        yield proxy


def _program(name: str) -> str:
    """The program's path, also where its folder is in root's way only."""
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if found is None:
        pytest.skip(f"{name} is not here: make packages")
    return found


def _write(target: Path, example: Path, changes: dict[str, str]) -> None:
    """Write the example with those changes, each of which it must have a place for."""
    text = example.read_text()
    for old, new in changes.items():
        assert old in text, f"{example.name} has no {old!r}"
        text = text.replace(old, new)
    target.write_text(text)


@contextmanager
def _running(command: list[str], proxy: Proxy) -> Iterator[None]:
    with (proxy.folder / "output.log").open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        eventually(lambda: _listens(proxy.api_port) or process.poll() is not None)
        assert process.poll() is None, proxy.written()
        yield
    finally:
        process.terminate()
        process.wait(timeout=STOPS_WITHIN_S)


def _listens(port: int) -> bool:
    with suppress(OSError), create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _certify(folder: Path) -> None:
    """A certificate of our own, in the files that the examples name."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "billing.example.org")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = (
        builder.not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = signed.public_bytes(serialization.Encoding.PEM)
    (folder / "fullchain.pem").write_bytes(public)
    (folder / "privkey.pem").write_bytes(private)
    (folder / "netledger.pem").write_bytes(public + private)
