"""Merkle tree over the heads of all chains, in ascending order of units; the shape is that of RFC 6962.

Leaves and inner nodes are hashed with different prefixes (`verify_proof.py`), so that a node can never pass for a leaf.
"""

from collections.abc import Iterable

from portal.events.verify_proof import node_hash

Path = list[tuple[str, bytes]]


class Tree:
    """All levels are kept, so that a changed leaf costs one path and not the whole tree."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self.levels: list[list[bytes]] = [list(leaves)]
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            self.levels.append([self._parent(below, place) for place in range((len(below) + 1) // 2)])

    @staticmethod
    def _parent(below: list[bytes], place: int) -> bytes:
        """Two children make a node; a last single child moves up unchanged."""
        pair = below[2 * place : 2 * place + 2]
        return node_hash(*pair) if len(pair) == 2 else pair[0]

    @property
    def root(self) -> bytes:
        """32 zero bytes when there is no leaf."""
        return self.levels[-1][0] if self.levels[-1] else bytes(32)

    def replace(self, place: int, leaf: bytes) -> None:
        self.levels[0][place] = leaf
        for below, above in zip(self.levels, self.levels[1:], strict=False):
            place //= 2
            above[place] = self._parent(below, place)

    def path(self, place: int) -> Path:
        """From the leaf upwards: on which side the other node stands, and its hash."""
        steps: Path = []
        for level in self.levels[:-1]:
            other = place ^ 1
            if other < len(level):
                steps.append(("left" if other < place else "right", level[other]))
            place //= 2
        return steps
