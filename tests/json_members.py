#!/usr/bin/env python3
"""Compares the members of every JSON document that is written with those that docs/json.md lists, in both directions.

Usage: json_members.py PROGRAM SOURCE_FOLDER

Documents are those of the program on the bundled district and the golden files of tests/golden/report. A member's
path has [] behind a list and a dot before a member of an object: needs[].evidence[].row. Where the names of members
are data (options, parts of the score, methods), the document lists * in their place.
"""
import csv
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

# Objects whose members are named by data.
OPEN = [
    r"parameters",
    r"weights",
    r"(.*\.)?parts(_max)?",
    r"entities",
    r"relations",
    r"methods\[\]\.(hits|recall|intervals|spread)",
    r"methods\[\]\.groups\[\]\.hits",
]

DISTRICT = ["-r", "500104"]
RUNS = [
    "build GRAPHS -O -o g.liantu --json",
    "check GRAPHS --notes --json",
    "show g.liantu --stats --json",
    "show g.liantu --ego 示例惠州 --json",
    "chain g.liantu DISTRICT --json",
    "chain g.liantu 智慧医疗装备 DISTRICT --json",
    "gaps g.liantu DISTRICT --factors FACTORS --anchor 示例岚桐 --anchor 示例澜珩 --json",
    "gaps g.liantu DISTRICT --extend --json",
    "gaps g.liantu DISTRICT --final-sales known --json",
    "gaps g.liantu DISTRICT --all --what-if +新厂:叶蜡石粉=3亿;龙头 --json",
    "gaps g.liantu --each-district --json",
    "synth --relations 10000 -O -o s.liantu --json",
    "train s.liantu --model logistic_regression --force -O -o m.json --json",
    "rank g.liantu DISTRICT --model m.json --force-model --json",
    "explain g.liantu DISTRICT --firm 示例惠州 --model m.json --force-model --json",
    "explain g.liantu DISTRICT --firm 示例惠州 --compare 示例绵阳湉钧 --assume revenue=50亿 --json",
    "explain g.liantu DISTRICT --firm 示例成都旻珩新材料 --json",
    "rank g.liantu DISTRICT --by-chain --draws 20 --json",
    "plan g.liantu DISTRICT --sites LAND/地块.csv --needs LAND/项目需求.csv --policy LAND/plan.json --greedy --json",
    "plan g.liantu DISTRICT --sites LAND/地块.csv --needs LAND/项目需求.csv --policy LAND/plan.json --greedy --trade-off tax,leakage --json",
    "plan g.liantu DISTRICT --sites LAND/地块.csv --policy LAND/plan.json --greedy --json",
    "permu PER_MU/district --scheme PER_MU/city_by_rank.json --json",
    "permu g.liantu --scheme PER_MU/example_targets.json --prospects DISTRICT --json",
    "intro g.liantu DISTRICT --json",
    "intro g.liantu 示例惠州 DISTRICT --json",
    "evaluate g.liantu --relation supplies --hide 0.3 --no-learned --json",
    "evaluate g.liantu --relation supplies --hide 0.3 --no-learned --repeat 2 --json",
    "evaluate g.liantu --gaps --before 2018 --json",
    "map g.liantu DISTRICT --json",
    "diff g.liantu g.liantu DISTRICT --all --json",
    "diff g.liantu g.liantu DISTRICT --prospects --json",
    "demo --data GRAPHS -o demo --json",
    "ledger init d.ledger -r 500104",
    "ledger import d.ledger LEDGER/projects.csv LEDGER/funds.csv LEDGER/teams.csv LEDGER/contacts.csv --json",
    "ledger show d.ledger --as-of 2025-04-03 --json",
    "ledger show d.ledger --history --with-contacts --json",
    "ledger check d.ledger --as-of 2025-04-03 --json",
    "ledger export d.ledger -o - --json",
    "league d.ledger --quarter 2025Q1 -r 500104 --graph-before g.liantu --graph-after g.liantu --json",
    "ledger add d.ledger --contact 示例惠州棠础电源技术有限公司 --stage 洽谈中 --date 2025-03-01 --json",
    "rank g.liantu DISTRICT --ledger d.ledger --json",
    "rank g.liantu DISTRICT --top 0 -o list.csv",
    "rank g.liantu DISTRICT --arrivals branches.csv --json",
    "explain g.liantu DISTRICT --firm 示例惠州 --arrivals branches.csv --json",
    "ledger import d.ledger told.csv --date 2025-06-01",
    "evaluate --ledger d.ledger --list list.csv --list-date 2025-05-01 --json",
    "formats --json",
    "doctor --json",
    "formats --limits --json",
]


