"""Measures what threads gain and whether memory grows: python measure.py [DOCUMENTS [RENDERS]].

Prints the throughput of two threads compared with one, in turns, and the memory after every twentieth of the renders.
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import masthead


def draft(number: int, paragraphs: int) -> str:
    text = "the tide tables of harbours and the observations of gauges, "
    body = "".join(f"  - operative: '*Requests* {text * (3 + (number + at) % 5)}{number};'\n" for at in range(paragraphs))
    return (
        f"symbol: A/84/L.{number % 900 + 1}\nkind: draft-resolution\ndate: 2029-10-01\ntitle: Tide tables\nbody:\n"
        f"  - enacting: '*The General Assembly*,'\n{body}  - operative: '*Decides* to remain seized.'\n"
    )


def mebibytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def threads(documents: int, turns: int = 10) -> float:
    """Returns how many times as fast two threads are as one."""
    texts = [draft(number, 20) for number in range(documents)]
    [masthead.render(text) for text in texts[:10]]
    totals = {1: [0.0, 0.0], 2: [0.0, 0.0]}
    for turn in range(turns):
        part = texts[turn::turns]
        for count, total in totals.items():
            begun, used = time.perf_counter(), time.process_time()
            with ThreadPoolExecutor(count) as pool:
                list(pool.map(masthead.render, part))
            total[0] += time.perf_counter() - begun
            total[1] += time.process_time() - used
    for count, (wall, processor) in totals.items():
        print(f"{documents} documents, {count} threads: {wall:.2f} s, {processor:.2f} s of processor time")
    return totals[1][0] / totals[2][0]


def memory(renders: int) -> list[float]:
    """Returns the memory after every twentieth of the renders, in MiB."""
    sizes = []
    for part in range(20):
        for number in range(part * renders // 20, (part + 1) * renders // 20):
            masthead.render(draft(number, 1))
        sizes.append(mebibytes())
        print(f"{(part + 1) * renders // 20} renders: {sizes[-1]:.1f} MiB", flush=True)
    return sizes


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    print(f"two threads: {threads(arguments[0] if arguments else 1000):.2f} times one")
    memory(arguments[1] if len(arguments) > 1 else 20_000)
