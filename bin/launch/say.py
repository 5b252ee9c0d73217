"""What a person sees: one line for each step with its seconds, one line for what went wrong and what to do."""

import errno
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class SetupError(Exception):
    """Something that a person has to put right; the message says what happened and what to do."""


def line(text: str) -> None:
    """Progress goes to stderr: what `bin/manage` prints must stay readable for other programs."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """`what` with the seconds it took, on one line; on a terminal it is shown while it goes on."""
    began = time.monotonic()
    if sys.stderr.isatty():
        print(f"  {what} …", end="\r", file=sys.stderr, flush=True)
    yield
    line(f"  {what} … {time.monotonic() - began:.1f} s")


def explained(main: Callable[[], int]) -> int:
    """Run `main`; what a person can put right becomes one line instead of a traceback."""
    try:
        return main()
    except SetupError as trouble:
        line(f"✗ {trouble}")
    except KeyboardInterrupt:
        line("Stopped.")
        return 130
    except OSError as error:
        if error.errno not in REMEDIES:
            raise
        line(f"✗ {error.strerror}: {error.filename or 'this machine'}. {REMEDIES[error.errno]}")
    return 1


REMEDIES = {
    errno.ENOSPC: "The disk is full: free some space, then start again. Nothing that was saved is lost.",
    errno.EDQUOT: "Your disk quota is used up: free some space, then start again. Nothing that was saved is lost.",
    errno.EACCES: "This account may not use it: start as its owner, or give it to this account with chown.",
    errno.EPERM: "This account may not use it: start as its owner, or give it to this account with chown.",
    errno.EROFS: "This file system is read-only: copy the folder to one that can be written.",
}


def tail(output: str | bytes | None, lines: int = 12) -> str:
    """The last lines of a program's output, indented; enough to see why it failed."""
    text = output.decode(errors="replace") if isinstance(output, bytes) else output or ""
    return "\n".join(f"    {part}" for part in text.strip().splitlines()[-lines:])


def quietly(command: list[object], *, why: str, **options: Any) -> str:
    """What a program says (`options` are those of subprocess.run); when it fails, `why` and the end of its output."""
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        check=False,
        **options,
    )
    if done.returncode:
        raise trouble(why, done.stdout)
    return str(done.stdout)


def trouble(why: str, said: str) -> SetupError:
    """What to raise when a program failed that said `said`: `why` and its end, or one line when the disk is full."""
    if any(sign in said for sign in ("No space left on device", "ENOSPC")):
        return SetupError(f"{why}: {REMEDIES[errno.ENOSPC]}")
    return SetupError(f"{why}:\n{tail(said)}")