def members(value, path, found):
    if isinstance(value, dict) and value.keys() == {"en", "zh"}:
        return  # a sentence
    if isinstance(value, dict):
        named_by_data = any(re.fullmatch(pattern, path) for pattern in OPEN)
        for name, inner in value.items():
            here = f"{path}.{'*' if named_by_data else name}".lstrip(".")
            found.add(here)
            members(inner, here, found)
    elif isinstance(value, list):
        for inner in value:
            members(inner, path + "[]", found)


def tell_outcomes(folder):
    """A table in which every second firm of list.csv has signed and the others are lost."""
    with (folder / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["firm"] for row in csv.DictReader(file) if row["rank"]]
    ends = ["已签约,", "已流失,地价"]
    lines = ["企业名称,阶段,原因", *(f"{name},{ends[i % 2]}" for i, name in enumerate(names))]
    (folder / "told.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def open_branches(folder):
    """A table in which the firms of list.csv opened forty branches, some of them in the district."""
    with (folder / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["firm"] for row in csv.DictReader(file) if row["rank"]]
    places = ["江西,南昌", "湖北,武汉", "贵州,贵阳", "重庆,大渡口"]
    lines = ["branch,date,province,city,parent"]
    for k in range(40):
        name = names[k % len(names)]
        lines.append(f"{name}分公司,{2012 + k // 5}-05-01,{places[k % 4]},{name}")
    (folder / "branches.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def documents(program, source):
    with tempfile.TemporaryDirectory() as folder:
        for line in RUNS:
            words = []
            for word in line.split():
                word = word.replace("LEDGER/", f"{source}/examples/ledger/")
                words += {"GRAPHS": [str(source / "graphs/dadukou")], "FACTORS": [str(source / "examples/factors.csv")],
                          "DISTRICT": DISTRICT}.get(word, [word.replace("PER_MU/", f"{source}/examples/per_mu/").replace("LAND/", f"{source}/examples/land/")])
            if "told.csv" in words:
                tell_outcomes(Path(folder))
            if "branches.csv" in words:
                open_branches(Path(folder))
            done = subprocess.run([program, *words], cwd=folder, capture_output=True, timeout=300)
            if done.returncode > 1:
                sys.exit(f"liantu {line}: ended with {done.returncode}: {done.stderr.decode()}")
            if "--json" not in words:
                continue
            if not done.stdout:
                sys.exit(f"liantu {line}: {done.stderr.decode()}")
            yield f"liantu {line}", json.loads(done.stdout)
    for golden in sorted((source / "tests/golden/report").glob("*.json")):
        yield golden.name, json.loads(golden.read_text(encoding="utf-8"))


def alternatives(name):
    """`{a,b}[].c` is a[].c and b[].c."""
    choice = re.search(r"\{([^}]*)\}", name)
    if not choice:
        return [name]
    return [name[: choice.start()] + one + name[choice.end() :] for one in choice[1].split(",")]


def listed(source):
    """Schema → the names of its table, each with the members that it stands for; and those of every document."""
    text = (source / "docs/json.md").read_text(encoding="utf-8")
    sections = {}
    for section in re.split(r"^## ", text, flags=re.M)[1:]:
        title = section.split("\n", 1)[0].strip().strip("`")
        sections[title] = set(re.findall(r"^\| `([^`]+)` \|", section, flags=re.M))
    common = sections.pop("Every document")
    tables = {
        schema: {name: alternatives(name) for name in names}
        for schema, names in sections.items()
        if schema.startswith("liantu.")
    }
    return tables, common


def main():
    program, source = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    written = {}
    for _, document in documents(program, source):
        members(document, "", written.setdefault(document["schema"], set()))
    if "--print" in sys.argv:
        print(json.dumps({schema: sorted(names) for schema, names in written.items()}, indent=1))
        return
    tables, common = listed(source)
    wrong = []
    for schema in sorted(written.keys() | tables.keys()):
        found, table = written.get(schema, set()), tables.get(schema, {})
        known = common.union(*table.values())
        wrong += [f"{schema} has a member {name} that docs/json.md does not list" for name in sorted(found - known)]
        for name, meant in sorted(table.items()):
            # What only some documents have, such as a list of one kind, may be missing in others.
            if found.isdisjoint(meant):
                wrong.append(f"docs/json.md: {schema} lists {name}, which nothing writes")
    everywhere = set().union(*written.values())
    wrong += [f"docs/json.md: every document lists {name}, which none has" for name in sorted(common - everywhere)]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{sum(map(len, written.values()))} members of {len(written)} schemas are as docs/json.md lists them")


main()
