"""What was changed after a signature: half the time of judging, so nothing is compared twice.

The answer depends on the bytes of the file alone, so it is remembered by their digest: a document that many people look
up is compared once per process. What the portal sealed itself was compared then, and the register keeps the answer with
the digest (`known`). Trust and status are asked for each time.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffPolicy,
    DiffResult,
    ModificationLevel,
    SuspiciousModification,
)
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm

MOST = 2_000  # answers remembered
Key = tuple[str, int, str, str]


class Memory:
    def __init__(self) -> None:
        self._answers: OrderedDict[Key, DiffResult] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key) -> DiffResult | None:
        with self._lock:
            return self._answers.get(key)

    def keep(self, key: Key, answer: DiffResult) -> None:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._answers.clear()


MEMORY = Memory()


class Differences(DiffPolicy):
    """pyHanko's own rules, with fewer questions. Judge the last signature first: the earlier ones build on it.

    `signed` and `stamped` are the revisions of signatures and of time-stamps. Changes behind a time-stamp are those
    behind the last signature too. When behind the next signature there is proof only, which every signature allows,
    what came between this one and the next is all that is left to look at.
    """

    def __init__(
        self, sha256: str, *, signed: Iterable[int], stamped: Iterable[int], known: Mapping[int, ModificationLevel]
    ) -> None:
        self._sha256 = sha256
        self._known = known
        self._signed = sorted(signed)
        self._stamped = frozenset(stamped)
        self._proof_only: set[int] = set()

    def apply(self, *args: Any, **named: Any) -> DiffResult:
        return DEFAULT_DIFF_POLICY.apply(*args, **named)

    def review_file(
        self,
        reader: PdfFileReader,
        base_revision: int | HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult | SuspiciousModification:
        base = base_revision if isinstance(base_revision, int) else base_revision.revision
        if base in self._stamped and self._signed and self._signed[0] < base:
            return DiffResult(ModificationLevel.LTA_UPDATES, set())
        if base in self._known:
            return DiffResult(self._known[base], set())
        key = (self._sha256, base, str(field_mdp_spec and field_mdp_spec.as_pdf_object()), str(doc_mdp))
        found = MEMORY.find(key)
        if found is None:
            try:
                compared = self._compare(reader, base, field_mdp_spec, doc_mdp)
            except SuspiciousModification as error:
                return error
            if isinstance(compared, SuspiciousModification):
                return compared
            found = compared
            MEMORY.keep(key, found)
        if found.modification_level <= ModificationLevel.LTA_UPDATES:
            self._proof_only.add(base)
        return found

    def _compare(
        self, reader: PdfFileReader, base: int, field_mdp_spec: FieldMDPSpec | None, doc_mdp: MDPPerm | None
    ) -> DiffResult | SuspiciousModification:
        following = next((revision for revision in self._signed if revision > base), None)
        if following not in self._proof_only or following is None:
            return DEFAULT_DIFF_POLICY.review_file(reader, base, field_mdp_spec, doc_mdp)
        level, changed = ModificationLevel.LTA_UPDATES, set[str]()
        old = reader.get_historical_resolver(base)
        for revision in range(base + 1, following + 1):
            found = DEFAULT_DIFF_POLICY.apply(
                old, reader.get_historical_resolver(revision), field_mdp_spec=field_mdp_spec, doc_mdp=doc_mdp
            )
            level = max(level, found.modification_level)
            changed |= found.changed_form_fields
        return DiffResult(level, changed)
