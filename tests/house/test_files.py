"""Every file of the tree is clean text, finished, and names no package registry."""

from pathlib import Path

import pytest

from house import files
from house.tree import hold, tree_files


def test_no_file_names_the_host_of_a_package_registry() -> None:
    hold(files.registry_hosts(tree_files()))


def test_no_file_holds_a_merge_marker() -> None:
    hold(files.merge_markers(tree_files()))


def test_every_text_file_is_utf_8_with_lf_and_a_final_newline() -> None:
    hold(files.unclean_texts(tree_files()))


@pytest.mark.parametrize("host", files.REGISTRY_HOSTS)
def test_each_registry_is_found(host: str, tmp_path: Path) -> None:
    file = tmp_path / "planted.txt"
    file.write_text(f"one\nhttps://files.{host.upper()}/simple\n")

    assert [offence.line for offence in files.registry_hosts([file])] == [2]


def test_a_host_that_only_looks_like_a_registry_is_not(tmp_path: Path) -> None:
    file = tmp_path / "planted.txt"
    file.write_text("mypypi.organic crates.iota\n")

    assert not list(files.registry_hosts([file]))


@pytest.mark.parametrize("marker", ["<" * 7 + " HEAD", ">" * 7 + " main", "=" * 7, "|" * 7 + " base"])
def test_each_merge_marker_is_found(marker: str, tmp_path: Path) -> None:
    file = tmp_path / "planted.txt"
    file.write_text(f"one\n{marker}\n")

    assert [offence.line for offence in files.merge_markers([file])] == [2]


@pytest.mark.parametrize(
    "content",
    [b"caf\xe9\n", "счёт\n".encode("cp1251"), b"one\r\ntwo\r\n", b"one", b"\xef\xbb\xbfone\n", b"one\n\n"],
)
def test_each_unclean_text_is_found(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "planted.txt"
    file.write_bytes(content)

    assert len(list(files.unclean_texts([file]))) == 1


@pytest.mark.parametrize("content", ["счёт\n".encode(), b"", b"\x89PNG\r\n\0"])
def test_clean_text_an_empty_file_and_an_image_are_no_ones_fault(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "planted.txt"
    file.write_bytes(content)

    assert not list(files.unclean_texts([file]))
