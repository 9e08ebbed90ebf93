#!/usr/bin/env python3
"""Makes the faces of masthead from the originals: `python3 fonts/make.py`.

Word's character scale stretches glyphs sideways; the engine has no such thing, so each
scale is a face of its own: outlines, advances, kerning and marks stretched by the factor,
hints dropped, a few characters added. The faces of other scripts are in scripts.py.
Needs fontTools 4.50 or later.
"""

from hashlib import sha256
from itertools import product
from math import atan, degrees, radians, tan
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

import scripts
from common import places, rename

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


def stretch(font: TTFont, factor: float) -> None:
    """Multiplies all that is measured sideways."""

    def wide(value: float) -> int:
        return round(value * factor)

    glyf, metrics = font["glyf"], font["hmtx"].metrics
    for glyph in glyf.glyphs.values():
        glyph.expand(glyf)
        glyph.removeHinting()
        if glyph.isComposite():
            for component in glyph.components:
                component.x = wide(component.x)
                if hasattr(component, "transform"):
                    (a, b), (c, d) = component.transform
                    component.transform = ((a, b / factor), (c * factor, d))
        elif glyph.numberOfContours:
            glyph.coordinates.scale((factor, 1))
            glyph.coordinates.toInt()
    for name, glyph in glyf.glyphs.items():
        glyph.recalcBounds(glyf)
        advance, bearing = metrics[name]
        metrics[name] = (wide(advance), glyph.xMin if glyph.numberOfContours else wide(bearing))
    for record in places([font["GPOS"].table, font["GDEF"].table]):
        for field in ("XAdvance", "XPlacement", "XCoordinate", "Coordinate"):
            if hasattr(record, field):
                setattr(record, field, wide(getattr(record, field)))
    os2, hhea, post = font["OS/2"], font["hhea"], font["post"]
    for field in ("xAvgCharWidth", *map("".join, product(("ySubscriptX", "ySuperscriptX"), ("Size", "Offset")))):
        setattr(os2, field, wide(getattr(os2, field)))
    if hhea.caretSlopeRun:
        hhea.caretSlopeRise, hhea.caretSlopeRun = hhea.caretSlopeRise * 10, wide(hhea.caretSlopeRun * 10)
    post.italicAngle = degrees(atan(tan(radians(post.italicAngle)) * factor))
    font["head"].flags &= ~0b11100  # nothing depends on hints


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
    kept = (path for path in HERE.glob("original/*.ttf") if not path.name.startswith("Noto"))
    files = sorted(kept) + made + other_scripts()
    sums = (f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(HERE)}\n" for path in files)
    (HERE / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main()
