"""The tree against the published vectors of Certificate Transparency and its definition."""

import hashlib

import pytest

from audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_path,
    extends,
    includes,
    inclusion_path,
    leaf_hash,
    merged,
    node_hash,
    root_of,
)

# The eight leaves and their roots that the CT implementations (certificate-transparency,
# trillian, transparency-dev/merkle) test themselves with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MOST = 70
SIZES = range(1, MOST + 1)
HASHES = [leaf_hash(bytes([number])) for number in range(MOST)]


def perfect(first: int, size: int) -> bytes:
    return merged(HASHES[first : first + size])


def by_definition(hashes: list[bytes]) -> bytes:
    """MTH as RFC 9162 defines it, straight from its text."""
    if len(hashes) == 1:
        return hashes[0]
    cut = 1
    while cut * 2 < len(hashes):
        cut *= 2
    return node_hash(by_definition(hashes[:cut]), by_definition(hashes[cut:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size):
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.add(leaf_hash(leaf))
    assert frontier.root().hex() == ROOTS[size - 1]


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert [Frontier().root(), root_of(0, perfect)] == [hashlib.sha256(b"").digest()] * 2
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_inclusion_path_is_that_of_certificate_transparency():
    hashes = [leaf_hash(leaf) for leaf in LEAVES]
    path = inclusion_path(5, 8, lambda first, size: merged(hashes[first : first + size]))
    assert [step.hex() for step in path] == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@pytest.mark.parametrize("size", SIZES)
def test_roots_agree_with_the_definition_however_they_are_made(size):
    grown = Frontier()
    for leaf in HASHES[:size]:
        grown.add(leaf)
    made = [grown.root(), root_of(size, perfect), Frontier(size, perfect).root()]
    assert made == [by_definition(HASHES[:size])] * 3


def test_a_frontier_takes_a_whole_subtree_at_once():
    frontier = Frontier(32, perfect)
    frontier.add_perfect(perfect(32, 16), 16)
    frontier.add(HASHES[48])
    assert [frontier.size, frontier.root()] == [49, root_of(49, perfect)]


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proven_and_no_other_in_its_place(size):
    root = root_of(size, perfect)
    for index in range(size):
        path = inclusion_path(index, size, perfect)
        assert includes(root, size, index, HASHES[index], path)
        assert not includes(root, size, index, leaf_hash(b"other"), path)
        assert not includes(root, size, index, HASHES[index], [*path, root])
        if size > 1:
            assert not includes(root, size, (index + 1) % size, HASHES[index], path)
            assert not includes(root, size, index, HASHES[index], path[:-1])


@pytest.mark.parametrize("size", SIZES)
def test_every_tree_is_proven_to_begin_with_each_smaller_one(size):
    root = root_of(size, perfect)
    for old in range(1, size + 1):
        path = consistency_path(old, size, perfect)
        assert extends(root_of(old, perfect), old, root, size, path)
        assert not extends(leaf_hash(b"other"), old, root, size, path)
        assert not extends(root_of(old, perfect), old, leaf_hash(b"other"), size, path)
        if path:
            assert not extends(root_of(old, perfect), old, root, size, path[:-1])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_path(index, size, perfect)
