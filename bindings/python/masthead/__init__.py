"""Structured United Nations documents as official pages.

    import masthead

    pdf = masthead.render("draft.yaml")
    for finding in masthead.check("draft.yaml"):
        print(finding)

A document is a path or a text. A path object is a file; a ``str`` of one line is the name of a file, a longer one the
text itself; ``bytes`` are the text. The engine and its fonts are loaded once, by the first call that needs them; a
:class:`Press` with fonts of your own has the same functions. All of them release Python's lock: threads work side by
side.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache, wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar

from . import _masthead
from ._documents import Document, Source, Syntax, refusals
from ._press import Press, file_bytes
from ._results import Change, Comparison, Difference, DocumentError, Finding, Verification

P = ParamSpec("P")
T = TypeVar("T")

__version__: str = _masthead.__version__
__all__ = [
    "Change",
    "Comparison",
    "Difference",
    "DocumentError",
    "Finding",
    "Press",
    "Source",
    "Syntax",
    "Verification",
    "check",
    "compare",
    "convert",
    "diff",
    "prepare",
    "redline",
    "render",
    "render_pages",
    "schema",
    "verify",
]


@cache
def _press() -> Press:
    return Press()


def _of_press(method: Callable[Concatenate[Press, P], T]) -> Callable[P, T]:
    """Makes a function of a method of the shared press."""

    @wraps(method)
    def function(*args: P.args, **options: P.kwargs) -> T:
        return method(_press(), *args, **options)

    _, *parameters = signature(method).parameters.values()
    # By this name other processes find it.
    function.__module__, function.__qualname__ = __name__, method.__name__
    function.__signature__ = signature(method).replace(parameters=parameters)  # type: ignore[attr-defined]
    return function


render = _of_press(Press.render)
render_pages = _of_press(Press.render_pages)
check = _of_press(Press.check)
prepare = _of_press(Press.prepare)
redline = _of_press(Press.redline)
verify = _of_press(Press.verify)


def convert(source: Source, to: Syntax, *, syntax: Syntax | None = None) -> str:
    """Returns the document in another syntax; comments and the order of fields are not preserved.

    :raises DocumentError: the document cannot be read.
    """
    with refusals():
        return _masthead.convert(Document.of(source, syntax), to)


def diff(before: Source, after: Source, *, syntax: Syntax | None = None) -> list[Change]:
    """Returns what changed from one document to another, part by part and word by word, as ``masthead diff`` does.

    :raises DocumentError: one of the documents cannot be read.
    """
    with refusals():
        data = _masthead.diff(Document.of(before, syntax), Document.of(after, syntax))
    return [Change._of(one["change"], one["text"]) for one in json.loads(data)]


def compare(
    before: bytes | os.PathLike[str],
    after: bytes | os.PathLike[str],
    *,
    ppi: float = 96,
    points: float = 0.5,
    bytes_too: bool = False,
) -> Comparison:
    """Compares any two PDF files, given as bytes or paths: words, layout and pixels.

    :param ppi: pixels per inch, 10 to 600.
    :param points: how far something may move without being reported, in points.
    :param bytes_too: whether metadata and bytes are compared as well.
    :raises DocumentError: a file cannot be read as a PDF.
    """
    with refusals():
        data = json.loads(_masthead.compare(file_bytes(before), file_bytes(after), ppi, points, bytes_too))
    names = ("score", "added", "removed", "same_bytes")
    differences = [Difference._of(one) for one in data["differences"]]
    return Comparison(**{name: data[name] for name in names}, differences=differences)


def schema() -> dict[str, Any]:
    """Returns the JSON Schema of documents."""
    data: dict[str, Any] = json.loads(_masthead.schema())
    return data

