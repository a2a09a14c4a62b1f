"""Puts faults of mutants.txt into a copy of the tree and asks the tests; see scripts/mutants."""

import argparse
import dataclasses
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIST = pathlib.Path(__file__).with_name("mutants.txt")
TIMEOUT = 300  # of a test program; a fault that makes it hang is caught


@dataclasses.dataclass
class Mutant:
    room: str
    file: str
    what: str
    before: str
    after: str

    def key(self, text):
        """Names this fault in this state of its file."""
        return hashlib.sha256("\0".join([self.room, text, self.before, self.after]).encode()).hexdigest()[:16]


def read_list():
    mutants = []
    for number, line in enumerate(LIST.read_text(encoding="utf-8").splitlines(), 1):
        head = re.fullmatch(r"== (\w+) (\S+): (.+)", line)
        if head:
            mutants.append(Mutant(*head.groups(), "", ""))
        elif line.startswith("-") and mutants and not mutants[-1].before:
            mutants[-1].before = line[1:]
        elif line.startswith("+") and mutants and mutants[-1].before and not mutants[-1].after:
            mutants[-1].after = line[1:]
        elif line and not line.startswith("#"):
            sys.exit(f"{LIST.name}:{number}: neither a fault nor a part of one: {line}")
    return mutants


def sources(one, tree):
    """The file of a fault, or the sources of its folder."""
    path = tree / one.file
    if not path.is_dir():
        return [path] if path.exists() else []
    return sorted(file for file in path.rglob("*") if file.suffix in (".cpp", ".hpp"))


def place(one, tree):
    """The file in which a fault that fits the tree is put."""
    return next(path for path in sources(one, tree) if one.before in path.read_text(encoding="utf-8"))


def check(mutants, tree):
    """What no longer fits the tree, a line each."""
    faults = []
    for one in mutants:
        times = sum(path.read_text(encoding="utf-8").count(one.before) for path in sources(one, tree))
        if times != 1:
            faults.append(f"{one.file}: {one.before!r} stands there {times} times, not once ({one.what})")
        elif one.before == one.after or not one.after:
            faults.append(f"{one.file}: nothing is changed ({one.what})")
    return faults


def copy_tree(source, target):
    """Files that git knows or would add, as they stand now; what has not changed keeps its time for the build."""
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=source, check=True,
                           capture_output=True).stdout.decode().split("\0")
    names = {name for name in names if name and (source / name).is_file()}
    target.mkdir(parents=True, exist_ok=True)
    for path in list(target.rglob("*")):
        if path.is_file() and str(path.relative_to(target)) not in names:
            path.unlink()
    for name in names:
        old, new = source / name, target / name
        if new.exists() and new.read_bytes() == old.read_bytes():
            continue
        new.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(old, new)
        shutil.copymode(old, new)


def build(tree, folder, room):
    if not (folder / "build.ninja").exists():
        subprocess.run(["cmake", "-S", tree, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=RelWithDebInfo",
                        "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1", "-DLIANTU_DEVELOPER=ON"], check=True,
                       stdout=subprocess.DEVNULL)
    return subprocess.run(["cmake", "--build", folder, "--target", f"test_{room}"], capture_output=True, text=True)


def passes(folder, room):
    """Whether the room's tests pass; the name of the first that does not."""
    folder = folder / "tests" / room
    environment = {k: v for k, v in os.environ.items() if k != "LIANTU_REAL_DATA"}
    try:
        ran = subprocess.run([folder / f"test_{room}", "--gtest_fail_fast", "--gtest_brief=1"], cwd=folder, env=environment,
                             capture_output=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return False, "does not end"
    failed = re.search(r"\[  FAILED  \] (\S+)", ran.stdout.decode("utf-8", "replace"))
    return ran.returncode == 0, failed[1].rstrip(",") if failed else f"ended with {ran.returncode}"


def main():
    parser = argparse.ArgumentParser(prog="scripts/mutants", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only see that every fault still fits the tree")
    parser.add_argument("--list", action="store_true", help="list the faults")
    parser.add_argument("--room", action="append", help="only faults of this room; may be repeated")
    parser.add_argument("--again", action="store_true", help="forget what earlier runs found")
    parser.add_argument("--work", default=ROOT / "build/mutants", type=pathlib.Path, help="folder (build/mutants)")
    parser.add_argument("--tree", default=ROOT, type=pathlib.Path, help="tree to take the sources from")
    parser.add_argument("--in-place", type=pathlib.Path, metavar="BUILD",
                        help="put the faults into the tree itself and build in this folder of it, such as build/dev")
    chosen = parser.parse_args()
    mutants = [one for one in read_list() if not chosen.room or one.room in chosen.room]
    faults = check(mutants, chosen.tree)
    print(f"{len(mutants)} faults, {len(faults)} of them do not fit the tree")
    for fault in faults:
        print(f"  {fault}")
    if chosen.list:
        for one in mutants:
            print(f"  {one.room:10} {one.file}: {one.what}")
    if chosen.check or chosen.list or faults:
        sys.exit(1 if faults else 0)

    tree = chosen.tree if chosen.in_place else chosen.work / "tree"
    folder = (chosen.in_place or chosen.work / "build").resolve()
    chosen.work.mkdir(parents=True, exist_ok=True)
    results = chosen.work / "results.tsv"
    if chosen.again:
        results.unlink(missing_ok=True)
    known = {}
    if results.exists():
        for line in results.read_text(encoding="utf-8").splitlines():
            key, verdict, said = line.split("\t")
            known[key] = (verdict, said)
    if not chosen.in_place:
        copy_tree(chosen.tree, tree)
    sound = set()  # rooms whose tests pass without a fault
    counts = {}
    for one in mutants:  # they stand by room, so that little is built again
        path = place(one, tree)
        text = path.read_text(encoding="utf-8")
        key = one.key(text)
        seconds = 0.0
        if key not in known:
            if one.room not in sound:
                built = build(tree, folder, one.room)
                good, said = passes(folder, one.room) if built.returncode == 0 else (False, built.stdout[-2000:])
                if not good:
                    sys.exit(f"mutants: without a fault test_{one.room} does not pass: {said}")
                sound.add(one.room)
            began = time.monotonic()
            try:
                path.write_text(text.replace(one.before, one.after), encoding="utf-8")
                built = build(tree, folder, one.room)
                if built.returncode != 0:
                    known[key] = ("unbuilt", "does not compile")
                else:
                    good, said = passes(folder, one.room)
                    known[key] = ("missed", "") if good else ("caught", said)
            finally:
                path.write_text(text, encoding="utf-8")
            seconds = time.monotonic() - began
            with open(results, "a", encoding="utf-8") as file:
                file.write("\t".join([key, *known[key]]) + "\n")
        verdict, said = known[key]
        counts[verdict] = counts.get(verdict, 0) + 1
        print(f"{verdict:8} {one.room:10} {one.what}  ({said or '-'}, {seconds:.0f} s)", flush=True)
    print(", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())) + f" of {len(mutants)}")
    sys.exit(0 if counts.get("caught", 0) * 10 >= len(mutants) * 9 else 1)


if __name__ == "__main__":
    main()
