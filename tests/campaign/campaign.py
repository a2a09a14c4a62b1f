"""Looks for faults of the program from outside; see scripts/campaign."""

import argparse
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import failures
import hostile
import sameness
import verbs
from bench import Bench

CHECKS = {**failures.CHECKS, **sameness.CHECKS, **hostile.CHECKS}
ROOT = pathlib.Path(__file__).resolve().parents[2]


def options():
    parser = argparse.ArgumentParser(
        prog="scripts/campaign", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Runs the program thousands of times in ways that have found faults before; ends with 1 if one does.",
        epilog="checks:\n" + "\n".join(f"  {name:20} {words}" for name, (_, words) in CHECKS.items()))
    parser.add_argument("--seed", type=int, default=1, help="seed of everything drawn (1)")
    parser.add_argument("--minutes", type=float, default=10, help="time for all checks together (10)")
    parser.add_argument("--only", action="append", metavar="NAME", choices=CHECKS, help="only this check; may be repeated")
    parser.add_argument("--program", metavar="FILE", default=ROOT / "build/dev/liantu", help="program (build/dev/liantu)")
    parser.add_argument("--layer", metavar="FILE", help="library to preload that makes requests fail (beside the program)")
    parser.add_argument("--found", metavar="FOLDER", default="out/campaign", help="where finds are kept (out/campaign)")
    return parser.parse_args()


def prepare(base, program, rng, models):
    """The files that checks start from."""
    shutil.copytree(ROOT / "graphs/dadukou", base / "tables")
    (base / "tables/README.md").unlink(missing_ok=True)
    shutil.copy(ROOT / "examples/per_mu/example_targets.json", base / "scheme.json")
    shutil.copy(ROOT / "examples/land/plan.json", base / "plan.json")
    shutil.copy(ROOT / "examples/land/地块.csv", base / "sites.csv")
    # Two hundred firms in ten trades, each trade buying of the next: links that can be learnt.
    lines = ["from,to"]
    for customer in range(200):
        suppliers = [firm for firm in range(200) if firm % 10 == (customer + 1) % 10]
        lines += [f"f{firm},f{customer}" for firm in rng.sample(suppliers, 8)]
    (base / "edges.csv").write_text("\n".join(lines) + "\n")
    # A line of 20,000 segments, each part of the one before, all of which the first one needs.
    segments = [f"s{i}" for i in range(20000)]
    long = {"环节": ["环节,上级", "s0,", *(f"{b},{a}" for a, b in zip(segments, segments[1:]))],
            "企业": ["企业名称,地区代码", "甲,500104", "乙,320500"], "主营": ["企业,环节", "甲,s0", "乙,s6"],
            "需要": ["产品,投入品", *(f"s0,{one}" for one in segments[1:])]}
    (base / "long").mkdir()
    for name, rows in long.items():
        (base / f"long/{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    steps = [["build", "tables", "-o", "a.liantu"], ["build", "long", "-o", "long.liantu"]]
    if models:
        train = ["train", "--edges", "edges.csv", "--force"]
        steps += [[*train, "-o", "trees.json"], [*train, "--model", "logistic_regression", "-o", "logistic.json"]]
    for arguments in steps:
        ran = subprocess.run([program, *arguments], cwd=base, capture_output=True)
        if ran.returncode != 0:
            sys.exit(f"campaign: liantu {' '.join(arguments)} ended with {ran.returncode}: {ran.stderr.decode()}")


def main():
    chosen = options()
    program = pathlib.Path(chosen.program).resolve()
    if not program.exists():
        sys.exit(f"campaign: {program} is not there; build it, or name one with --program")
    layer = pathlib.Path(chosen.layer or program.parent / "tests/support/libliantu_failing.so").resolve()
    found = pathlib.Path(chosen.found).resolve()
    shutil.rmtree(found, ignore_errors=True)
    names = chosen.only or list(CHECKS)
    without = verbs.missing(program)
    if without:
        sys.exit(f"campaign: no check runs {', '.join(without)}; add it to tests/campaign/verbs.py")
    results = []
    with tempfile.TemporaryDirectory(prefix="liantu-campaign-") as work:
        pathlib.Path(work).chmod(0o755)  # some runs are somebody else's, see Bench.start()
        base = pathlib.Path(work) / "base"
        base.mkdir()
        prepare(base, program, random.Random(chosen.seed), "model_mutants" in names)
        end = time.monotonic() + 60 * chosen.minutes
        print(f"seed {chosen.seed}, {chosen.minutes:g} min, {program}")
        print(f"{'check':20} {'runs':>6} {'finds':>6}")
        for i, name in enumerate(names):
            now = time.monotonic()
            bench = Bench(name, program, layer if layer.exists() else None, random.Random(f"{chosen.seed} {name}"), base,
                          found, now + (end - now) / (len(names) - i))
            CHECKS[name][0](bench)
            results.append(bench)
            print(f"{name:20} {bench.runs:6} {len(bench.finds):6}" +
                  (f"  not run: {bench.not_run}" if bench.not_run else ""), flush=True)
            shutil.rmtree(bench.folder, ignore_errors=True)
    for bench in results:
        for what, folder in bench.finds:
            print(f"\n{bench.name}: {what}\n  {folder}")
    print(f"\n{sum(b.runs for b in results)} runs, {sum(len(b.finds) for b in results)} finds")
    sys.exit(1 if any(b.finds or b.not_run for b in results) else 0)


if __name__ == "__main__":
    main()
