"""Reading ahead: the next part of a file is understood in a second thread while the one before goes in."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Part = TypeVar("_Part")
_END: object = object()


def one_ahead(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Yield ``parts`` in order, each made while the one before is worked on; what making one raises is raised here."""
    source = iter(parts)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading-ahead") as reader:
        coming = reader.submit(next, source, _END)
        while (part := coming.result()) is not _END:
            coming = reader.submit(next, source, _END)
            yield part  # type: ignore[misc]  # anything but the end is a part
