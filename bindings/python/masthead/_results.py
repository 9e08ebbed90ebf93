"""What masthead finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True)
class Finding:
    """A finding about a document. :attr:`code` is stable; ``masthead explain CODE`` explains it."""

    severity: Severity
    code: str
    #: One sentence without a final stop.
    message: str
    #: The name of the file; ``<text>`` for a text.
    file: str | None = None
    #: The first line, from 1.
    line: int | None = None
    #: The column of the first character, from 1.
    column: int | None = None
    end_line: int | None = None
    #: The column after the last character.
    end_column: int | None = None
    #: The value in the document, such as ``body[3].items[1].text``.
    path: str | None = None
    #: What to do about it.
    hint: str | None = None
    #: Whether ``masthead check --fix`` can fix it.
    fixable: bool = False

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place + ': ' if place else ''}{self.severity}[{self.code}]: {self.message}{hint}"

    @classmethod
    def _of(cls, data: dict[str, Any]) -> Finding:
        return cls(**{name: value for name, value in data.items() if name in cls.__dataclass_fields__})


class DocumentError(ValueError):
    """A document has errors: all of them are in :attr:`findings`, with warnings and hints."""

    findings: list[Finding]

    def __init__(self, findings: list[Finding]) -> None:
        errors = [finding for finding in findings if finding.severity == "error"] or findings
        super().__init__("\n".join(str(finding) for finding in errors))
        self.findings = findings

    def __reduce__(self) -> tuple[type[DocumentError], tuple[list[Finding]]]:
        return DocumentError, (self.findings,)


@dataclass(frozen=True)
class Change:
    """A change from one document to another. ``str(change)`` describes it in words."""

    kind: Literal["inserted", "deleted", "changed", "moved", "renumbered", "field"]
    #: The part of the document, such as ``operative paragraph 4 (a)``.
    part: str
    #: More about it: ``moved from operative paragraph 3``.
    note: str | None = None
    #: The value in the older document, such as ``body[3].items[1]``.
    old: str | None = None
    #: The value in the newer document.
    new: str | None = None
    #: Its words in order, each with ``same``, ``deleted`` or ``inserted``.
    words: tuple[tuple[Literal["same", "deleted", "inserted"], str], ...] = ()
    _text: str = field(default="", repr=False, compare=False)

    def __str__(self) -> str:
        return self._text

    @classmethod
    def _of(cls, data: dict[str, Any], text: str) -> Change:
        words = tuple(pair for piece in data.pop("words", ()) for pair in piece.items())
        return cls(**data, words=words, _text=text)


@dataclass(frozen=True)
class Difference:
    """A difference between two PDF files."""

    #: ``text``, ``geometry``, ``pixels`` or ``file``.
    level: str
    kind: str
    #: The part of the document, such as ``operative paragraph 4 (a)``.
    part: str
    message: str
    #: The page, from 1.
    page: int | None = None

    def __str__(self) -> str:
        page = f" (page {self.page})" if self.page else ""
        return f"{self.level}: {self.part}: {self.message}{page}"

    @classmethod
    def _of(cls, data: dict[str, Any]) -> Difference:
        return cls(**{name: value for name, value in data.items() if name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Comparison:
    """The comparison of two PDF files."""

    #: The mean score of all pages, up to 100; a page that only one file has counts 0.
    score: float
    #: The number of pages that only the second file has.
    added: int
    #: The number of pages that only the first file has.
    removed: int
    #: Whether the files are identical, byte for byte.
    same_bytes: bool
    differences: list[Difference] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether the files look the same."""
        return not self.differences


@dataclass(frozen=True)
class Verification:
    """Whether a file is the output of this version for the document inside it."""

    same: bool
    #: The version that made the file, according to the file, if it is not the same.
    made_by: str | None = None
    #: The first byte that differs.
    at: int | None = None

    def __bool__(self) -> bool:
        return self.same
