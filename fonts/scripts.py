"""The faces of other scripts and of signs: originals cut down to what the pages of a language need.

`Masthead Song` sets Chinese, `Masthead Naskh` Arabic; Latin letters and figures among them
are set in Masthead Serif. `Masthead Names` has what names of persons and places have beyond that: the
Hangul of Korean, and rare Han characters. `Masthead Letters`, `Masthead Operators` and `Masthead Signs` have what
Masthead Serif lacks, for every language.
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

# The Table of General Standard Chinese Characters (2013), in its order: 8,105, those of names of
# persons and places among them (README.md).
GENERAL_STANDARD = Path(__file__).with_name("general-standard-characters.txt")
MORE_CHINESE = "〇喆堃玥囍镕"
# Punctuation, kana, enclosed characters, full-width forms.
CHINESE_SIGNS = [
    *range(0x2460, 0x2500), *range(0x2E3A, 0x2E3C), *range(0x3000, 0x3130), *range(0x3200, 0x3300),
    *range(0xFF01, 0xFF65), *range(0xFFE0, 0xFFEF),
]  # fmt: skip
# Boxes, radicals (which come with text copied from PDF files), squared words, compatibility,
# vertical and small forms.
RARE_SIGNS = [
    *range(0x2500, 0x25A0), *range(0x2E80, 0x2FE0), *range(0x31A0, 0x31F0), *range(0x3300, 0x3400),
    *range(0xF900, 0xFB00), *range(0xFE10, 0xFE20), *range(0xFE30, 0xFE70),
]  # fmt: skip
# Hangul: syllables, and letters that stand alone.
HANGUL = [*range(0xAC00, 0xD7A4), *range(0x3131, 0x318F)]
HAN = range(0x4E00, 0xA000)  # the first block of Han characters, whole
# Rare ones of names in other blocks: two bytes in the sets of Hong Kong (HKSCS) and Japan (JIS X 0213).
NAME_SETS = ("big5hkscs", "euc_jis_2004")
OTHER_HAN = [range(0x3400, 0x4DC0), range(0x20000, 0x40000)]

# Of GB/T 2312 these are left to Masthead Serif: Latin with diacritics, Greek, Cyrillic.
LEFT_TO_LATIN = [*range(0x00C0, 0x0250), *range(0x0370, 0x0530)]

# With the letters of other languages, and the presentation forms that come with old texts.
ARABIC = [*range(0x0600, 0x0700), *range(0x0750, 0x0780), *range(0x08A0, 0x0900), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)]
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


def big5() -> list[int]:
    """The characters of level 1 of Big5: the traditional ones in common use."""
    seconds = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    pairs = (bytes([first, second]) for first in range(0xA4, 0xC7) for second in seconds)
    decoded = (pair.decode("big5", "ignore") for pair in pairs)
    return [ord(character) for character in decoded if len(character) == 1]


def of_names() -> list[int]:
    """The Han characters of names outside the first block: those of the sets of Hong Kong and Japan."""

    def is_in(character: int, encoding: str) -> bool:
        try:
            return bool(chr(character).encode(encoding))
        except UnicodeEncodeError:
            return False

    other = (character for block in OTHER_HAN for character in block)
    return [character for character in other if any(is_in(character, encoding) for encoding in NAME_SETS)]


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
    standard = "".join(GENERAL_STANDARD.read_text("utf-8").split())
    wanted = {*gb2312(), *map(ord, standard + MORE_CHINESE), *CHINESE_SIGNS} - set(LEFT_TO_LATIN)
    if style == "Regular":  # what is rare, a bold text takes from here
        wanted |= {*big5(), *RARE_SIGNS}
    cut(font, sorted(wanted), [])
    name_cjk(font, "Song", style)
    return font


def names(original: Path, style: str) -> TTFont:
    """A face of what names have beyond Masthead Song, none of whose characters it has."""
    there = TTFont(Path(__file__).with_name("MastheadSong-Regular.otf")).getBestCmap()
    font = TTFont(original, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    cut(font, sorted({*HANGUL, *HAN, *of_names()} - set(there)), [])
    name_cjk(font, "Names", style)
    return font


def name_cjk(font: TTFont, name: str, style: str) -> None:
    """Names a face that is made from Noto Serif CJK."""
    file_name = f"Masthead{name}-{style}"
    cff = font["CFF "].cff
    cff.fontNames[0] = file_name
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = f"Masthead {name} {style}", f"Masthead {name}"
    for number, part in enumerate(top.FDArray):
        part.FontName = f"{file_name}-{number}"
    rename(font, f"Masthead {name}", file_name, style, "Modified from Noto Serif CJK 2.001: cut down")


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


# The faces of what Masthead Serif lacks: name, original, ranges. Regular only: bold text takes
# it from here too.
SIGNS = [
    ("Letters", "NotoSerif-Regular.ttf", "Noto Serif 2.004", [
        *range(0x00A0, 0x0530), *range(0x1C80, 0x1C90), *range(0x1D00, 0x2000), *range(0x2010, 0x2190),
        *range(0x2C60, 0x2C80), *range(0x2E00, 0x2E5E), *range(0xA640, 0xA800), *range(0xAB30, 0xAB70),
        *range(0xFB00, 0xFB07), 0xFFFD,
    ]),
    ("Operators", "NotoSansMath-Regular.ttf", "Noto Sans Math 2.001", [
        *range(0x20D0, 0x2100), *range(0x2190, 0x2400), *range(0x25A0, 0x2600), *range(0x27C0, 0x2B60),
        *range(0x1D400, 0x1D800),
    ]),
    ("Signs", "NotoSansSymbols2-Regular.ttf", "Noto Sans Symbols 2 2.003", [
        *range(0x2190, 0x2400), *range(0x25A0, 0x27C0), *range(0x2B00, 0x2C00), *range(0x1F650, 0x1F680),
    ]),
    ("Enclosed", "NotoSansSymbols-Regular.ttf", "Noto Sans Symbols 2.001", [
        *range(0x20D0, 0x2100), *range(0x2150, 0x2400), *range(0x2460, 0x2500), *range(0x2600, 0x27C0),
        *range(0x1F100, 0x1F200),
    ]),
]  # fmt: skip


def signs(original: Path, style: str) -> TTFont:
    """A face of what Masthead Serif lacks."""
    name, _, origin, ranges = next(signs for signs in SIGNS if signs[1] == original.name)
    there = TTFont(Path(__file__).with_name("MastheadSerif103-Regular.ttf")).getBestCmap()
    font = TTFont(original, recalcTimestamp=False, lazy=False)
    cut(font, sorted(set(ranges) - set(there)), ["ccmp", "mark", "mkmk"])
    for table in {"MATH", "fpgm", "cvt ", "STAT", "meta"} & set(font.keys()):
        del font[table]
    rename(font, f"Masthead {name}", f"Masthead{name}-{style}", style, f"Modified from {origin}: cut down")
    return font


# Each with the names of its file and of its original, and its style.
FACES = [
    *((naskh, f"MastheadNaskh-{style}.ttf", f"Amiri-{style}.ttf", style) for style in STYLES),
    *((song, f"MastheadSong-{style}.otf", f"NotoSerifCJK-{style}.ttc", style) for style in STYLES),
    (names, "MastheadNames-Regular.otf", "NotoSerifCJK-Regular.ttc", "Regular"),
    *((signs, f"Masthead{name}-Regular.ttf", original, "Regular") for name, original, *_ in SIGNS),
]
