"""Documents on their way to the engine."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from . import _masthead
from ._results import DocumentError, Finding

#: A path or a text: see the package.
Source: TypeAlias = "str | bytes | os.PathLike[str]"
Syntax: TypeAlias = Literal["yaml", "json", "md", "xml"]


@dataclass(frozen=True)
class Document:
    """A document as the engine takes it."""

    name: str
    text: bytes | None
    path: Path | None
    syntax: str | None
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source, syntax: Syntax | None, pictures: Mapping[str, bytes] | None = None) -> Document:
        if isinstance(source, str) and "\n" in source:
            source = source.encode()
        if isinstance(source, (bytes, bytearray, memoryview)):
            return cls("<text>", bytes(source), None, syntax, dict(pictures or {}))
        path = Path(source)
        return cls(str(path), None, path, syntax, dict(pictures or {}))


def findings(data: str) -> list[Finding]:
    return [Finding._of(one) for one in json.loads(data)]


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what the engine refuses into a :class:`DocumentError`."""
    try:
        yield
    except _masthead.Refused as refused:
        raise DocumentError(findings(refused.args[0])) from None
