#!/usr/bin/env python3
"""Makes the faces of masthead from the originals: `python3 fonts/make.py`.

Word's character scale stretches glyphs sideways; the engine has no such thing, so each
scale is a face of its own: outlines, advances, kerning and marks stretched by the factor,
hints dropped, a few characters added. The faces of other scripts are in scripts.py.
Needs fontTools 4.50 or later.
"""

from hashlib import sha256
from itertools import product
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

import scripts
from common import rename, stretch

HERE = Path(__file__).parent
STYLES = {"Regular": "Regular", "Bold": "Bold", "Italic": "Italic", "BoldItalic": "Bold Italic"}
FACES = [(96, "Regular"), (98, "Bold"), (99, "Bold"), *product((100, 103, 104), STYLES), (106, "Regular")]
UNITS = 8192  # four times the originals': stretched advances keep their precision
# The pairs of `kern` are in GPOS too; the others are hints, or a font editor's notes.
DROPPED = ("fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX", "LTSH", "DSIG", "FFTM", "kern")
ALIASES = {0x2011: 0x2010, 0x2060: 0x200B}  # a character that is missing: the one whose glyph serves
# Characters made of another: that one, its scale, how far it is raised (originals' units).
COMPOSED = {
    0x2070: (0x2080, 1.0, 951),  # superscript zero, plus, minus; subscript plus, minus
    0x207A: (0x002B, 0.6, 530), 0x207B: (0x2212, 0.6, 530), 0x208A: (0x002B, 0.6, -420), 0x208B: (0x2212, 0.6, -420),
}  # fmt: skip


def stretched(original: Path, percent: int, style: str) -> TTFont:
    """The face of one family and style."""
    font = TTFont(original, recalcTimestamp=False, lazy=False)
    font.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False  # the same bytes with and without it
    for table in set(DROPPED) & set(font.keys()):
        del font[table]
    complete(font)
    kern_everywhere(font)
    scale_upem(font, UNITS)
    stretch(font, percent / 100)
    origin = f"Modified from Liberation Serif 2.1.5: outlines and advances stretched to {percent} %"
    rename(font, f"Masthead Serif {percent}", f"MastheadSerif{percent}-{style}", STYLES[style], origin)
    return font


def complete(font: TTFont) -> None:
    """Adds the characters of ALIASES and COMPOSED."""
    served = font.getBestCmap()
    added = {wanted: served[other] for wanted, other in ALIASES.items()}
    for wanted, (other, scale, raised) in COMPOSED.items():
        name = f"uni{wanted:04X}"
        pen = TTGlyphPen(font.getGlyphSet())
        pen.addComponent(served[other], (scale, 0, 0, scale, 0, raised))
        advance, bearing = font["hmtx"][served[other]]
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (round(advance * scale), round(bearing * scale))
        added[wanted] = name
    for subtable in filter(lambda table: table.isUnicode(), font["cmap"].tables):
        subtable.cmap.update(added)


def kern_everywhere(font: TTFont) -> None:
    """Lets every script kern: the originals' GPOS kerns no run of figures alone."""
    table = font["GPOS"].table
    kern = [record.FeatureTag for record in table.FeatureList.FeatureRecord].index("kern")
    for record in table.ScriptList.ScriptRecord:
        for system in [record.Script.DefaultLangSys, *(r.LangSys for r in record.Script.LangSysRecord)]:
            system.FeatureIndex = sorted({*system.FeatureIndex, kern})


def other_scripts() -> list[Path]:
    """Makes the faces of other scripts; one whose original is not here stays as it is."""
    made = []
    for make, face, original, style in scripts.FACES:
        source = HERE / "original" / original
        made.append(HERE / face)
        if source.exists():
            make(source, style).save(made[-1])
        else:
            print(f"{source.name} is not here (see README.md): {made[-1].name} stays as it is")
    return made


def main() -> None:
    made = []
    for percent, style in FACES:
        made.append(HERE / f"MastheadSerif{percent}-{style}.ttf")
        stretched(HERE / "original" / f"LiberationSerif-{style}.ttf", percent, style).save(made[-1])
    kept = (path for path in HERE.glob("original/*.ttf") if path.name.startswith("Liberation"))
    files = sorted(kept) + made + other_scripts()
    sums = (f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(HERE)}\n" for path in files)
    (HERE / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main()
