"""What an index does when its files are not what was written, and when others write them."""

import errno
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

from payung.linkage import index as module
from payung.linkage import parts, rowfile, seals
from payung.linkage.engine import link
from payung.linkage.index import Changed, Index
from payung.linkage.rows import NoAnswer
from tests.linkage.people import ON, strangers
from tests.linkage.test_index import RULES

PEOPLE = pl.DataFrame([{"id": f"r{at}", **row} for at, row in enumerate(strangers(300, 5))])
LIST = PEOPLE[:40].with_columns(id=pl.concat_str(pl.lit("l"), "id"), nik=pl.lit(""))


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART_ROWS", 200)
        patch.setattr(module, "PART_ROWS", 200)
        patch.setattr(rowfile, "BATCH_ROWS", 70)
        patch.setattr(seals, "_LOOK", 16)
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, _small: None) -> Path:
    return Index.build([PEOPLE], tmp_path_factory.mktemp("acuan"), on=ON, rules=RULES).folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "acuan"))


def _asked(folder: Path) -> pl.DataFrame:
    return link(LIST, reference=Index.open(folder, rules=RULES), on=ON, rules=RULES).pairs


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:1000])


def _replaced(file: Path) -> None:
    """Another file of its kind and size, as from an index of another day."""
    whole = file.read_bytes()
    file.write_bytes(whole[:500] + bytes(each ^ 1 for each in whole[500:]))


def _flipped(file: Path, at: int) -> None:
    """One bit is another one."""
    held = bytearray(file.read_bytes())
    held[at] ^= 4
    file.write_bytes(bytes(held))


@pytest.mark.parametrize("spoil", [_cut, _replaced, Path.unlink])
@pytest.mark.parametrize("name", ["rows.arrow", "nik.parquet", "traits.parquet"])
def test_a_file_cut_short_or_replaced_is_refused_when_an_index_is_opened(
    folder: Path, spoil: Callable[[Path], None], name: str
) -> None:
    spoil(folder / "part-0002" / name)
    with pytest.raises(NoAnswer, match=f"part-0002/{name} hilang, terpotong, atau berubah; ulangi"):
        Index.open(folder, rules=RULES)


def test_one_bit_is_found_by_reading_all(folder: Path) -> None:
    assert Index.open(folder, rules=RULES).verify() > 50_000
    for name in ("part-0001/rows.arrow", "part-0002/block-phone.parquet"):
        # between two looks
        _flipped(folder / name, (folder / name).stat().st_size // 14)
    with pytest.raises(NoAnswer, match=r"part-0001/rows\.arrow, part-0002/block-phone\.parquet"):
        Index.open(folder, rules=RULES).verify()


def test_a_change_does_not_seal_rows_that_were_spoilt(folder: Path) -> None:
    file = folder / "part-0002" / "rows.arrow"
    _flipped(file, file.stat().st_size // 14)
    index = Index.open(folder, rules=RULES)
    # the last part is small, so it is written anew with what is added
    with pytest.raises(NoAnswer, match=r"part-0002/rows\.arrow"):
        index.upsert(PEOPLE[:60].with_columns(id=pl.concat_str(pl.lit("n"), "id")))


def _beyond(file: Path) -> None:
    """The keys are of rows that are not there."""
    held = bytearray(file.read_bytes())
    # the footer, whose length stands before the end, follows the one page
    end = len(held) - 8 - int.from_bytes(held[-8:-4], "little")
    for entry in range(end - 8 * 150, end, 8):
        held[entry : entry + 3] = b"\xff" * 3
    file.write_bytes(bytes(held))


def _lost_texts(file: Path) -> None:
    """Every text begins far behind the end of the file."""
    held = bytearray(file.read_bytes())
    with pa.OSFile(str(file)) as opened:
        texts = pa.ipc.open_file(opened).get_batch(0).column("texts")
    offsets = texts.values.buffers()[1].to_pybytes()
    at = held.index(offsets[:200])
    held[at + 100 : at + 200] = b"\x7f" * 100
    file.write_bytes(bytes(held))


@pytest.mark.parametrize(
    ("name", "spoil"), [("block-name-mother.parquet", _beyond), ("rows.arrow", _lost_texts)]
)
def test_what_no_look_saw_ends_in_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, spoil: Callable[[Path], None]
) -> None:
    spoil(folder / "part-0001" / name)
    monkeypatch.setattr(module, "seems_whole", lambda *_: True)
    with pytest.raises(NoAnswer, match=f"part-0001/{name} hilang, terpotong, atau berubah"):
        _asked(folder)


def _of_before(manifest: Path) -> None:
    told = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(told | {"format": 4}))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.write_text('{"format": 1'), "index.json tidak terbaca"),
        (lambda file: file.write_text("[]"), "index.json tidak terbaca"),
        (lambda file: file.write_text(file.read_text().replace("200", "199", 1)), "berubah; salin"),
        (_of_before, r"Payung yang lebih lama \(susunan 4, di sini 5\).*susun ulang dari acuannya"),
        (Path.unlink, "bukan indeks acuan; susun dengan"),
    ],
)
def test_an_index_that_says_something_else_is_refused(
    folder: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(folder / "index.json")
    with pytest.raises(NoAnswer, match=said):
        Index.open(folder, rules=RULES)


def test_an_index_of_somebody_else_is_not_called_broken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refused)
    with pytest.raises(NoAnswer, match=r"Tidak ada izin membaca indeks .*; minta izin"):
        Index.open(folder, rules=RULES)


