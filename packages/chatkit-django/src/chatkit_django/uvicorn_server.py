"""uvicorn's server and its supervisor, which also say when they are ready. Needs the extra
``server``."""

import os
import signal
import socket
from collections.abc import Callable

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

Ready = Callable[[], object]


class OneProcess(uvicorn.Server):
    """Serves in this process."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], ready: Ready) -> None:
        super().__init__(config)
        self._sockets = sockets
        self._ready = ready

    def serve_until_stopped(self) -> bool:
        """Serve until a signal; False if it could not be started."""
        self.run(self._sockets)
        return self.started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


class SeveralProcesses(Multiprocess):
    """Serves in processes of their own, and replaces one that dies."""

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket], ready: Ready) -> None:
        super().__init__(config, sockets)
        self._ready: Ready | None = ready

    def serve_until_stopped(self) -> bool:
        """Serve until a signal; False if a worker could not be started."""
        self.run()
        return all(process.exitcode != STARTUP_FAILURE for process in self.processes)

    def keep_subprocess_alive(self) -> None:
        super().keep_subprocess_alive()
        if self._ready is not None and all(process.is_ready() for process in self.processes):
            self._ready()
            self._ready = None

    def terminate_all(self) -> None:
        for listening in self.sockets:
            listening.close()  # who comes now hears at once that nobody is there
        super().terminate_all()

    def join_all(self) -> None:
        """Wait for the workers, and pass on what they are told meanwhile: a second signal means
        that they shall be quick."""
        for process in self.processes:
            while process.process.is_alive():
                process.process.join(0.2)
                self._pass_on_signals()

    def _pass_on_signals(self) -> None:
        while self.signal_queue:
            number = self.signal_queue.pop(0)
            if number in (signal.SIGINT, signal.SIGTERM):
                for process in self.processes:
                    if process.pid is not None and process.process.is_alive():
                        os.kill(process.pid, signal.SIGINT)
