"""A folder becomes a corpus: everything in it, the same bytes every time, whatever lies in the folder."""

import io
import os
import shutil
import socket
from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from tillitsrom.corpus import bounded, inventory
from tillitsrom.corpus.bounded import Read, Reader
from tillitsrom.corpus.build import BuildError, build, parts_beside
from tillitsrom.corpus.engines import Batch, Keep, Processes
from tillitsrom.corpus.inventory import File, batches, files_in
from tillitsrom.corpus.journal import Journal
from tillitsrom.corpus.query import Corpus
from tillitsrom.corpus.rows import DOCUMENTS, REQUIREMENTS, clean
from tillitsrom.corpus.tests.folder import both_files, built, letters, mixed
from tillitsrom.reading.extract import read_document
from tillitsrom.reading.sources import DEFAULT_LIMITS, read_source
from tillitsrom.reading.tests.make import LETTER, pdf_of


def test_every_requirement_is_what_the_reader_finds_in_the_document(tmp_path: Path) -> None:
    folder = mixed(tmp_path / "inn")
    made = built(folder, tmp_path / "k.parquet")
    reading = read_document(read_source(folder / "brev/brev-0001.md"))
    corpus = Corpus(tmp_path / "k.parquet")
    rows = corpus.rows(
        'SELECT class, quote, start, "end", deadline, heading, addressee, rule, confidence FROM requirements '
        "WHERE path = 'brev/brev-0001.md' ORDER BY number"
    )
    assert rows == [
        (r.requirement_class.value, r.quote, r.start, r.end, r.deadline, r.heading,
         r.addressee or reading.addressee, r.rule, round(r.confidence, 3))
        for r in reading.requirements
    ]  # fmt: skip
    assert rows
    assert (made.documents, made.known, made.skipped) == (9, 0, ())
    assert corpus.rows("SELECT sum(requirements), sum(words) FROM documents") == [
        (made.requirements, made.words)
    ]
    assert corpus.rows("SELECT count(*) FROM requirements WHERE counted") == [(made.requirements,)]


def test_a_law_is_told_by_what_stands_above_it(tmp_path: Path) -> None:
    built(mixed(tmp_path / "inn"), tmp_path / "k.parquet")
    corpus = Corpus(tmp_path / "k.parquet")
    assert corpus.rows(
        "SELECT type, short_title, reference, issuer, area, year FROM documents WHERE path LIKE 'lover/%'"
    ) == [
        ("law", "Fjellferdselslova", "lov/1998-04-03-12", "Fjelldepartementet", "Friluftsliv>Ferdsel", 1998)
    ]
    found = corpus.rows(
        "SELECT class, bearer, section, year FROM requirements WHERE type = 'law' ORDER BY number"
    )
    assert [row[0] for row in found] == ["duty", "reporting", "prohibition"]
    assert found[0][1:] == ("kommune", "§ 1", 1998)


def test_the_columns_are_those_that_are_promised(tmp_path: Path) -> None:
    built(mixed(tmp_path / "inn"), tmp_path / "k.parquet")
    corpus = Corpus(tmp_path / "k.parquet")
    for view, columns in (("documents", DOCUMENTS), ("requirements", REQUIREMENTS)):
        assert [row[0] for row in corpus.rows(f"DESCRIBE {view}")] == list(columns)


class _Backwards:
    """An engine that reads one portion after the other, from the last to the first."""

    def read(self, portions: tuple[Batch, ...], keep: Keep, told: bounded.Told) -> None:
        reader = Reader()
        for batch in reversed(portions):
            keep(reader.read_all(batch, told))
        reader.close()


def test_the_file_is_the_same_whoever_reads_and_in_whatever_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = mixed(tmp_path / "inn")
    built(folder, tmp_path / "en.parquet", workers=1)
    monkeypatch.setattr(inventory, "BATCH_FILES", 2)
    built(folder, tmp_path / "fire.parquet", workers=4)
    build(folder, tmp_path / "bak.parquet", _Backwards(), out=io.StringIO())  # type: ignore[arg-type]
    shutil.copytree(folder, tmp_path / "et annet sted")
    built(tmp_path / "et annet sted", tmp_path / "kopi.parquet")
    first = both_files(tmp_path / "en.parquet")
    assert all(both_files(tmp_path / f"{name}.parquet") == first for name in ("fire", "bak", "kopi"))


