#!/usr/bin/env python3
"""Prints what bench/peers.sh logged as one table: seconds, ratios and check numbers.

Usage: peers_table.py LOG
"""
import re
import sys

# A task's name in the table: what programs call it, and for how many sources it is told.
TASKS = {
    "load": r"load(\(.*\)|, one thread|, directed)?$",
    "RA": r"(RA|ra)\b",
    "L3": r"(L3|l3)\b",
    "PPR": r"(PPR|ppr)\b",
    "articulation": r"articulation",
    "PageRank": r"pagerank",
}
NUMBER = r"([0-9.]+(?:e[-+]?\d+)?)"


def limit_rows(text):
    """What the limit prints in words of its own."""
    for task, pattern, sources in (
        ("load", rf"^load: .* total {NUMBER} s", 1),
        ("RA", rf"^RA.* x\d+: {NUMBER} s", 1),
        ("L3", rf"^L3.* x\d+: {NUMBER} s", 1),
        ("PPR", rf"^PPR.*? x(\d+): {NUMBER} s", 100),
    ):
        found = re.search(pattern, text)
        if found:
            seconds = float(found[found.lastindex])
            if sources == 100:
                seconds *= 100 / int(found[1])
            yield "limit", task, seconds, text


def rows(log):
    for line in log:
        if line.startswith("#") or "\t" not in line:
            continue
        program, text = line.rstrip("\n").split("\t", 1)
        if program == "limit":
            yield from limit_rows(text)
            continue
        cells = text.split("\t")
        if program == "named":
            if len(cells) < 3:
              continue  # said in the middle of being ended
            if cells[1] != "load":
                continue
            who, task, seconds, note = "liantu (named)", *cells[1:4]
        elif program == "liantu":
            who, task, seconds, note = (cells + [""] * 4)[:4]
        elif program == "links":
            who, (task, seconds, note) = "liantu", (cells + [""] * 3)[:3]
            note = "check " + note
        else:
            who, _, task, seconds, note = (cells + [""] * 5)[:5]
        try:
            seconds = float(seconds)
        except ValueError:
            continue
        whole = re.search(rf"per 100?0? = {NUMBER}", note)
        if whole:
            seconds = float(whole[1])
        for name, pattern in TASKS.items():
            if re.match(pattern, task):
                if who == "liantu" and name == "load" and ", " in task:
                    who = "liantu (" + task.split(", ", 1)[1] + ")"
                yield who, name, seconds, note


def check(note):
    found = re.search(rf"check(?:/src)? {NUMBER}", note) or re.search(r"(\d+ points)", note)
    found = found or re.search(rf"largest {NUMBER}", note)
    if not found:
        return ""
    # A program that was not given the time for all sources adds up fewer.
    part = re.search(r"(\d+) sources", note)
    return f"{found[1]} ({part[1]} sources)" if part else found[1]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        lines = file.readlines()
    for line in lines:
        if line.startswith("# ") and not line.startswith("# running"):
            print(line[2:].rstrip())
    best = {}
    for who, task, seconds, note in rows(lines):
        key = (task, who)
        if key not in best or seconds < best[key][0]:
            best[key] = (seconds, check(note))
    print()
    print("| task | who | seconds | of limit | of the best peer | check |")
    print("| --- | --- | ---: | ---: | ---: | --- |")
    for task in TASKS:
        of_task = {who: value for (name, who), value in best.items() if name == task}
        limit = of_task.get("limit", (None,))[0]
        packaged = [
            value[0]
            for who, value in of_task.items()
            if who != "limit" and not who.startswith("liantu")
        ]
        for who in sorted(of_task, key=lambda name: of_task[name][0]):
            seconds, number = of_task[who]
            to_limit = f"{seconds / limit:.2f}" if limit else ""
            to_peer = f"{seconds / min(packaged):.2f}" if packaged else ""
            print(f"| {task} | {who} | {seconds:.4g} | {to_limit} | {to_peer} | {number} |")


if __name__ == "__main__":
    main()
