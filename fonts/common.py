"""What the making of all faces needs: names, the places in layout tables, widths."""

from itertools import product
from math import atan, degrees, radians, tan

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables


def rename(font: TTFont, family: str, file_name: str, style: str, origin: str) -> None:
    """Names the face without a reserved name; copyright and licence stay."""
    names = font["name"]
    names.names = [n for n in names.names if n.nameID in (0, 13, 14) and n.platformID == 3]
    texts = {
        1: family, 2: style, 3: f"masthead 1.0; {file_name}", 4: f"{family} {style}", 5: "Version 1.000",
        6: file_name, 10: origin,
    }  # fmt: skip
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)


def places(tables: list) -> list:
    """Every value record, anchor and caret below tables, once."""
    found, seen, waiting = [], set(), list(tables)
    while waiting:
        item = waiting.pop()
        if isinstance(item, (list, tuple, dict)):
            waiting.extend(item.values() if isinstance(item, dict) else item)
        elif hasattr(item, "__dict__") and id(item) not in seen:
            seen.add(id(item))
            if isinstance(item, (otTables.ValueRecord, otTables.Anchor, otTables.CaretValue)):
                found.append(item)
            waiting.extend(vars(item).values())
    return found


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