def test_what_cannot_be_read_is_listed_with_the_reason_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = letters(tmp_path / "inn", 3)
    (folder / "tom.md").write_text("")
    (folder / "bilde.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    (folder / "skadet.pdf").write_bytes(b"%PDF-1.7\nikke mer")
    (folder / "program").write_bytes(b"\x7fELF" + os.urandom(2000))
    (folder / "nuller.txt").write_bytes(b"\0" * 10_000)
    (folder / ".skjult.md").write_text(LETTER)
    (folder / "lenke.md").symlink_to("/etc/hostname")
    os.mkfifo(folder / "kø.md")
    (folder / "brev.pdf").write_bytes(pdf_of(LETTER))
    (folder / os.fsdecode(b"bl\xe5.md")).write_text(LETTER, "utf-8")
    made = built(folder, tmp_path / "k.parquet")
    skipped = {row["path"]: row["error"] for row in made.skipped}
    assert set(skipped) == {"tom.md", "bilde.png", "skadet.pdf", "program", "nuller.txt", "lenke.md", "kø.md"}
    assert (skipped["tom.md"], skipped["lenke.md"], skipped["skadet.pdf"]) == ("empty", "link", "damaged")
    corpus = Corpus(tmp_path / "k.parquet")
    assert dict(corpus.rows("SELECT path, error FROM documents WHERE error IS NOT NULL")) == skipped
    assert all(reason for (reason,) in corpus.rows("SELECT reason FROM documents WHERE error IS NOT NULL"))
    read = corpus.rows("SELECT path FROM documents WHERE error IS NULL AND requirements > 0 ORDER BY path")
    assert [path for (path,) in read] == [
        r"bl\xe5.md",
        "brev-0000.md",
        "brev-0001.md",
        "brev-0002.md",
        "brev.pdf",
    ]


def test_the_attachments_of_an_e_mail_are_documents_of_their_own(tmp_path: Path) -> None:
    folder = tmp_path / "inn"
    folder.mkdir()
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Brev", "a@fjell.example", "b@fjell.example"
    mail.set_content("Se vedlegget.")
    for _ in range(2):
        mail.add_attachment(LETTER.encode(), maintype="text", subtype="markdown", filename="brev.md")
    mail.add_attachment(b"%PDF-1.7\nikke mer", maintype="application", subtype="pdf", filename="skadet.pdf")
    (folder / "post.eml").write_bytes(mail.as_bytes())
    built(folder, tmp_path / "k.parquet", keep=True)
    found = Corpus(tmp_path / "k.parquet").rows(
        "SELECT path, requirements > 0, error FROM documents ORDER BY path"
    )
    assert [row for row in found if row[1]] == [
        ("post.eml/brev.md", True, None),
        ("post.eml/brev.md (2)", True, None),
    ]
    assert ("post.eml/skadet.pdf", None, "damaged") in found
    first = both_files(tmp_path / "k.parquet")
    again = built(folder, tmp_path / "k.parquet")
    assert again.known == again.documents
    assert both_files(tmp_path / "k.parquet") == first


def test_names_and_text_that_look_like_orders_are_only_text(tmp_path: Path) -> None:
    folder = tmp_path / "inn's [*] $(x)"
    letters(folder, 1)
    (folder / "a'; DROP TABLE documents; --.md").write_text(
        LETTER + "\n\x1b[31m'; SELECT 1; -- {}\n", "utf-8"
    )
    corpus = tmp_path / "kor'pus *.parquet"
    built(folder, corpus)
    assert Corpus(corpus).rows("SELECT count(*) FROM documents WHERE error IS NULL") == [(2,)]


def test_characters_that_no_file_can_hold_are_replaced_one_for_one() -> None:
    assert clean("a\0b\ud800c") == "a\ufffdb\ufffdc"
    assert clean("æøå") == "æøå"
    assert clean(None) is None


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import time; time.sleep(60)", "too_slow"),
        ("import os, sys; sys.stdin.readline(); os.abort()", "damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_much_memory"),
        ("print('ikke JSON', flush=True); import time; time.sleep(60)", "damaged"),
        ('print(\'{"documents": [], "bytes": 999, "tired": 0}\', flush=True)', "damaged"),
    ],
)
def test_a_document_that_takes_the_process_down_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, code: str
) -> None:
    folder = letters(tmp_path / "inn", 2)
    [first, second] = files_in(folder)
    reader = Reader(replace(DEFAULT_LIMITS, max_seconds=0.2))
    with monkeypatch.context() as patch:
        patch.setattr(bounded, "_COMMAND", ("-c", program))
        patch.setattr(bounded, "_GRACE", 0.2)
        patch.setattr(bounded, "_STOP_SECONDS", 1.0)
        lost = reader.read(first)
    assert lost is not None
    assert [row["error"] for row in lost.documents] == [code]
    assert lost.documents[0]["sha256"] == inventory.sha256_of(first.file)
    reader.close()
    with closing(Reader()) as another:
        kept = another.read(second)
    assert kept is not None
    assert kept.documents[0]["error"] is None


