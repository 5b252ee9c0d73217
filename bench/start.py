"""Seconds to the first page: a cold start in a fresh copy (packages, assets, database, country), and a second start.

python3 bench/start.py [--runs N]

Figures drift with machine and network; the ratio of the two holds.
"""

import argparse
import http.client
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUTER = ("DATABASE_", "REDIS_", "MC_", "DJANGO_", "SECRET_KEY", "VIRTUAL_ENV")


def copy(folder: Path) -> None:
    """What git would hand out, as it stands here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def opens(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/suc-khoe/")
            return connection.getresponse().status == 200
        except OSError:
            return False


def start(folder: Path, port: int) -> float:
    """Start, measure to the first page, stop."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OUTER)}
    began = time.perf_counter()
    demo = subprocess.Popen(["python3", "bin/demo", "--port", str(port)], cwd=folder, env=environment)
    try:
        while not opens(port):
            if demo.poll() is not None:
                sys.exit("The demo did not start; its own lines above say why.")
            time.sleep(0.05)
        return time.perf_counter() - began
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="of the second start (3)")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory(prefix="start-") as name:
        folder, port = Path(name), free_port()
        copy(folder)
        cold = start(folder, port)
        again = [start(folder, port) for _ in range(runs)]
        subprocess.run(["python3", "bin/demo", "--remove"], cwd=folder, capture_output=True, check=False)
    print(f"cold start   {cold:6.1f} s")
    print(
        f"second start {statistics.median(again):6.1f} s   (aim: under 10; {', '.join(f'{one:.1f}' for one in again)})"
    )
    print(f"ratio        {cold / statistics.median(again):6.1f}")


if __name__ == "__main__":
    main()
