"""Ports of this machine."""

import errno
import socket

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def why_not(host: str, port: int) -> str | None:
    """A sentence that says why nobody can listen there now, or None."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn will
        try:
            probe.bind((host, port))
        except PermissionError:
            return f"Port {port} is for the machine's administrator only."
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"Port {port} is taken by another program."
            return f"Nobody can listen at {host}:{port}: {error.strerror}."
    return None
