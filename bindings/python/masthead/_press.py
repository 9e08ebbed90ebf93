"""The engine with its fonts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from . import _masthead
from ._documents import Document, Source, Syntax, findings, refusals
from ._results import Finding, Verification


@dataclass(frozen=True)
class _Options:
    format: str
    profile: str
    ppi: float
    page: int | None
    lines: str
    missing_glyphs: str
    emblem: bytes | None
    ink: str
    bleed: str
    marks: bool


class Press:
    """The engine with its fonts, for any number of documents and threads.

    :param fonts: folders of fonts for characters that the built-in fonts lack.
    """

    def __init__(self, fonts: Iterable[str | os.PathLike[str]] = ()) -> None:
        self._press = _masthead.Press([os.fspath(folder) for folder in fonts])

    def render(
        self,
        source: Source,
        *,
        format: Literal["pdf", "png", "svg"] = "pdf",
        profile: Literal["archive", "print", "screen"] = "archive",
        page: int | None = None,
        ppi: float = 144,
        syntax: Syntax | None = None,
        emblem: bytes | None = None,
        pictures: Mapping[str, bytes] | None = None,
        lines: Literal["official", "engine"] = "official",
        missing_glyphs: Literal["error", "box-with-code"] = "error",
        ink: Literal["black", "colour"] = "black",
        bleed: str = "0pt",
        marks: bool = False,
    ) -> bytes:
        """Returns the document as a PDF file, or one of its pages as a picture.

        :param format: ``pdf``; ``png`` and ``svg`` are one page, the first unless ``page`` says otherwise.
        :param profile: of PDF: ``archive`` (PDF/A-3a and PDF/UA-1), ``print`` (PDF/X-4) or ``screen``.
        :param page: the page, from 1.
        :param ppi: pixels per inch of PNG, 10 to 600.
        :param syntax: of the source; by default from its name, else from its contents.
        :param emblem: an SVG or PNG file instead of that of the document.
        :param pictures: SVG and PNG files by the names that the document gives them; by default they are read from its
            folder.
        :param ink, bleed, marks: of print files; ``bleed`` is a length such as ``9pt`` or ``3mm``.
        :raises DocumentError: the document has errors.
        :raises ValueError: an option is wrong.
        """
        if page is None and format != "pdf":
            page = 1
        options = _Options(format, profile, ppi, page, lines, missing_glyphs, emblem, ink, bleed, marks)
        with refusals():
            files = self._press.render(Document.of(source, syntax, pictures), options)
        return files[0]

    def render_pages(
        self,
        source: Source,
        *,
        format: Literal["png", "svg"] = "png",
        ppi: float = 144,
        syntax: Syntax | None = None,
        emblem: bytes | None = None,
        pictures: Mapping[str, bytes] | None = None,
        lines: Literal["official", "engine"] = "official",
        missing_glyphs: Literal["error", "box-with-code"] = "error",
    ) -> list[bytes]:
        """Returns all pages as pictures. Options and errors are those of :meth:`render`."""
        options = _Options(format, "screen", ppi, None, lines, missing_glyphs, emblem, "black", "0pt", False)
        with refusals():
            files = self._press.render(Document.of(source, syntax, pictures), options)
        return files

    def check(
        self,
        source: Source,
        *,
        syntax: Syntax | None = None,
        pictures: Mapping[str, bytes] | None = None,
        missing_glyphs: Literal["error", "box-with-code"] = "error",
    ) -> list[Finding]:
        """Returns all findings about the document, in the order of the source. Nothing is raised for its errors.

        :raises DocumentError: the file cannot be read.
        """
        with refusals():
            return findings(self._press.check(Document.of(source, syntax, pictures), missing_glyphs))

    def prepare(self, source: Source, *, syntax: Syntax | None = None) -> dict[str, Any]:
        """Returns every word of the pages, as ``masthead prepare`` prints it.

        :raises DocumentError: the document has errors.
        """
        with refusals():
            prepared: dict[str, Any] = json.loads(self._press.prepare(Document.of(source, syntax)))
        return prepared

    def redline(
        self,
        before: Source,
        after: Source,
        *,
        profile: Literal["archive", "print", "screen"] = "archive",
        syntax: Syntax | None = None,
        emblem: bytes | None = None,
        pictures: Mapping[str, bytes] | None = None,
    ) -> bytes:
        """Returns the newer document as a PDF file with the changes marked, as ``masthead diff -o`` does. Options and
        errors are those of :meth:`render`.
        """
        old, new = Document.of(before, syntax), Document.of(after, syntax, pictures)
        with refusals():
            return self._press.redline(old, new, profile, emblem)

    def verify(self, pdf: bytes | os.PathLike[str]) -> Verification:
        """Renders again what an archive or print file contains, and compares the result with the file.

        :raises ValueError: the file contains no document.
        """
        return Verification(**json.loads(self._press.verify(file_bytes(pdf))))


def file_bytes(file: bytes | str | os.PathLike[str]) -> bytes:
    return bytes(file) if isinstance(file, (bytes, bytearray, memoryview)) else Path(file).read_bytes()
