"""Checks that change something which must change nothing, or only what it should."""

import json
import math
import os
import re
import shutil

import tables
from failures import layer_of, written
from verbs import REGION, WRITERS

GAPS = ["gaps", "a.liantu", *REGION, "--json"]
RANK = ["rank", "a.liantu", *REGION, "--top", "0", "--json"]
# Say where something stood, or name one of several that are as good.
PLACES = {"inputs", "evidence", "row", "file", "reasons", "said"}


def environments(bench):
    """Other locales, time zones, folders and thread counts give the same bytes."""
    locales = ["C", "C.UTF-8", "zh_CN.UTF-8", "zh_CN.GB18030", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_SA.UTF-8", "nonsense"]
    zones = ["UTC", "Asia/Shanghai", "America/St_Johns", "Pacific/Kiritimati", "nonsense"]
    cpus = sorted(os.sched_getaffinity(0))
    while bench.more(800):
        verb = bench.rng.choice(WRITERS)
        arguments = [*verb.to_file(), "--lang", bench.rng.choice(["en", "zh"])]
        folder = bench.fresh(*verb.needs)
        plain = bench.run(arguments)
        wanted = written(folder, verb)
        for _ in range(4):
            other = folder / bench.rng.choice(["else where", "别处", "a" * 100, "x;y&z"]) / "deep"
            shutil.rmtree(other.parent, ignore_errors=True)
            other.mkdir(parents=True)
            for name in verb.needs:
                copy = shutil.copytree if (folder / name).is_dir() else shutil.copy
                copy(folder / name, other / name)
            env = {"LC_ALL": bench.rng.choice(locales), "TZ": bench.rng.choice(zones)}
            if bench.layer:  # more threads than there are processors
                env |= {**layer_of(bench), "LIANTU_PROCESSORS": str(bench.rng.choice([1, 2, 4, 8]))}
            used = set(bench.rng.sample(cpus, bench.rng.randint(1, len(cpus))))
            ran = bench.run(arguments, env=env, cpus=used, folder=other)
            ran.command += f"  # in {other.name} on {len(used)} processors"
            if not bench.sane(ran, {plain.code}):
                continue
            found = written(other, verb)
            for name in wanted:
                if found.get(name) != wanted[name]:
                    bench.find(f"{name} differs from the plain run's", plain, ran)


def plain_answer(value, key=""):
    """What an answer says, without where it stood in the input; lists but those of gaps and prospects sorted."""
    if isinstance(value, dict):
        return {name: plain_answer(one, name) for name, one in value.items() if name not in PLACES}
    if isinstance(value, list):
        answer = [plain_answer(one) for one in value]
        return answer if key in ("gaps", "prospects") else sorted(answer, key=sorting_key)
    return value


def sorting_key(value):
    """A text of it without figures, which may differ by rounding or a factor."""
    return re.sub(r"(?<![\w\"])-?\d+(\.\d+)?(e[-+]?\d+)?", "N", json.dumps(value, sort_keys=True, ensure_ascii=False))


def difference(a, b, at=""):
    """The first place at which two answers differ by more than rounding, or nothing."""
    if isinstance(a, (int, float)) and isinstance(b, (int, float)) and not isinstance(a, bool):
        return None if math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) else f"{at}: {a} and {b}"
    if type(a) is not type(b):
        return f"{at}: {a!r} and {b!r}"
    if isinstance(a, dict):
        if set(a) != set(b):
            return f"{at}: members {sorted(set(a) ^ set(b))}"
        pairs = [(a[key], b[key], f"{at}.{key}") for key in a]
    elif isinstance(a, list):
        if len(a) != len(b):
            return f"{at}: {len(a)} and {len(b)} entries"
        pairs = [(x, y, f"{at}[{i}]") for i, (x, y) in enumerate(zip(a, b))]
    else:
        return None if a == b else f"{at}: {a!r} and {b!r}"
    for x, y, where in pairs:
        found = difference(x, y, where)
        if found:
            return found
    return None


def answers(bench, how=None):
    """Gaps and prospects of the bundled tables, changed; nothing when a run went wrong."""
    folder = bench.fresh("tables")
    if how:
        tables.change(folder / "tables", how)
    rans = [bench.run(["build", "tables", "-o", "a.liantu", "-O"])]
    for arguments in (GAPS, RANK):
        rans.append(bench.run(arguments))
    for ran in rans:
        if not bench.sane(ran, {0}):
            return None, rans
    return tuple(plain_answer(json.loads(ran.out)) for ran in rans[1:]), rans


def unchanged(bench, how, what, most):
    wanted, _ = answers(bench)
    while wanted and bench.more(most):
        found, rans = answers(bench, how)
        if not found:
            continue
        for name, a, b in zip(("gaps", "rank"), wanted, found):
            where = difference(a, b)
            if where:
                bench.find(f"{what}, and {name} differs at {where}", *rans)
                break


def shuffled_rows(bench):
    def how(_, heading, rows):
        bench.rng.shuffle(rows)
        return rows

    unchanged(bench, how, "rows were shuffled", 240)


