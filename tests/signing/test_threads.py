"""Pages verify in several threads, and a worker without shared memory signs in several."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from documents.signing.engine.reading import certificate
from tests.trust import Trust

THREADS = 4


def test_no_two_threads_read_one_certificate(trust: Trust) -> None:
    der = trust.anchor.certificate
    together = Barrier(THREADS)

    def read() -> int:
        together.wait()
        return id(certificate(der))

    with ThreadPoolExecutor(THREADS) as pool:
        found = [pool.submit(read) for _ in range(THREADS)]
        assert len({one.result() for one in found}) == THREADS
    assert certificate(der) is certificate(der)
