"""Documents that are made up."""

import shutil
from pathlib import Path


def document(number, words=None, more=""):
    """A draft with a number."""
    text = "Recalling that tide tables are made for harbours. " * (words or number % 7 * 5 + 3)
    return (
        f"symbol: A/84/L.{number}\nkind: draft-resolution\ndate: 2029-10-01\ntitle: Tides {number}\n{more}"
        f"body:\n  - enacting: '*The General Assembly*,'\n  - preambular: '{text}'\n"
    )


def runaway(number, notes=2000):
    """A draft that takes the engine seconds: it ends the lines, because names in Hangul are not composed, and each of the
    many notes has to be placed on the page of its mark."""
    notes = range(1, notes + 1)
    body = "".join(f"  - preambular: '*Recalling* 한국 {note}[^{note}],'\n" for note in notes)
    return document(number) + body + "footnotes:\n" + "".join(f"  {note}: Tide {note}.\n" for note in notes)


def drafts(folder, count):
    """Makes a folder of drafts, in folders."""
    for number in range(1, count + 1):
        path = Path(folder) / ("more" if number % 3 == 0 else ".") / f"d{number:05}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(number))


SEAL = "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='60'><rect width='60' height='60'/></svg>"


def all_kinds(folder):
    """Makes a folder with every kind of document that a batch can have: with pictures, in a house of its own, with
    warnings, with errors, and such as are none."""
    folder = Path(folder)
    drafts(folder, 20)
    (folder / "seal.svg").write_text(SEAL)
    (folder / "sealed.yaml").write_text(document(101, more="emblem: seal.svg\n"))
    (folder / "no-seal.yaml").write_text(document(102, more="emblem: other.svg\n"))
    (folder / "wrong.yaml").write_text(document(103, more="nonsense: 1\n"))
    (folder / "not-utf-8.yaml").write_bytes(b"symbol: A/84/L.104\ntitle: \xff\xfe\n")
    (folder / "no-date.md").write_text("---\nsymbol: A/84/L.105\nkind: draft-resolution\n---\n\nTides\n")
    house = folder / "house"
    house.mkdir()
    shutil.copy(folder / "seal.svg", house / "own.svg")
    (house / "masthead.toml").write_text(
        '[house]\nname = "Harbour Board"\nemblem = "own.svg"\nsymbols = "free"\n[defaults]\ndate = 2029-05-31\n'
    )
    (house / "paper.yaml").write_text(document(106).replace("A/84/L.106", "HB 6").replace("date: 2029-10-01\n", ""))