def shuffled_files(bench):
    """Every table cut into two files, named in any order."""
    wanted, _ = answers(bench)
    while wanted and bench.more(160):
        folder = bench.fresh("tables") / "tables"
        (folder / "more").mkdir()
        for path in sorted(folder.glob("*.csv")):
            heading, rows = tables.read(path)
            first = [bench.rng.random() < 0.5 for _ in rows]
            for name, half in ((path.name, True), (f"more/{path.name}", False)):
                tables.write(folder / name, heading, [row for row, one in zip(rows, first) if one == half])
        files = [f"tables/{path.relative_to(folder)}" for path in sorted(folder.rglob("*.csv"))]
        bench.rng.shuffle(files)
        rans = [bench.run(["build", *files, "-o", "a.liantu", "-O"]), bench.run(GAPS), bench.run(RANK)]
        if not all([bench.sane(ran, {0}) for ran in rans]):
            continue
        for name, a, ran in zip(("gaps", "rank"), wanted, rans[1:]):
            where = difference(a, plain_answer(json.loads(ran.out)))
            if where:
                bench.find(f"tables were cut in two and read in another order, and {name} differs at {where}", *rans)
                break


LINKS = [["evaluate", "--edges", "edges.csv", "--hide", "0.2", "--no-learned", "-o", "out.json", "-O"],
         ["train", "--edges", "edges.csv", "--force", "--model", "logistic_regression", "-o", "out.json", "-O"]]


def shuffled_links(bench):
    """Links in another order hide the same ones, and what is learnt from the rest ranks the same."""

    def answer(text):
        said = json.loads(text)
        # Weights differ in their fourth digit: some features are kept in single precision.
        rounded = ("checksum", "reliability", "calibration", "means", "scales", "intercept", "weights")
        return {key: value for key, value in said.items() if key not in ("inputs", *rounded)}

    bench.fresh("edges.csv")
    lines = (bench.folder / "edges.csv").read_text().splitlines()
    wanted = []
    for arguments in LINKS:
        bench.sane(bench.run(arguments), {0})
        wanted.append(answer((bench.folder / "out.json").read_text()))
    while bench.more(60):
        links = lines[1:]
        bench.rng.shuffle(links)
        (bench.folder / "edges.csv").write_text("\n".join([lines[0], *links]) + "\n")
        which = bench.rng.choice([0, 0, 1])
        ran = bench.run(LINKS[which])
        if bench.sane(ran, {0}):
            where = difference(wanted[which], answer((bench.folder / "out.json").read_text()))
            if where:
                bench.find(f"links were shuffled, and the answer differs at {where}", ran)


def doubled_rows(bench):
    def how(_, heading, rows):
        often = bench.rng.randint(2, 3)
        return rows * often if bench.rng.random() < 0.5 else [row for row in rows for _ in range(often)]

    unchanged(bench, how, "rows stand several times", 60)


def scaled_money(bench):
    """All money times k: amounts times k, shares and the order of gaps as they were."""
    amounts = {"demand", "demand_stated", "anchor_demand", "supply", "leakage_min", "leakage_max", "purchases", "amount",
               "output", "available", "leakage", "bought_outside", "stated"}

    def times(value, factor, key=""):
        if isinstance(value, dict):
            return {name: times(one, factor, name) for name, one in value.items()}
        if isinstance(value, list):
            return [times(one, factor, key) for one in value]
        is_amount = key in amounts and isinstance(value, (int, float)) and not isinstance(value, bool)
        return value * factor if is_amount else value

    wanted, _ = answers(bench)
    for factor in (10, 100, 1000, 2, 7):
        if not wanted or not bench.more(60):
            return
        found, rans = answers(bench, tables.scaled(factor))
        if not found:
            continue
        where = difference(times(wanted[0]["gaps"], factor), found[0]["gaps"])
        if where:
            bench.find(f"money was multiplied by {factor}, and gaps differ at {where}", *rans)


def removed_evidence(bench):
    """Removing a row that a prospect cites never raises that prospect's own proximity."""
    bench.fresh("tables")
    bench.run(["build", "tables", "-o", "a.liantu", "-O"])
    listed = json.loads(bench.run(RANK).out)["prospects"]
    cited = [(one, item) for one in listed for item in one["evidence"] if item.get("row")]
    bench.rng.shuffle(cited)
    for one, item in cited:
        if not bench.more(900):
            return
        removed = item["row"] - 2  # row 1 is the heading

        def how(name, heading, rows, item=item, removed=removed):
            return [row for i, row in enumerate(rows) if name != item["file"] or i != removed]

        bench.fresh("tables")
        tables.change(bench.folder / "tables", how)
        rans = [bench.run(["build", "tables", "-o", "a.liantu", "-O"]), bench.run(RANK)]
        if not all(bench.sane(ran, {0, 1}) for ran in rans):
            continue
        for now in json.loads(rans[1].out)["prospects"]:
            before, after = one["parts"]["proximity"], now["parts"]["proximity"]
            if now["name"] == one["name"] and after > before + 0.005:  # two digits are printed
                bench.find(f"without {item['file']} row {item['row']}, which {one['name']} cites, its proximity rose "
                           f"from {before} to {after}", *rans)


CHECKS = {
    "environments": (environments, "locale, time zone, folder, threads: the same bytes"),
    "shuffled_rows": (shuffled_rows, "rows in another order: the same gaps and prospects in the same order"),
    "shuffled_files": (shuffled_files, "tables cut in two and read in another order: the same gaps and prospects"),
    "shuffled_links": (shuffled_links, "links in another order: the same figures"),
    "doubled_rows": (doubled_rows, "every row several times: the same gaps and prospects"),
    "scaled_money": (scaled_money, "all money times k: amounts times k, the rest as it was"),
    "removed_evidence": (removed_evidence, "a cited row removed never raises the prospect's proximity"),
}
