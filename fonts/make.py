#!/usr/bin/env python3
"""Makes the faces of masthead from the originals: `python3 fonts/make.py`.

Word's character scale stretches glyphs sideways (LAYOUT.md, Type); the engine has no
such thing, so each scale is a face of its own: outlines, advances, kerning and marks
stretched by the factor, hints dropped. Needs fontTools 4.50 or later.
"""

from hashlib import sha256
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables import otTables

HERE = Path(__file__).parent
STYLES = {
    "Regular": "Regular",
    "Bold": "Bold",
    "Italic": "Italic",
    "BoldItalic": "Bold Italic",
}
ALL = tuple(STYLES)
FACES = {
    96: ("Regular",),
    98: ("Bold",),
    99: ("Bold",),
    100: ALL,
    103: ALL,
    104: ALL,
    106: ("Regular",),
}
UNITS = 8192  # four times the originals': stretched advances keep their precision
HINTS = ("fpgm", "prep", "cvt ", "gasp", "FFTM", "kern")
# Characters that the originals lack, and the one whose glyph serves.
ALIASES = {0x2011: 0x2010, 0x2060: 0x200B}


def stretched(original: Path, percent: int, style: str) -> TTFont:
    font = TTFont(original, recalcTimestamp=False)
    for table in HINTS:
        if table in font:
            del font[table]
    for subtable in font["cmap"].tables:
        for wanted, served in ALIASES.items():
            if subtable.isUnicode() and served in subtable.cmap:
                subtable.cmap.setdefault(wanted, subtable.cmap[served])
    scale_upem(font, UNITS)
    stretch(font, percent / 100)
    rename(font, percent, style)
    return font


def stretch(font: TTFont, factor: float) -> None:
    def wide(value: float) -> int:
        return round(value * factor)

    for glyph in font["glyf"].glyphs.values():
        glyph.expand(font["glyf"])
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
    metrics = font["hmtx"].metrics
    for name, (advance, bearing) in metrics.items():
        metrics[name] = (wide(advance), wide(bearing))
    for record in values(font["GPOS"].table):
        for field in ("XAdvance", "XPlacement", "XCoordinate"):
            if hasattr(record, field):
                setattr(record, field, wide(getattr(record, field)))
    os2 = font["OS/2"]
    for field in ("xAvgCharWidth", "ySubscriptXSize", "ySubscriptXOffset", "ySuperscriptXSize", "ySuperscriptXOffset"):
        setattr(os2, field, wide(getattr(os2, field)))


def values(table: object) -> list:
    """Every value record and anchor below a table, once."""
    found, seen, waiting = [], set(), [table]
    while waiting:
        item = waiting.pop()
        if isinstance(item, (list, tuple)):
            waiting.extend(item)
        elif isinstance(item, dict):
            waiting.extend(item.values())
        elif hasattr(item, "__dict__") and id(item) not in seen:
            seen.add(id(item))
            if isinstance(item, (otTables.ValueRecord, otTables.Anchor)):
                found.append(item)
            if hasattr(item, "ensureDecompiled"):
                item.ensureDecompiled()
            waiting.extend(vars(item).values())
    return found


def rename(font: TTFont, percent: int, style: str) -> None:
    family = f"Masthead Serif {percent}"
    names = font["name"]
    names.names = [n for n in names.names if n.nameID in (0, 13, 14) and n.platformID == 3]
    file_name = f"MastheadSerif{percent}-{style}"
    texts = {
        1: family,
        2: STYLES[style],
        3: f"masthead 1.0; {file_name}",
        4: f"{family} {STYLES[style]}",
        5: "Version 1.000",
        6: file_name,
        10: f"Stretched sideways to {percent} % from a metric-compatible serif face, version 2.1.5; see fonts/README.md.",
    }
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)


def main() -> None:
    made = []
    for percent, styles in FACES.items():
        for style in styles:
            path = HERE / f"MastheadSerif{percent}-{style}.ttf"
            stretched(HERE / "original" / f"LiberationSerif-{style}.ttf", percent, style).save(path)
            made.append(path)
    files = sorted(HERE.glob("original/*.ttf")) + made
    sums = (f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(HERE)}\n" for path in files)
    (HERE / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main()
