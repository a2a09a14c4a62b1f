#!/usr/bin/env python3
"""Writes src/base/industry_table.inc, the codes and names of GB/T 4754.

    python3 scripts/industry_table.py gbt4754_codes.tsv src/base/industry_table.inc

Reads a tab-separated table with the columns code (`A`, `A01`, `A011`, `A0111`) and name, one row a
section (门类), division (大类), group (中类) or class (小类), and writes one line each, ascending by
code. A code whose parent is missing, or that stands twice, ends the run. Needs nothing but Python 3.
"""

import csv
import pathlib
import re
import sys


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source = pathlib.Path(sys.argv[1])
    table = {}
    with open(source, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            code, name = row["code"].strip(), row["name"].strip()
            if not re.fullmatch(r"[A-T](\d{2,4})?", code) or not name or '"' in name:
                sys.exit(f"{source}: {code!r} {name!r} is no code and name")
            if code in table:
                sys.exit(f"{source}: {code} stands twice")
            table[code] = name
    for code in table:
        parent = code[:1] if len(code) == 3 else code[:-1]
        if parent and parent not in table:
            sys.exit(f"{source}: {code} has no parent {parent}")
    lines = [f'{{"{code}","{name}"}},\n' for code, name in sorted(table.items())]
    header = "// Made by scripts/industry_table.py; the source is named in NOTICE.\n"
    pathlib.Path(sys.argv[2]).write_text(header + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
