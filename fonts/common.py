"""What the making of all faces needs: names, and the places in layout tables."""

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