def test_nothing_that_may_still_be_saved_is_deleted(folder: Path) -> None:
    manifest = folder / "index.json"
    whole = manifest.read_text()
    index = Index.open(folder, rules=RULES)
    manifest.write_text(whole[:100])
    with pytest.raises(NoAnswer, match="rusak"):
        index.remove(["r1"])
    manifest.write_text(whole)
    assert Index.open(folder, rules=RULES).height == 300


def test_an_index_of_before_is_built_anew_in_its_place(folder: Path) -> None:
    _of_before(folder / "index.json")
    Index.build([PEOPLE[:50]], folder, on=ON, rules=RULES)
    assert Index.open(folder, rules=RULES).height == 50
    assert sorted(path.name for path in folder.iterdir()) == ["index.json", "lock", "part-0003"]


def test_an_index_that_is_replaced_while_it_is_opened_is_opened_as_it_then_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = module.manifest.read

    def replaced(at: Path) -> Any:
        told = read(at)
        with monkeypatch.context() as patch:
            patch.setattr(module.manifest, "read", read)
            if told["rows"] == 300:
                Index.build([PEOPLE[:50]], folder, on=ON, rules=RULES)
        return told

    monkeypatch.setattr(module.manifest, "read", replaced)
    assert Index.open(folder, rules=RULES).height == 50


def test_who_searched_an_index_while_it_was_replaced_is_told_to_try_again(folder: Path) -> None:
    reader = Index.open(folder, rules=RULES)
    Index.build([PEOPLE], folder, on=ON, rules=RULES)
    with pytest.raises(NoAnswer, match=r"hilang.*; ulangi bila indeksnya baru saja diubah atau"):
        link(LIST, reference=reader, on=ON, rules=RULES)


def test_what_an_index_names_is_on_the_disk_before_it_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[Path] = []
    for each in (parts, module.manifest):
        monkeypatch.setattr(each, "settle", settled.append)
    folder = tmp_path / "acuan"

    def settled_before() -> set[Path]:
        """What was settled until the last `index.json` was."""
        return set(settled[: -1 - settled[::-1].index(folder / "index.json.new")])

    index = Index.build([PEOPLE], folder, on=ON, rules=RULES)
    files = {folder / name for name in module.manifest.named(folder) or ()}
    assert len(files) > 20
    assert settled_before() >= files | {file.parent for file in files}
    settled.clear()
    index.remove(["r1"])
    assert settled_before() >= {folder / "part-0001", folder / "part-0001" / "removed-1.parquet"}
    assert settled[-1] == folder


def test_a_second_writer_is_refused(folder: Path) -> None:
    index = Index.open(folder, rules=RULES)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(NoAnswer, match="sedang diubah oleh proses lain; tunggu"):
            index.remove(["r1"])
    assert index.remove(["r1"]) == Changed(0, 1)


def test_a_refused_build_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(NoAnswer, match="misalnya “r299”"):
        Index.build([PEOPLE, PEOPLE[299:]], tmp_path / "acuan", on=ON, rules=RULES)
    assert not list((tmp_path / "acuan").iterdir())
    assert Index.build([PEOPLE], tmp_path / "acuan", on=ON, rules=RULES).height == 300


_KILLED = """
import os, signal, sys
from pathlib import Path
from payung.linkage.index import Index
from payung.linkage.manifest import alone
with alone(Path(sys.argv[1])):
    (Path(sys.argv[1]) / "part-0001").mkdir()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_lock_of_a_build_that_was_killed_is_taken_over(tmp_path: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, tmp_path], env=os.environ | {"PYTHONWARNINGS": ""}
    )
    assert killed.returncode == -signal.SIGKILL
    assert {path.name for path in tmp_path.iterdir()} == {"lock", "part-0001"}
    index = Index.build([PEOPLE[:50]], tmp_path, on=ON, rules=RULES)
    assert Index.open(tmp_path, rules=RULES).height == 50
    assert {path.name for path in tmp_path.iterdir()} == {"index.json", "lock", "part-0002"}
    index.remove(["r1"])


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "ruang disk habis; kosongkan"),
        (errno.EACCES, "tidak ada izin menulis; minta izin"),
        (errno.EIO, "kesalahan nomor 5"),
    ],
)
def test_what_the_disk_refuses_is_said_in_indonesian(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    index = Index.open(folder, rules=RULES)
    with monkeypatch.context() as patch:
        patch.setattr(module.manifest, "write", refused)
        with pytest.raises(NoAnswer, match=said) as error:
            index.remove(["r1"])
    assert os.strerror(number) not in str(error.value)
    assert Index.open(folder, rules=RULES).height == 300


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    letter = tmp_path / "surat.docx"
    letter.write_text("x")
    with pytest.raises(NoAnswer, match="berisi hal lain"):
        Index.build([PEOPLE], tmp_path, on=ON, rules=RULES)
    with pytest.raises(NoAnswer, match="ada berkas biasa di tempat foldernya; pilih folder lain"):
        Index.build([PEOPLE], letter, on=ON, rules=RULES)
    assert [path.name for path in tmp_path.iterdir()] == ["surat.docx"]
