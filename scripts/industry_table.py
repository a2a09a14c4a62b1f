#!/usr/bin/env python3
"""Writes the codes and names of GB/T 4754, and the other wordings by which they go about.

    python3 scripts/industry_table.py gbt4754_codes.tsv src/base/values/industry_table.inc \\
        src/base/values/industry_aliases.inc

Reads a tab-separated table with the columns code (`A`, `A01`, `A011`, `A0111`) and name, one row a
section (门类), division (大类), group (中类) or class (小类), and writes one line each, ascending by
code. A code whose parent is missing, or that stands twice, ends the run. Needs nothing but Python 3.

Transcripts of the standard in circulation word some names otherwise than GB/T 4754-2017 prints them:
STANDARD says what it prints. The transcript's wording goes into the second file, which is read too.
"""

import csv
import pathlib
import re
import sys

STANDARD = {
    "C15": "酒、饮料和精制茶制造业",
    "C203": "木质制品制造",
    "C204": "竹、藤、棕、草等制品制造",
    "C339": "铸造及其他金属制品制造",
    "C349": "其他通用设备制造业",
    "C395": "非专业视听设备制造",
    "M746": "环境与生态监测检测服务",
    "M75": "科技推广和应用服务业",
    "R87": "广播、电视、电影和录音制作业",
    "R905": "文化体育娱乐活动与经纪代理服务",
}
HEADER = "// Made by scripts/industry_table.py; the source is named in NOTICE.\n"


def write(path, table):
    lines = [f'{{"{code}","{name}"}},\n' for code, name in sorted(table.items())]
    pathlib.Path(path).write_text(HEADER + "".join(lines), encoding="utf-8")


def main():
    if len(sys.argv) != 4:
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
    aliases = {}
    for code, name in STANDARD.items():
        if code not in table:
            sys.exit(f"{source}: {code} is missing")
        if table[code] != name:
            aliases[code], table[code] = table[code], name
    write(sys.argv[2], table)
    write(sys.argv[3], aliases)


if __name__ == "__main__":
    main()
