"""What the machine refuses is told in Chinese, whatever language the machine itself speaks."""

import errno
import os
import re

import pytest

from pipeline.errors import reason


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "文件或文件夹不存在"),
        (errno.EACCES, "没有权限"),
        (errno.EPERM, "没有权限"),
        (errno.EISDIR, "这是文件夹，不是文件"),
        (errno.ENOTDIR, "路径中有一段不是文件夹"),
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "磁盘配额已用完"),
        (errno.EFBIG, "文件大小超出磁盘或系统的限制"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.EIO, "磁盘读写出错"),
        (errno.EBUSY, "正被其他程序占用"),
        (errno.ETXTBSY, "正被其他程序占用"),
        (errno.EMFILE, "打开的文件太多"),
        (errno.ENFILE, "打开的文件太多"),
        (errno.ENAMETOOLONG, "文件名或路径太长"),
        (errno.EEXIST, "已有同名的文件或文件夹"),
        (errno.ENOTEMPTY, "文件夹不是空的"),
        (errno.EXDEV, f"系统错误号 {errno.EXDEV}"),
    ],
)
def test_the_reasons_a_clerk_can_meet(number, words):
    assert reason(OSError(number, os.strerror(number), "甲.xlsx")) == words


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_reason_speaks_english_or_ends_a_sentence(number):
    words = reason(OSError(number, os.strerror(number)))
    assert not re.search(r"[A-Za-z。.]", words)


def test_an_error_without_a_number():
    assert reason(OSError("no number at all")) == "系统没有说明原因"


@pytest.mark.parametrize(
    ("why", "open_it", "words"),
    [
        ("a folder", lambda folder: folder.read_bytes(), "这是文件夹，不是文件"),
        ("nothing there", lambda folder: (folder / "甲.xlsx").read_bytes(), "文件或文件夹不存在"),
        ("a file on the way", lambda folder: (folder / "file" / "甲.xlsx").read_bytes(), "路径中有一段不是文件夹"),
        ("a name without end", lambda folder: (folder / ("甲" * 300)).read_bytes(), "文件名或路径太长"),
        ("a folder that is there already", lambda folder: folder.mkdir(), "已有同名的文件或文件夹"),
        ("a folder with something in it", lambda folder: folder.rmdir(), "文件夹不是空的"),
    ],
)
def test_errors_as_the_machine_raises_them(tmp_path, why, open_it, words):
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(OSError) as caught:
        open_it(tmp_path)
    assert reason(caught.value) == words, why
