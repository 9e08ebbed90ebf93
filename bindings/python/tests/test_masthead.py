"""masthead as a Python package."""

import inspect
import json
import multiprocessing
import os
import pickle
import resource
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import masthead

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path fill='red' d='M0 0h9v9z'/></svg>"


def test_a_path_and_a_text_give_the_same_file(draft: Path, text: str) -> None:
    pdf = masthead.render(draft)
    assert pdf.startswith(b"%PDF-1.7")
    assert pdf == masthead.render(str(draft)) == masthead.render(text) == masthead.render(text.encode())


def test_profiles(text: str) -> None:
    files = {profile: masthead.render(text, profile=profile) for profile in ("archive", "print", "screen")}
    assert files["print"].startswith(b"%PDF-1.6") and len(set(files.values())) == 3
    assert masthead.verify(files["archive"]) and masthead.verify(files["print"])
    altered = masthead.verify(files["archive"].replace(b"/Creator", b"/creator"))
    assert not altered and altered.at is not None and altered.made_by == masthead.__version__
    with pytest.raises(ValueError, match="PDF"):
        masthead.verify(b"no file")
    marked = masthead.render(text, profile="print", bleed="3mm", marks=True)
    assert marked != files["print"]


def test_pages_are_pictures(text: str) -> None:
    png = masthead.render(text, format="png", ppi=36)
    assert png.startswith(b"\x89PNG") and masthead.render_pages(text, ppi=36) == [png]
    assert masthead.render(text, format="svg").startswith(b"<svg")
    for page in (2, 0, -1):
        with pytest.raises(ValueError, match="page must be from 1 to 1"):
            masthead.render(text, format="png", page=page)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"format": "gif"}, "format must be"),
        ({"profile": "press"}, "profile must be"),
        ({"format": "png", "ppi": 1e9}, "ppi must be"),
        ({"profile": "print", "bleed": "9 miles"}, "bleed is not a length"),
        ({"syntax": "toml"}, "unknown syntax"),
        ({"missing_glyphs": "skip"}, "missing_glyphs must be"),
        ({"lines": "mine"}, "lines must be"),
        ({"page": 1}, "page chooses"),
    ],
)
def test_wrong_options_are_explained(text: str, option: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        masthead.render(text, **option)  # type: ignore[arg-type]


def test_errors_carry_findings(text: str) -> None:
    with pytest.raises(masthead.DocumentError) as raised:
        masthead.render(text.replace("2029-10-01", "1 October").replace("draft-resolution", "daft"))
    findings = raised.value.findings
    assert [finding.line for finding in findings if finding.severity == "error"] == [2, 3]
    assert all(finding.file == "<text>" and finding.message in str(raised.value) for finding in findings)
    assert pickle.loads(pickle.dumps(raised.value)).findings == findings
    with pytest.raises(masthead.DocumentError, match="nowhere.yaml"):
        masthead.render("nowhere.yaml")


def test_findings(text: str) -> None:
    assert masthead.check(text) == [] or all(finding.severity != "error" for finding in masthead.check(text))
    (finding,) = [it for it in masthead.check(text.replace("A/84/L.901", "no symbol")) if it.severity == "error"]
    assert (finding.line, finding.path) == (1, "symbol") and finding.code in str(finding)


def test_other_syntaxes(text: str) -> None:
    xml = masthead.convert(text, "xml")
    assert "akomaNtoso" in xml
    assert masthead.convert(xml, "json", syntax="xml") == masthead.convert(text, "json")
    assert json.loads(masthead.convert(text, "json"))["symbol"] == "A/84/L.901"
    with pytest.raises(ValueError, match="unknown syntax"):
        masthead.convert(text, "docx")  # type: ignore[arg-type]


def test_prepared_words(text: str) -> None:
    assert "United Nations" in json.dumps(masthead.prepare(text))
    assert masthead.schema()["title"] == "Document"


def test_differences(text: str) -> None:
    assert masthead.diff(text, text) == []
    newer = text.replace("regional", "subregional")
    (change,) = masthead.diff(text, newer)
    assert (change.kind, change.part, change.new) == ("changed", "operative paragraph 1", "body[1]")
    assert ("deleted", "regional") in [(kind, words.strip()) for kind, words in change.words]
    assert "[-regional-]" in str(change) and "{+subregional+}" in str(change)
    assert masthead.diff(text, masthead.convert(newer, "md")) == [change]
    redline = masthead.redline(text, newer)
    assert redline.startswith(b"%PDF") and redline != masthead.render(newer) and masthead.verify(redline)
    with pytest.raises(masthead.DocumentError):
        masthead.diff(text, "title: [")
    with pytest.raises(ValueError, match="profile must be"):
        masthead.redline(text, newer, profile="press")  # type: ignore[arg-type]


def test_pdfs_are_compared(text: str, tmp_path: Path) -> None:
    before, after = masthead.render(text), masthead.render(text.replace("regional", "subregional"))
    path = tmp_path / "before.pdf"
    path.write_bytes(before)
    same = masthead.compare(path, before)
    assert same and same.score == 100 and same.same_bytes
    other = masthead.compare(before, after, ppi=48)
    assert not other and any("subregional" in difference.message for difference in other.differences)
    with pytest.raises(masthead.DocumentError, match="cannot be read"):
        masthead.compare(b"no file", after)


def test_pictures_come_from_the_caller_or_the_folder(text: str, tmp_path: Path) -> None:
    figure = text + "  - figure: {image: tide.svg, description: A tide}\n"
    with pytest.raises(masthead.DocumentError, match="tide.svg"):
        masthead.render(figure)
    pdf = masthead.render(figure, pictures={"tide.svg": SVG})
    (tmp_path / "tide.svg").write_bytes(SVG)
    (tmp_path / "draft.yaml").write_text(figure)
    assert masthead.render(tmp_path / "draft.yaml") == pdf
    assert masthead.render(text, emblem=SVG) != masthead.render(text)


def test_files_outside_the_folder_are_not_read(text: str, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_bytes(SVG)
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "draft.yaml").write_text(text + "  - figure: {image: ../secret.svg, description: A tide}\n")
    with pytest.raises(masthead.DocumentError):
        masthead.render(folder / "draft.yaml")


def test_fonts_of_ones_own(text: str, tmp_path: Path) -> None:
    assert masthead.Press(fonts=[tmp_path]).render(text) == masthead.render(text)
    with pytest.raises(ValueError, match="not a font folder"):
        masthead.Press(fonts=[tmp_path / "nowhere"])


def test_threads_give_the_same_files(text: str) -> None:
    texts = [text.replace("L.901", f"L.{number}") for number in range(1, 25)]
    alone = [masthead.render(one) for one in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(masthead.render, texts)) == alone


def test_functions_can_be_sent_to_other_processes() -> None:
    for function in [getattr(masthead, name) for name in masthead.__all__ if name.islower()]:
        assert pickle.loads(pickle.dumps(function)) is function


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_forked_processes_give_the_same_files(text: str) -> None:
    alone = masthead.render(text)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map_async(masthead.render, [text] * 4).get(timeout=60) == [alone] * 4


def test_memory_stays_flat(text: str) -> None:
    def peak() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for _ in range(100):
        masthead.render(text)
    before = peak()
    for number in range(400):
        masthead.render(text.replace("L.901", f"L.{number + 1}"))
    assert peak() - before < 64 * 1024, "KiB"


def test_functions_show_their_options() -> None:
    assert "self" not in inspect.signature(masthead.render).parameters
    assert "profile" in inspect.signature(masthead.render).parameters and "PDF" in (masthead.render.__doc__ or "")
