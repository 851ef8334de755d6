"""RFC 6962, section 2.1, written a second time: the tests hold the ledger's Merkle tree against it.

Reads one JSON document from standard input:

    {"leaves": [hex, ...], "trees": [{"size": n, "root": hex, "inclusion": [[hex, ...], ...], "consistency": [[hex, ...], ...]}, ...]}

Each tree is over the first n leaves; `inclusion` has the audit path of every leaf, `consistency` the path from every size
from 0 to n. Writes one JSON document: how many roots and paths were compared, and each that is not as the RFC says.
A path is made here as sections 2.1.1 and 2.1.2 define it, and checked by putting the roots together from the top down, which is
another way than the walk from the leaf up that RFC 9162 describes. Python 3.8 or later, standard library only.
"""

import hashlib
import json
import sys
from functools import lru_cache


def sha256(data):
    return hashlib.sha256(data).digest()


def split_of(size):
    """The largest power of two smaller than size."""
    return 1 << (size - 1).bit_length() - 1


class Leaves:
    def __init__(self, leaves):
        self.leaves = leaves
        self.root = lru_cache(maxsize=None)(self._root)

    def _root(self, start, end):
        """MTH(D[start:end])"""
        size = end - start
        if size == 0:
            return sha256(b"")
        if size == 1:
            return sha256(b"\x00" + self.leaves[start])
        middle = start + split_of(size)
        return sha256(b"\x01" + self.root(start, middle) + self.root(middle, end))

    def path(self, index, start, end):
        """PATH(index, D[start:end])"""
        size = end - start
        if size == 1:
            return []
        split = split_of(size)
        middle = start + split
        if index < split:
            return self.path(index, start, middle) + [self.root(middle, end)]
        return self.path(index - split, middle, end) + [self.root(start, middle)]

    def proof(self, older, start, end, whole):
        """SUBPROOF(older, D[start:end], whole)"""
        size = end - start
        if older == size:
            return [] if whole else [self.root(start, end)]
        split = split_of(size)
        middle = start + split
        if older <= split:
            return self.proof(older, start, middle, whole) + [self.root(middle, end)]
        return self.proof(older - split, middle, end, False) + [self.root(start, middle)]


def root_by_path(leaf, index, size, path):
    """The root that a path leads to; its last hash belongs to the top. Raises ValueError when it does not fit."""
    if size == 1:
        if path:
            raise ValueError("too long")
        return sha256(b"\x00" + leaf)
    if not path:
        raise ValueError("too short")
    split = split_of(size)
    if index < split:
        return sha256(b"\x01" + root_by_path(leaf, index, split, path[:-1]) + path[-1])
    return sha256(b"\x01" + path[-1] + root_by_path(leaf, index - split, size - split, path[:-1]))


def roots_by_proof(old_root, older, size, path, whole):
    """Both roots that a consistency path leads to. Raises ValueError when it does not fit."""
    if older == size:
        if len(path) != (0 if whole else 1):
            raise ValueError("of another length")
        root = old_root if whole else path[0]
        return root, root
    if not path:
        raise ValueError("too short")
    split = split_of(size)
    if older <= split:
        old, new = roots_by_proof(old_root, older, split, path[:-1], whole)
        return old, sha256(b"\x01" + new + path[-1])
    old, new = roots_by_proof(old_root, older - split, size - split, path[:-1], False)
    return sha256(b"\x01" + path[-1] + old), sha256(b"\x01" + path[-1] + new)


def leads(check):
    try:
        return check()
    except ValueError:
        return False


def unhex(texts):
    return [bytes.fromhex(text) for text in texts]


def compare(document):
    leaves = Leaves(unhex(document["leaves"]))
    compared = 0
    differing = []

    def hold(same, what):
        nonlocal compared
        compared += 1
        if not same:
            differing.append(what)

    for tree in document["trees"]:
        size = tree["size"]
        root = bytes.fromhex(tree["root"])
        hold(root == leaves.root(0, size), f"root of {size}")
        if len(tree["inclusion"]) != size or len(tree["consistency"]) != size + 1:
            raise SystemExit(f"the tree of {size} does not have every path")
        for index, path in enumerate(map(unhex, tree["inclusion"])):
            ours = leads(lambda: root_by_path(leaves.leaves[index], index, size, path) == root)
            hold(ours and path == leaves.path(index, 0, size), f"path of leaf {index} of {size}")
        for older, path in enumerate(map(unhex, tree["consistency"])):
            # The RFC has no proof from an empty tree: there is nothing to show.
            if older == 0:
                hold(path == [], f"consistency of 0 and {size}")
                continue
            old_root = leaves.root(0, older)
            ours = leads(lambda: roots_by_proof(old_root, older, size, path, True) == (old_root, root))
            hold(ours and path == leaves.proof(older, 0, size, True), f"consistency of {older} and {size}")
    return {"compared": compared, "differing": differing}


if __name__ == "__main__":
    json.dump(compare(json.load(sys.stdin)), sys.stdout)
