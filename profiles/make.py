#!/usr/bin/env python3
"""Writes print.icc, the printer profile of print files, from CGATS001Compat-v2-micro.icc.

The micro profile has only the direction from inks to colours, and the class of a scanner. PDF/X requires a
printer profile, with both directions. This adds the way back: for every point of a grid of colours, the
inks whose colour is nearest, with black rather than a mix of three inks, and at most 300 % of ink. Needs numpy.
"""
import pathlib
import struct

import numpy as np

HERE = pathlib.Path(__file__).parent
GRID = 17          # points per side of the grid of colours
STEPS = 15         # inks tried per channel
MOST_INK = 3.0
NEAR = 4.0         # a colour farther from every mix of inks is out of gamut

source = (HERE / "CGATS001Compat-v2-micro.icc").read_bytes()
tags = {}
for at in range(132, 132 + 12 * struct.unpack(">I", source[128:132])[0], 12):
    name, offset, size = struct.unpack(">4sII", source[at:at + 12])
    tags[name.decode()] = source[offset:offset + size]

# The table from inks to Lab (ICC.1:2001-04, 6.5.8).
table = tags["A2B0"]
inputs, outputs, grid = table[8], table[9], table[10]
entries, exits = struct.unpack(">HH", table[48:52])
values = np.frombuffer(table, ">u2", offset=52).astype(float) / 65535
curves_in = values[:inputs * entries].reshape(inputs, entries)
rest = values[inputs * entries:]
lut = rest[:grid ** inputs * outputs].reshape([grid] * inputs + [outputs])
curves_out = rest[grid ** inputs * outputs:][:outputs * exits].reshape(outputs, exits)


def lab(inks):
    """The Lab colours of inks, rows of four numbers from 0 to 1."""
    curved = [np.interp(inks[:, i], np.linspace(0, 1, entries), curves_in[i]) for i in range(4)]
    at = np.stack(curved, 1) * (grid - 1)
    low = np.clip(np.floor(at).astype(int), 0, grid - 2)
    part = at - low
    sum_ = np.zeros((len(inks), 3))
    for corner in range(16):
        bits = [(corner >> i) & 1 for i in range(4)]
        weight = np.prod([part[:, i] if bits[i] else 1 - part[:, i] for i in range(4)], axis=0)
        sum_ += weight[:, None] * lut[tuple(low[:, i] + bits[i] for i in range(4))]
    coded = np.stack([np.interp(sum_[:, i], np.linspace(0, 1, exits), curves_out[i]) for i in range(3)], 1)
    coded = coded * 65535
    return np.stack([coded[:, 0] / 652.8, coded[:, 1] / 256 - 128, coded[:, 2] / 256 - 128], 1)


axis = np.linspace(0, 1, STEPS)
tried = np.stack(np.meshgrid(axis, axis, axis, axis, indexing="ij"), -1).reshape(-1, 4)
tried = tried[tried.sum(1) <= MOST_INK]
known = lab(tried)
points = np.linspace(0, 255, GRID)
wanted = np.stack(np.meshgrid(points / 2.55, points - 128, points - 128, indexing="ij"), -1).reshape(-1, 3)
back, far = [], []
for colour in wanted:
    distance = ((known - colour) ** 2).sum(1)
    # Between mixes of the same colour, the one with most black and least ink.
    cost = distance + 4 * tried[:, :3].sum(1)
    best = int(cost.argmin())
    inks, step = tried[best].copy(), 0.04
    for _ in range(24):
        moves = np.clip(inks + step * np.vstack([np.zeros(4), np.eye(4), -np.eye(4)]), 0, 1)
        moves = moves[moves.sum(1) <= MOST_INK + 1e-9]
        errors = ((lab(moves) - colour) ** 2).sum(1) + 4 * moves[:, :3].sum(1)
        pick = int(errors.argmin())
        if (moves[pick] == inks).all():
            step /= 2
        inks = moves[pick]
    back.append(inks)
    far.append(np.sqrt(((lab(inks[None])[0] - colour) ** 2).sum()))


def to_lut8(channels, rows):
    """A table with 8 bits from Lab to other channels (ICC.1:2001-04, 6.5.9)."""
    head = b"mft1\0\0\0\0" + bytes([3, channels, GRID, 0])
    unit = struct.pack(">9i", *[65536 if i % 4 == 0 else 0 for i in range(9)])
    ramp = bytes(range(256))
    return head + unit + ramp * 3 + bytes(np.rint(np.clip(rows, 0, 1) * 255).astype(np.uint8)) + ramp * channels


def description(text):
    data = text.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(data)) + data + bytes(4 + 4 + 2 + 1 + 67)


a2b, b2a = table, to_lut8(4, np.array(back))
gamut = to_lut8(1, (np.array(far) > NEAR).astype(float))
parts = [
    (["desc"], description("CGATS TR 001 Compatible CMYK")),
    (["cprt"], b"text\0\0\0\0CC0\0"),
    (["wtpt"], tags["wtpt"]),
    (["A2B0", "A2B1", "A2B2"], a2b),
    (["B2A0", "B2A1", "B2A2"], b2a),
    (["gamt"], gamut),
]
rows, data = b"", b""
start = 128 + 4 + 12 * sum(len(names) for names, _ in parts)
for names, part in parts:
    for name in names:
        rows += struct.pack(">4sII", name.encode(), start + len(data), len(part))
    data += part + bytes(-len(part) % 4)
count = struct.pack(">I", sum(len(names) for names, _ in parts))
header = bytearray(source[:128])
header[12:16] = b"prtr"
header[0:4] = struct.pack(">I", start + len(data))
(HERE / "print.icc").write_bytes(bytes(header) + count + rows + data)
