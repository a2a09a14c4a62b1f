"""Checks that take something away: memory, the disk, time, the terminal."""

import json
import os
import pathlib
import resource
import signal

from bench import INTERRUPTED, LIMIT, NEGATIVE, NO_IO, bytes_of
from verbs import WRITERS, fast

OLD = b"what stood here before\n"


def written(folder, verb):
    """What the verb has written, by file."""
    paths = [folder / name for name in (verb.output, *verb.more)]
    if paths[0].is_dir():
        paths = sorted(paths[0].iterdir())
    return {str(path.relative_to(folder)): bytes_of(path) for path in paths}


def baseline(bench, verb):
    """The verb's folder with old files in place, how it ends undisturbed, and what it writes over them then."""
    folder = bench.fresh(*verb.needs)
    first = bench.run(verb.to_file())  # makes the files that the next run replaces
    new = written(folder, verb)
    put_old(folder, new)
    bench.run(verb.to_file())
    new = written(folder, verb)
    put_old(folder, new)
    return folder, first, new


def put_old(folder, new):
    for name in new:
        (folder / name).write_bytes(OLD)


def listing(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def whole(bench, folder, verb, new, names, ran, finished):
    """The old files whole or the new ones whole, nothing left beside them; a run that says it is done wrote them."""
    for name, now in written(folder, verb).items():
        if name in new and now not in (OLD, new[name]):
            bench.find(f"{name} is neither the old file nor the new one", ran)
        elif name in new and finished and now != new[name]:
            bench.find(f"{ran.end()}, but {name} was not written", ran)
    # Files that a ledger works with stay where it could not even look at them; the next run takes them in.
    for ledger in {name[:-4] for name in listing(folder) - names if name.endswith(("-wal", "-shm"))}:
        bench.sane(bench.run(["ledger", "show", ledger]), {0})
    left = listing(folder) - names
    if left:
        bench.find(f"left behind: {sorted(left)}", ran)
        for name in left:
            (folder / name).unlink(missing_ok=True)
    put_old(folder, new)


def asked_for(bench, verb, folder):
    """How often the verb asks the system for each thing that the layer can refuse."""
    report = folder.parent / "report.txt"
    report.unlink(missing_ok=True)
    bench.run(verb.to_file(), env={**layer_of(bench), "LIANTU_FAIL_REPORT": str(report)})
    words = (bytes_of(report) or b"").decode().split()
    return {name: int(count) for name, count in zip(words[::2], words[1::2])}


def layer_of(bench):
    return {"LD_PRELOAD": str(bench.layer), "LIANTU_FAIL_PROGRAM": pathlib.Path(bench.program).name}


def refused(bench, kinds, most):
    """Runs verbs while the N-th request of a kind fails, N drawn."""
    if not bench.layer:
        bench.not_run = "no library to preload (target liantu_failing)"
        return
    verbs = fast()
    bench.rng.shuffle(verbs)
    share = max(1, most // len(verbs))
    for verb in verbs:
        folder, plain, new = baseline(bench, verb)
        names = listing(folder)
        counts = asked_for(bench, verb, folder)
        put_old(folder, new)
        for _ in range(share):
            if not bench.more(most):
                return
            kind = bench.rng.choice([kind for kind in kinds if counts.get(kind, 0) > 0])
            number = bench.rng.randint(1, counts[kind])
            after = bench.rng.choice(["", "", "+"])
            ran = bench.run(verb.to_file(), env={**layer_of(bench), f"LIANTU_FAIL_{kind.upper()}": f"{number}{after}"})
            # What is refused may be something that the run can do without.
            allowed = {plain.code, NO_IO, LIMIT}
            if not bench.sane(ran, allowed):
                put_old(folder, new)
                continue
            whole(bench, folder, verb, new, names, ran, ran.code == plain.code)


def failing_allocations(bench):
    refused(bench, ["alloc"], 3000)


def failing_files(bench):
    refused(bench, ["write", "fsync", "rename", "close", "open", "mmap", "thread", "spawn"], 3000)


def kills(bench):
    """kill -9 at a random moment: the old file whole or the new one, and the next run clears what was left."""
    while bench.more(2000):
        verb = bench.rng.choice(WRITERS)
        folder, plain, new = baseline(bench, verb)
        names = listing(folder)
        for _ in range(8):
            ran = bench.run(verb.to_file(), after=(bench.rng.uniform(0, 1.1 * plain.seconds), signal.SIGKILL))
            if ran.signal not in (0, signal.SIGKILL):
                bench.find(f"ended with {ran.end()}", ran)
            for name, now in written(folder, verb).items():
                if name in new and now not in (OLD, new[name]):
                    bench.find(f"{name} is neither the old file nor the new one", ran)
            put_old(folder, new)
        if listing(folder) != names:
            again = bench.run(verb.to_file())
            left = listing(folder) - names
            if left:
                bench.find(f"killed runs left {sorted(left)}, the next run did not remove them", again)


def ledger_kills(bench):
    """kill -9 at 200 moments while the ledger is written: what a run said to be written is there, and nothing by halves."""
    folder = bench.fresh("d.ledger")
    told, number, seconds, moments = set(), 0, 0.2, 0
    while bench.more(500) and moments < 200:
        number += 1
        code = f"K-{number}"
        add = ["ledger", "add", "d.ledger", "--project", code, "--name", code, "--firm", "虚构", "--stage", "签约", "--date",
               "2025-02-08", "--set", f"总投资={number}"]
        killed = number > 3
        ran = bench.run(add, after=(bench.rng.uniform(0, 1.1 * seconds), signal.SIGKILL) if killed else None)
        if not killed:
            seconds = ran.seconds
        if ran.code == 0:
            told.add(code)
        elif ran.signal == signal.SIGKILL:
            moments += 1
        else:
            bench.find(f"ended with {ran.end()}", ran)
        if number % 10 == 0 or moments == 200:
            export = bench.run(["ledger", "export", "d.ledger", "-f", "json", "-o", "-"])
            if export.code != 0:
                bench.find(f"after a kill the ledger is not read: {export.end()}", export)
                return
            found = {row["key"]: row["investment"] for row in json.loads(export.out)["projects"]}
            if told - found.keys():
                bench.find(f"lost what was acknowledged: {sorted(told - found.keys())}", export)
            halves = [key for key, sum_ in found.items() if key.startswith("K-") and sum_ != float(key[2:])]
            if halves:
                bench.find(f"written by halves: {halves}", export)


def interrupts(bench):
    """Ctrl-C at a random moment ends a run within 0.1 s of work of each processor; files stay whole."""
    most = 0.1 * os.cpu_count() + 0.1  # starting and ending, and what other programs do, take some too
    while bench.more(600):
        verb = bench.rng.choice(WRITERS)
        folder, plain, new = baseline(bench, verb)
        names = listing(folder)
        for _ in range(4):
            moment = bench.rng.uniform(0, 1.1 * plain.seconds)
            ran = bench.run(verb.to_file(), after=(moment, signal.SIGINT))
            # Before it listens to signals the system ends it.
            early = ran.signal == signal.SIGINT and not ran.err
            if early or bench.sane(ran, {plain.code, INTERRUPTED}):
                whole(bench, folder, verb, new, names, ran, ran.code == plain.code)
            if ran.work_after > most and verb.format != "svg" and verb.name != "demo":  # where dot works
                bench.find(f"worked for {ran.work_after:.1f} s after Ctrl-C", ran)


def limits(bench):
    """Limits of the system on file size, memory, processes and open files."""
    while bench.more(1500):
        verb = bench.rng.choice(fast())
        folder, plain, new = baseline(bench, verb)
        names = listing(folder)
        for _ in range(6):
            which, value = bench.rng.choice([
                (resource.RLIMIT_FSIZE, bench.rng.randint(0, len(next(iter(new.values())) or b"") + 100)),
                (resource.RLIMIT_AS, int(2 ** bench.rng.uniform(25, 31))),
                (resource.RLIMIT_NPROC, bench.rng.randint(0, 3)),
                (resource.RLIMIT_NOFILE, bench.rng.randint(3, 12)),
            ])
            ran = bench.run(verb.to_file(), limits={which: value})
            if ran.code == 127 and b"shared librar" in ran.err:
                continue  # the system could not even load it
            if verb.name == "doctor" and ran.code == NEGATIVE:  # dot started and failed, and doctor says so
                put_old(folder, new)
                continue
            if not bench.sane(ran, {plain.code, NO_IO, LIMIT}):
                put_old(folder, new)
                continue
            whole(bench, folder, verb, new, names, ran, ran.code == plain.code)


def streams(bench):
    """Closed and full standard output and standard error, for every verb, with a file and without."""
    verbs = [verb for verb in WRITERS if verb.format]
    ways = ["out closed", "out full", "err closed", "err full", "both closed", "both full"]
    cases = [(verb, way, to_file) for verb in verbs for way in ways for to_file in (True, False)
             if to_file or verb.format != "liantu"]
    bench.rng.shuffle(cases)
    for verb, way, to_file in cases:
        if not bench.more(1000):
            return
        folder, plain, new = baseline(bench, verb)
        names = listing(folder)
        arguments = verb.to_file() if to_file else verb.on_stdout()
        wanted = plain if to_file else bench.run(arguments)
        stream, state = way.split()
        fds = {"out": (1,), "err": (2,), "both": (1, 2)}[stream]
        with open("/dev/full", "wb") as full:
            how = {"closed": fds} if state == "closed" else {
                "out": full if 1 in fds else -1, "err": full if 2 in fds else -1}
            ran = bench.run(arguments, **how)
        ran.command += f"  # {way}"
        # Talk never fails a run; data that cannot be written is exit 4.
        if to_file or 1 not in fds:
            allowed = {wanted.code} if 1 not in fds else {wanted.code, NO_IO}
        else:
            allowed = {NO_IO}
        if bench.sane(ran, allowed):
            whole(bench, folder, verb, new, names, ran, to_file and ran.code == plain.code)
            if 1 not in fds and ran.out != wanted.out:
                bench.find("standard output differs when standard error cannot be written", ran)
        else:
            put_old(folder, new)


CHECKS = {
    "failing_allocations": (failing_allocations, "the N-th allocation fails: exit 4 or 5, files whole"),
    "failing_files": (failing_files, "the N-th write, fsync, rename, close, open, mmap, thread or process fails"),
    "kills": (kills, "kill -9 at a random moment: the old file whole or the new one"),
    "ledger_kills": (ledger_kills, "kill -9 while the ledger is written: no acknowledged row is lost"),
    "interrupts": (interrupts, "Ctrl-C at a random moment: ends within 0.1 s of work, files whole"),
    "limits": (limits, "limits on file size, memory, processes, open files"),
    "streams": (streams, "standard output and error closed and full"),
}