def test_the_same_reader_goes_on_after_a_death(tmp_path: Path) -> None:
    [first, second] = files_in(letters(tmp_path / "inn", 2))
    reader = Reader()
    assert reader.read(first) is not None
    assert reader._process is not None
    reader._process.kill()
    reader._process.wait()
    lost, kept = reader.read(first), reader.read(second)
    reader.close()
    assert lost is not None
    assert lost.documents[0]["error"] == "too_much_memory"
    assert kept is not None
    assert kept.documents[0]["error"] is None
    assert reader.read(first) is None


def test_memory_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "stor.md").write_text(LETTER * 12_000, "utf-8")
    reader = Reader(replace(DEFAULT_LIMITS, max_memory=150_000_000))
    found = reader.read(files_in(tmp_path)[0])
    reader.close()
    assert found is not None
    assert found.documents[0]["error"] in {"too_much_memory", "damaged"}
    assert found.requirements == b""


def test_no_process_knows_our_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILLITSROM_SECRET_KEY", "hemmelig")
    reader = Reader()
    reader.read(files_in(letters(tmp_path / "inn", 1))[0])
    assert reader._process is not None
    said = Path(f"/proc/{reader._process.pid}/environ").read_bytes()
    reader.close()
    assert b"PATH" in said
    assert b"hemmelig" not in said


def test_portions_hold_every_file_once_and_are_small(tmp_path: Path) -> None:
    files = [File(f"{n}.md", f"/x/{n}.md", (n * 7919) % 900_000) for n in range(400)]
    portions = batches(files)
    assert sorted(f.path for batch in portions for f in batch) == sorted(f.path for f in files)
    assert all(len(b) <= inventory.BATCH_FILES for b in portions)
    assert all(len(b) == 1 or sum(f.size for f in b) <= inventory.BATCH_BYTES for b in portions)


def test_a_corpus_inside_the_folder_is_not_read_as_a_document(tmp_path: Path) -> None:
    folder = letters(tmp_path / "inn", 2)
    for _ in range(2):
        assert built(folder, folder / "k.parquet", keep=True).documents == 2


@pytest.mark.parametrize(
    ("where", "out", "says"),
    [
        ("finnes ikke", "k.parquet", "er ikke en mappe"),
        ("tom", "k.parquet", "Fant ingen filer"),
        ("inn", "k.csv", "--out korpus.parquet"),
        ("inn", "borte/k.parquet", "finnes ikke. Lag den først"),
    ],
)
def test_what_cannot_be_built_is_said_in_a_line(tmp_path: Path, where: str, out: str, says: str) -> None:
    letters(tmp_path / "inn", 1)
    (tmp_path / "tom").mkdir()
    with pytest.raises(BuildError, match=says):
        built(tmp_path / where, tmp_path / out)


def test_two_builds_of_the_same_corpus_do_not_mix(tmp_path: Path) -> None:
    folder = letters(tmp_path / "inn", 1)
    with (
        Journal(parts_beside(tmp_path / "k.parquet"), "x"),
        pytest.raises(BuildError, match="En annen bygging"),
    ):
        built(folder, tmp_path / "k.parquet")


class _Forgetful:
    """An engine that loses a portion."""

    def read(self, portions: tuple[Batch, ...], keep: Keep, told: bounded.Told) -> None:
        keep(Read([], b""))


def test_a_lost_document_is_noticed_and_no_corpus_is_written(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="Ikke alle"):
        build(letters(tmp_path / "inn", 2), tmp_path / "k.parquet", _Forgetful(), out=io.StringIO())  # type: ignore[arg-type]
    assert not (tmp_path / "k.parquet").exists()


def test_a_file_that_goes_away_meanwhile_is_listed(tmp_path: Path) -> None:
    folder = letters(tmp_path / "inn", 2)

    class Late(Processes):
        def read(self, batches: object, keep: Keep, told: bounded.Told) -> None:
            (folder / "brev-0000.md").unlink()
            super().read(batches, keep, told)  # type: ignore[arg-type]

    made = build(folder, tmp_path / "k.parquet", Late(1, DEFAULT_LIMITS), out=io.StringIO())
    assert [row["error"] for row in made.skipped] == ["not_found"]


def test_a_socket_in_the_folder_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = letters(tmp_path / "inn", 1)
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("s.md")
        assert [row["error"] for row in built(folder, tmp_path / "k.parquet").skipped] == ["unsupported"]
