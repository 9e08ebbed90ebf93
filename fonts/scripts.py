"""The faces of other scripts: originals cut down to what the pages of a language need.

`Masthead Song` sets Chinese, `Masthead Naskh` Arabic; Latin letters and figures among them
are set in Masthead Serif.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from common import places, rename

STYLES = ("Regular", "Bold")
SIMPLIFIED = 2  # the place of the Simplified Chinese face in its collection
# Naskh letters are small in their em: so much larger, they stand well beside Latin ones.
NASKH_SCALE = 1.3
# No kerning moves letters of a word further apart, in parts of the em: readers of PDF files
# would take it for a space.
WIDEST_KERNING = 0.04

# Characters of names and of institutions that GB/T 2312 has not.
MORE_CHINESE = "〇镕喆堃玥珺翀昇旸暅滢赟偲钘铻頔祎瑄昉湉垚犇淼焱鑫晔炜翯囍"
CHINESE_PUNCTUATION = [*range(0x3000, 0x3040), *range(0xFF01, 0xFF5F), 0x2E3A, 0x2E3B]
# Of GB/T 2312 these are left to Masthead Serif: Latin with diacritics, Greek, Cyrillic.
LEFT_TO_LATIN = [*range(0x00C0, 0x0250), *range(0x0370, 0x0530)]

ARABIC = [*range(0x0600, 0x0700), 0xFD3E, 0xFD3F, 0xFDF2]
# What stands between Arabic letters, ASCII punctuation and spaces with it.
ARABIC_PUNCTUATION = [*range(0x20, 0x30), *map(ord, ":;<=>?[\\]{|}«»"), 0xA0, *range(0x2010, 0x2016),
                      *range(0x2018, 0x201F), 0x2026, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2039, 0x203A, 0x25CC]  # fmt: skip
ARABIC_FEATURES = ["calt", "ccmp", "init", "medi", "fina", "liga", "rlig", "rtlm", "curs", "kern", "mark", "mkmk"]


def gb2312() -> list[int]:
    """The characters of GB/T 2312, levels 1 and 2 and signs."""
    found = []
    for first in range(0xA1, 0xF8):
        for second in range(0xA1, 0xFF):
            try:
                found.append(ord(bytes([first, second]).decode("gb2312")))
            except UnicodeDecodeError:
                pass  # a place without a character
    return found


def cut(font: TTFont, characters: list[int], features: list[str]) -> None:
    """Leaves only the characters and shaping features given; hints go."""
    options = Options(hinting=False, layout_features=features, notdef_outline=True, name_IDs=["*"])
    options.harfbuzz_repacker = False  # the same bytes with and without it
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG", "gasp", "prep"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def song(original: Path, style: str) -> TTFont:
    """A face for Chinese."""
    font = TTFont(original, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    wanted = {*gb2312(), *map(ord, MORE_CHINESE), *CHINESE_PUNCTUATION} - set(LEFT_TO_LATIN)
    cut(font, sorted(wanted), [])
    file_name = f"MastheadSong-{style}"
    cff = font["CFF "].cff
    cff.fontNames[0] = file_name
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = f"Masthead Song {style}", "Masthead Song"
    for number, part in enumerate(top.FDArray):
        part.FontName = f"{file_name}-{number}"
    rename(font, "Masthead Song", file_name, style, "Modified from Noto Serif CJK 2.001: cut down")
    return font


def naskh(original: Path, style: str) -> TTFont:
    """A face for Arabic."""
    font = TTFont(original, recalcTimestamp=False, lazy=False)
    font.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
    cut(font, [*ARABIC, *ARABIC_PUNCTUATION], ARABIC_FEATURES)
    units = font["head"].unitsPerEm
    scale_upem(font, round(units * NASKH_SCALE))
    font["head"].unitsPerEm = units
    for record in places([font["GPOS"].table]):
        for field in ("XAdvance", "XPlacement"):
            if getattr(record, field, 0) > WIDEST_KERNING * units:
                setattr(record, field, round(WIDEST_KERNING * units))
    origin = f"Modified from Amiri 0.113: cut down, scaled to {NASKH_SCALE:.0%}"
    rename(font, "Masthead Naskh", f"MastheadNaskh-{style}", style, origin)
    return font


# Each with the names of its files and of its originals.
FACES = [
    (naskh, "MastheadNaskh-{}.ttf", "Amiri-{}.ttf"),
    (song, "MastheadSong-{}.otf", "NotoSerifCJK-{}.ttc"),
]
