"""The archive: any tar reads it, and we read nothing that we have not written."""

import hashlib
import io
import tarfile

import pytest

from register.exceptions import BackupDamaged
from register.files.archive import Archive, is_name, read


def an_archive():
    archive = Archive(1.0)
    pieces = [
        *archive.data("about.json", b"{}"),
        *archive.chunks("database", [b"a" * 700, b"b" * 700], size=1000),
        *archive.file("media/ä kuva [1] #2~.png", io.BytesIO(b"picture and more"), 7),
        archive.end(),
    ]
    return archive, b"".join(pieces)


def test_any_tar_reads_it():
    _, data = an_archive()
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        found = {info.name: tar.extractfile(info).read() for info in tar}
    assert found["about.json"] == b"{}"
    assert found["database/000001"] + found["database/000002"] == b"a" * 700 + b"b" * 700
    assert found["media/ä kuva [1] #2~.png"] == b"picture"


def test_what_passes_is_kept_alike_on_both_sides():
    archive, data = an_archive()
    assert {each.name: each.member() for each in read(io.BytesIO(data))} == archive.members
    assert archive.members["about.json"].sha256 == hashlib.sha256(b"{}").hexdigest()


def test_a_file_that_became_shorter_is_told():
    with pytest.raises(OSError, match="shorter"):
        list(Archive(1.0).file("x", io.BytesIO(b"123"), 4))


@pytest.mark.parametrize("cut", [100, 600])
def test_one_that_was_cut_is_refused(cut):
    _, data = an_archive()
    with pytest.raises(BackupDamaged):
        [each.data() for each in read(io.BytesIO(data[:cut]))]


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../b", "a//b", "", ".", "a\nb", "a/b/"])
def test_a_name_that_leads_elsewhere_is_refused(name):
    assert not is_name(name)
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        tar.addfile(tarfile.TarInfo(name))
    with pytest.raises(BackupDamaged):
        list(read(io.BytesIO(file.getvalue())))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_what_is_no_plain_file_is_refused(kind):
    info = tarfile.TarInfo("database")
    info.type, info.linkname = kind, "/etc/passwd"
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        tar.addfile(info)
    with pytest.raises(BackupDamaged):
        list(read(io.BytesIO(file.getvalue())))
