import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.errors import BadInput
from orchestration.reading.containers.contents import Unreadable, split_lines
from orchestration.reading.documents import MOST_LINES, Decoded, Found, Refusal, decode_document, find_documents
from orchestration.reading.encodings import decode

ENGLISH = "Clusters of Zhejiang"
CHINESE = "浙江省宁波市磁性材料产业集群，广东省佛山市家具产业集群。"
WESTERN = "a “quoted” word – and a dash, in English as Windows writes it"
TRADITIONAL = "浙江省寧波市磁性材料產業集群，廣東省佛山市傢俱產業集群。"


def read(folder: Path, name: str) -> Decoded:
    return decode_document(Found(folder / name, name))


def refusal(folder: Path, name: str) -> Refusal:
    with pytest.raises(Refusal) as error:
        read(folder, name)
    return error.value


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (ENGLISH.encode(), ENGLISH, "utf-8"),
        (CHINESE.encode(), CHINESE, "utf-8"),
        (CHINESE.encode("utf-8-sig"), CHINESE, "utf-8"),
        (CHINESE.encode("gb18030"), CHINESE, "gb18030"),
        ("温州".encode("gb18030"), "温州", "gb18030"),
        (TRADITIONAL.encode("big5"), TRADITIONAL, "big5"),
        (f"大埗㗎{TRADITIONAL}".encode("big5hkscs"), f"大埗㗎{TRADITIONAL}", "big5hkscs"),
        (CHINESE.encode("utf-16"), CHINESE, "utf-16-le"),
        (ENGLISH.encode("utf-16-be"), ENGLISH, "utf-16-be"),
        (WESTERN.encode("cp1252"), WESTERN, "cp1252"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a zip archive, and no .docx"),
        (b"\x89PNG\r\n", "a PNG image"),
        (CHINESE.encode() + b"\xff" + CHINESE.encode(), "byte 84 does not decode"),
        (b"\xef\xbb\xbf" + b"abc\xff", "byte 6 does not decode"),
        (b"a\0b\0\0\0c", "a zero byte at 1"),
        (bytes(range(1, 9)) * 20, "control character"),
    ],
)
def test_what_is_not_text_is_refused_with_the_place(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as error:
        decode(data)
    assert reason in error.value.reason
    assert error.value.suggestion


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb", ("a", "b")),
        ("a\nb\n", ("a", "b")),
        ("a\r\nb\rc", ("a", "b", "c")),
        ("\n\n", ("", "")),
        ("a\x0cb\u2028c\x0bd\x85e\n", ("a\x0cb\u2028c\x0bd\x85e",)),
    ],
)
def test_only_line_feeds_and_carriage_returns_end_a_line(text: str, lines: tuple[str, ...]) -> None:
    assert split_lines(text) == lines


def test_documents_are_found_at_any_depth_in_the_order_of_their_names(raw: Callable[..., Path]) -> None:
    folder = raw(**{"b/c/deep.txt": "x", "a.txt": "x", "README.md": "x", ".hidden": "x", ".git/x": "x", "a.txt.meta.yml": ""})
    found, refused = find_documents(folder)
    assert [file.file_name for file in found] == ["a.txt", "b/c/deep.txt"]
    assert refused == []


def test_a_side_car_without_its_document_is_told(raw: Callable[..., Path]) -> None:
    found, (refused,) = find_documents(raw(**{"gone.txt.meta.yml": "title: x"}))
    assert found == []
    assert "without its document" in refused.message
    assert "gone.txt" in refused.hint


def test_links_that_leave_the_raw_folder_are_refused(raw: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    folder = raw(**{"a.txt": "x"})
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "folder").symlink_to(tmp_path)
    found, refused = find_documents(folder)
    assert [file.file_name for file in found] == ["a.txt"]
    assert [r.file_name for r in refused] == ["folder", "link.txt"]


def test_a_name_with_control_characters_is_refused_and_shown_escaped(raw: Callable[..., Path]) -> None:
    folder = raw(**{"a.txt": "x", "广东\u3000名单.txt": "x", "b\n.txt": "x", "c\u202egpj.txt": "x"})
    found, refused = find_documents(folder)
    assert [file.file_name for file in found] == ["a.txt", "广东\u3000名单.txt"]
    assert [r.file_name for r in refused] == ["b\\n.txt", "c\\u202egpj.txt"]


def test_a_missing_raw_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere: no such folder"):
        find_documents(tmp_path / "nowhere")


def test_an_empty_file_is_refused(raw: Callable[..., Path]) -> None:
    assert "zero bytes" in refusal(raw(**{"a.txt": b""}), "a.txt").reason


def test_a_file_that_vanishes_is_refused(raw: Callable[..., Path]) -> None:
    assert "vanished" in refusal(raw(), "a.txt").reason


def test_a_pipe_is_refused_without_waiting_for_it(raw: Callable[..., Path]) -> None:
    folder = raw()
    os.mkfifo(folder / "a.txt")
    assert refusal(folder, "a.txt").reason == "not a file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_refused(raw: Callable[..., Path]) -> None:
    folder = raw(**{"a.txt": "x"})
    (folder / "a.txt").chmod(0)
    assert "permission" in refusal(folder, "a.txt").reason


def test_a_wrong_side_car_refuses_its_document_and_names_the_key(raw: Callable[..., Path]) -> None:
    refused = refusal(raw(**{"a.txt": "x", "a.txt.meta.yml": "titel: x"}), "a.txt")
    assert refused.file_name == "a.txt"
    assert "'titel'" in refused.reason
    assert "allowed keys" in refused.hint


def test_a_document_is_known_by_its_bytes_and_dated_by_its_side_car(raw: Callable[..., Path]) -> None:
    read_document = read(raw(**{"a.txt": "abc", "a.txt.meta.yml": "as_of_date: 2010-06"}), "a.txt")
    assert read_document.sha256.startswith("ba7816bf8f01cfea")
    assert read_document.document.source_id == "ba7816bf8f01cfea"
    assert read_document.document.year == 2010


def test_a_file_too_large_to_read_is_refused_by_its_size_alone(raw: Callable[..., Path]) -> None:
    folder = raw(**{"a.txt": ""})
    os.truncate(folder / "a.txt", 1 << 30)  # one line of a gigabyte
    tracemalloc.start()
    refused = refusal(folder, "a.txt")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.reason == "1,073,741,824 bytes (at most 67,108,864)"
    assert most < 1_000_000


def test_a_document_of_very_many_lines_is_refused(raw: Callable[..., Path]) -> None:
    assert refusal(raw(**{"a.txt": "x\n" * (MOST_LINES + 1)}), "a.txt").reason == "200,001 lines (at most 200,000)"
