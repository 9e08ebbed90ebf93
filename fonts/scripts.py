"""The faces of other scripts and of signs: originals cut down to what the pages of a language need.

`Masthead Song` sets Chinese (its italic is a Kai and its bold a Hei), `Masthead Zhongsong` the names of
organs, `Masthead Naskh` Arabic; Latin letters and figures among them
are set in Masthead Serif. `Masthead Names` has what names of persons and places have beyond that: the
Hangul of Korean, and rare Han characters. `Masthead Letters`, `Masthead Operators` and `Masthead Signs` have what
Masthead Serif lacks, for every language.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from common import rename, stretch

STYLES = ("Regular", "Bold")
SIMPLIFIED = 2  # the place of the Simplified Chinese face in its collection
# How wide letters and spaces of Arabic are, so that words take the room that Simplified Arabic gives them (measured:
# docs/layout.md#other-languages); the space in parts of the em.
NASKH_WIDTH = 0.95
NASKH_SPACE = 0.322

# The Table of General Standard Chinese Characters (2013), in its order: 8,105, those of names of
# persons and places among them (README.md).
GENERAL_STANDARD = Path(__file__).with_name("general-standard-characters.txt")
COMMON_ROWS = range(0xB0, 0xD8)  # level 1 of GB/T 2312
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

# What the pages set in the face of the script though Masthead Serif has it too: dashes, quotation marks, dots.
OF_CHINESE = [0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2025, 0x2026, 0x2027, 0x2E3A]

# With the letters of other languages, and the presentation forms that come with old texts.
ARABIC = [*range(0x0600, 0x0700), *range(0x0750, 0x0780), *range(0x08A0, 0x0900), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)]
# What stands between Arabic letters; other punctuation is that of Masthead Serif.
ARABIC_PUNCTUATION = [0x20, 0xA0, *map(ord, "«»"), 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x25CC]
ARABIC_FEATURES = ["ccmp", "init", "medi", "fina", "rlig", "mark", "mkmk"]


def gb2312(rows: range = range(0xA1, 0xF8)) -> list[int]:
    """The characters of GB/T 2312, by default levels 1 and 2 and signs."""
    found = []
    for first in rows:
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


def without_latin(characters: set[int]) -> list[int]:
    """What Masthead Serif does not have: a face of Chinese sets all that it has, before Masthead Serif."""
    there = TTFont(Path(__file__).with_name("MastheadSerif103-Regular.ttf")).getBestCmap()
    return sorted(characters - set(there) | set(OF_CHINESE))


def chinese() -> set[int]:
    """The characters of every Chinese face."""
    standard = "".join(GENERAL_STANDARD.read_text("utf-8").split())
    return {*gb2312(), *map(ord, standard + MORE_CHINESE), *CHINESE_SIGNS}


def song(original: Path, style: str) -> TTFont:
    """The face for Chinese text."""
    font = TTFont(original, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    # What is rare, italic and bold texts take from here too.
    cut(font, without_latin({*chinese(), *big5(), *RARE_SIGNS}), [])
    name_cjk(font, "Song", style, "Noto Serif CJK 2.001")
    return font


def hei(original: Path, style: str) -> TTFont:
    """The face for bold Chinese: a Hei, as Song has no bold of its own."""
    font = TTFont(original, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    cut(font, without_latin(chinese()), [])
    name_cjk(font, "Song", style, "Noto Sans CJK 2.004")
    return font


def kai(original: Path, style: str) -> TTFont:
    """The face for what is italic elsewhere: a Kai."""
    font = TTFont(original, recalcTimestamp=False, lazy=False)
    cut(font, without_latin(chinese()), [])
    for table in {"fpgm", "cvt ", "STAT", "meta", "GSUB", "GPOS", "GDEF"} & set(font.keys()):
        del font[table]
    # Quotation marks are as wide as other characters, as in the other faces; those that open stand at the right.
    served, units = font.getBestCmap(), font["head"].unitsPerEm
    for character in "‘’“”":
        glyph = font["glyf"][served[ord(character)]]
        advance, bearing = font["hmtx"][served[ord(character)]]
        right = units - advance if character in "‘“" else 0
        glyph.coordinates.translate((right, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][served[ord(character)]] = (units, bearing + right)
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x40 | 0x01
    font["head"].macStyle |= 0x02
    rename(font, "Masthead Song", f"MastheadSong-{style}", style, "Modified from LXGW WenKai 1.250: cut down")
    return font


def zhongsong(original: Path, style: str) -> TTFont:
    """The face for the names of organs: a bold Song of the commonest characters."""
    font = TTFont(original, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    signs = [character for character in CHINESE_SIGNS if 0x3000 <= character < 0x3020 or 0xFF01 <= character < 0xFF20]
    cut(font, without_latin({*gb2312(COMMON_ROWS), *signs}), [])
    name_cjk(font, "Zhongsong", style, "Noto Serif CJK 2.001")
    return font


def names(original: Path, style: str) -> TTFont:
    """A face of what names have beyond Masthead Song, none of whose characters it has."""
    there = TTFont(Path(__file__).with_name("MastheadSong-Regular.otf")).getBestCmap()
    font = TTFont(original, fontNumber=SIMPLIFIED, recalcTimestamp=False)
    cut(font, sorted({*HANGUL, *HAN, *of_names()} - set(there)), [])
    name_cjk(font, "Names", style, "Noto Serif CJK 2.001")
    return font


def name_cjk(font: TTFont, name: str, style: str, origin: str) -> None:
    """Names a face that is made from Noto CJK."""
    file_name = f"Masthead{name}-{style}"
    cff = font["CFF "].cff
    cff.fontNames[0] = file_name
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = f"Masthead {name} {style}", f"Masthead {name}"
    for number, part in enumerate(top.FDArray):
        part.FontName = f"{file_name}-{number}"
    rename(font, f"Masthead {name}", file_name, style, f"Modified from {origin}: cut down")


def naskh(original: Path, style: str) -> TTFont:
    """A face for Arabic."""
    font = TTFont(original, recalcTimestamp=False, lazy=False)
    font.cfg["fontTools.ttLib.tables.otBase:USE_HARFBUZZ_REPACKER"] = False
    cut(font, [*ARABIC, *ARABIC_PUNCTUATION], ARABIC_FEATURES)
    for table in {"fpgm", "cvt ", "STAT", "meta"} & set(font.keys()):
        del font[table]
    stretch(font, NASKH_WIDTH)
    served = font.getBestCmap()
    for space in (0x20, 0xA0):
        font["hmtx"][served[space]] = (round(NASKH_SPACE * font["head"].unitsPerEm), 0)
    origin = f"Modified from Noto Naskh Arabic 2.004: cut down, outlines and advances at {NASKH_WIDTH:.0%}"
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
    *((naskh, f"MastheadNaskh-{style}.ttf", f"NotoNaskhArabic-{style}.ttf", style) for style in STYLES),
    (song, "MastheadSong-Regular.otf", "NotoSerifCJK-Regular.ttc", "Regular"),
    (hei, "MastheadSong-Bold.otf", "NotoSansCJK-Bold.ttc", "Bold"),
    (kai, "MastheadSong-Italic.ttf", "LXGWWenKai-Regular.ttf", "Italic"),
    (zhongsong, "MastheadZhongsong-Bold.otf", "NotoSerifCJK-Bold.ttc", "Bold"),
    (names, "MastheadNames-Regular.otf", "NotoSerifCJK-Regular.ttc", "Regular"),
    *((signs, f"Masthead{name}-Regular.ttf", original, "Regular") for name, original, *_ in SIGNS),
]
