#!/usr/bin/env python3
"""Checks that every column of a sheet whose heading names yuan is one of money, or of words that say what it rests on.

Usage: money_columns.py SOURCE_FOLDER

A column of money is shown in 万 and 亿, written in hundredths, and laid out as an amount; one of plain numbers is not.
"""
import re
import sys
from pathlib import Path

# Columns that hold several units, each named in the row.
MIXED = {("land/per_mu_sheet.cpp", "numerator (CNY, heads …)")}

COLUMN = re.compile(r'\{"([^"]*)",\s*"([^"]*)"\}\s*,\s*(?:Cell)?Kind::(\w+)')


def columns(text):
    """English heading, Chinese heading and kind of every column in a source; its text in pieces is joined."""
    return COLUMN.findall(re.sub(r'"\s*\n\s*"', "", text))


def main():
    report = Path(sys.argv[1]) / "src/report"
    wrong = []
    seen = 0
    for path in sorted(report.rglob("*.cpp")):
        name = path.relative_to(report).as_posix()
        for en, zh, kind in columns(path.read_text(encoding="utf-8")):
            if "CNY" not in en and not re.search(r"元(?!件|器)", zh):
                continue
            seen += 1
            if kind not in ("Money", "Text") and (name, en) not in MIXED:
                wrong.append(f"src/report/{name}: {en} / {zh} is a column of {kind}; make it one of Money")
    if seen < 30:
        wrong.append(f"only {seen} columns of money were found: does this test still read the sources?")
    print("\n".join(wrong) or f"{seen} columns of money")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
