"""Folders: which files to read, and reading them in several processes where that pays."""

from __future__ import annotations

import hashlib
import logging
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from graph.errors import CoopgraphError, FileRejected, UsageError
from graph.model import SourceFile
from ingest.documents.sources import Source, dump_source, with_problems
from ingest.privacy.personal import withhold
from ingest.privacy.redaction import redact, redact_name
from ingest.reading import read_file, supported_endings

_SECONDS_A_MEGABYTE = {".pdf": 10.0, ".docx": 8.0, ".xlsx": 2.0, ".doc": 20.0, ".wps": 20.0, ".et": 20.0}
"""Rough cost of reading, measured; what is not named here is read in no time."""
_PAYS_FROM = 4.0
"""Seconds of reading from which processes repay their start (about a second each)."""

_LOGGER = logging.getLogger(__name__)
Read = list[SourceFile] | CoopgraphError
Progress = Callable[[int, int, str], None]
"""Called with (done, total, name of the path just finished)."""


def find_files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and in folders all files of supported endings, without hidden and temporary ones.

    Raises UsageError for a path that does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file() and _wanted(p.relative_to(path)))
            found.update(dict.fromkeys(inside))
        elif path.exists():
            found[path] = None
        else:
            raise UsageError(f"找不到 {path}，请核对路径。")
    return list(found)


def _wanted(path: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return not hidden and path.suffix.lower() in supported_endings()


def read_source(name: str, data: bytes, profile: str = "") -> list[Source]:
    """The files in `data` (several in a .zip), personal data withheld before anything is kept.

    Raises FileRejected.
    """
    sources: list[Source] = []
    try:
        files = read_file(data, redact_name(name))
    except FileRejected as error:  # a file inside an archive may have such a name too
        error.message = redact(error.message)
        raise
    for file in files:
        kept, problems = withhold(file)
        sources.append(with_problems(Source(kept, profile), problems))
    return sources


def read_path(path: Path, profile: str = "") -> Read:
    """The same for a path, in stored form, so that it is cheap to hand over between processes."""
    try:
        return [dump_source(source) for source in read_source(path.name, _bytes(path), profile)]
    except CoopgraphError as error:
        return error
    except Exception as error:  # no file of a folder may stop the others, whatever is wrong with it
        _LOGGER.exception("reading %s", redact_name(path.name))
        return unexpected(path.name, error)


def unexpected(name: str, error: Exception) -> FileRejected:
    """The rejection of a file that broke its reading."""
    return FileRejected(
        f"读取 {redact_name(name)} 时出现意外错误（{type(error).__name__}），请另存为 .docx 或 .xlsx 后再试。"
    )


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, or of nothing when it cannot be opened."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return hashlib.sha256().hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileRejected(f"无法打开 {path.name}（{error.strerror}），请核对文件权限。") from error


def read_paths(paths: Sequence[Path], profile: str = "") -> Iterator[Read]:
    """What each path holds, in order. At most a few files are in memory at once.

    A file whose process is killed (by the system when memory is short) is answered with a rejection.
    """
    workers = min(os.cpu_count() or 1, 4, len(paths))
    if workers < 2 or sum(map(_seconds, paths)) < _PAYS_FROM:
        yield from (read_path(path, profile) for path in paths)
        return
    rest = deque(paths)
    while rest:
        try:
            for read in _read_in(workers, list(rest), profile):
                yield read
                rest.popleft()
        except BrokenProcessPool:
            # A killed process takes the whole pool along, whichever file it was reading; so those that were being
            # read are read one by one, and a new pool goes on after them.
            _LOGGER.warning("a process that was reading files was killed")
            doubtful = [rest.popleft() for _ in range(min(_waiting(workers), len(rest)))]
            yield from _read_one_by_one(doubtful, profile)


def _read_in(workers: int, paths: Sequence[Path], profile: str) -> Iterator[Read]:
    """What each path holds, read by several processes. Raises BrokenProcessPool when one of them is killed."""
    with _pool(workers) as pool:
        waiting: deque[Future[Read]] = deque()
        for path in paths:
            waiting.append(pool.submit(read_path, path, profile))
            if len(waiting) == _waiting(workers):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _read_one_by_one(paths: Sequence[Path], profile: str) -> Iterator[Read]:
    """What each path holds, one at a time: where the process is killed, the file that it was reading is why."""
    rest = deque(paths)
    while rest:
        with _pool(1) as pool:
            try:
                while rest:
                    yield pool.submit(read_path, rest[0], profile).result()
                    rest.popleft()
            except BrokenProcessPool:
                yield _killed(rest.popleft().name)


def _killed(name: str) -> FileRejected:
    return FileRejected(
        f"读取 {redact_name(name)} 的进程被系统终止（多半是内存不足），未写入；请把文件拆小，或换内存更大的机器再试。"
    )


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawn: a fork of a process with threads and an open SQLite file is unsafe
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _waiting(workers: int) -> int:
    """How many files are given to the processes at once."""
    return 2 * workers + 1


def _seconds(path: Path) -> float:
    try:
        size = path.stat().st_size
    except OSError:
        return 0.0  # reading it will say why
    return size / 1e6 * _SECONDS_A_MEGABYTE.get(path.suffix.lower(), 0.0)
