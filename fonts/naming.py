"""Names of made faces."""

from fontTools.ttLib import TTFont


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
