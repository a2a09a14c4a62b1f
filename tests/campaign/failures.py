"""Checks that take something away: memory, the disk, time, the terminal."""

import os
import resource
import signal

from bench import INTERRUPTED, LIMIT, NO_IO, bytes_of
from verbs import WRITERS, fast

OLD = b"what stood here before\n"


def baseline(bench, verb):
    """The verb's folder, how it ends undisturbed, and what it then writes over an older file."""
    folder = bench.fresh(*verb.needs)
    (folder / verb.output).write_bytes(OLD)
    ran = bench.run(verb.to_file())
    new = bytes_of(folder / verb.output)
    (folder / verb.output).write_bytes(OLD)
    return folder, ran, new


def whole(bench, folder, verb, new, names, ran, finished):
    """The old file whole or the new one whole, nothing left beside it; a run that says it is done wrote it."""
    now = bytes_of(folder / verb.output)
    if now not in (OLD, new):
        bench.find(f"{verb.output} is neither the old file nor the new one", ran)
    elif finished and now != new:
        bench.find(f"{ran.end()}, but {verb.output} was not written", ran)
    left = set(os.listdir(folder)) - names
    if left:
        bench.find(f"left behind: {sorted(left)}", ran)
        for name in left:
            os.unlink(folder / name)
    (folder / verb.output).write_bytes(OLD)


def asked_for(bench, verb, folder):
    """How often the verb asks the system for each thing that the layer can refuse."""
    report = folder.parent / "report.txt"
    report.unlink(missing_ok=True)
    bench.run(verb.to_file(), env={"LD_PRELOAD": str(bench.layer), "LIANTU_FAIL_REPORT": str(report)})
    (folder / verb.output).write_bytes(OLD)
    words = (bytes_of(report) or b"").decode().split()
    return {name: int(count) for name, count in zip(words[::2], words[1::2])}


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
        names = set(os.listdir(folder))
        counts = asked_for(bench, verb, folder)
        for _ in range(share):
            if not bench.more(most):
                return
            kind = bench.rng.choice([kind for kind in kinds if counts.get(kind, 0) > 0])
            number = bench.rng.randint(1, counts[kind])
            after = bench.rng.choice(["", "", "+"])
            ran = bench.run(verb.to_file(), env={"LD_PRELOAD": str(bench.layer),
                                                 f"LIANTU_FAIL_{kind.upper()}": f"{number}{after}"})
            # What is refused may be something that the run can do without.
            allowed = {plain.code, NO_IO, LIMIT}
            if not bench.sane(ran, allowed):
                (folder / verb.output).write_bytes(OLD)
                continue
            whole(bench, folder, verb, new, names, ran, ran.code == plain.code)


def failing_allocations(bench):
    refused(bench, ["alloc"], 3000)


def failing_files(bench):
    refused(bench, ["write", "fsync", "rename", "close", "open", "mmap", "thread"], 3000)


def kills(bench):
    """kill -9 at a random moment: the old file whole or the new one, and the next run clears what was left."""
    while bench.more(2000):
        verb = bench.rng.choice(WRITERS)
        folder, plain, new = baseline(bench, verb)
        names = set(os.listdir(folder))
        for _ in range(8):
            ran = bench.run(verb.to_file(), after=(bench.rng.uniform(0, 1.1 * plain.seconds), signal.SIGKILL))
            if ran.signal not in (0, signal.SIGKILL):
                bench.find(f"ended with {ran.end()}", ran)
            if bytes_of(folder / verb.output) not in (OLD, new):
                bench.find(f"{verb.output} is neither the old file nor the new one", ran)
            (folder / verb.output).write_bytes(OLD)
        if set(os.listdir(folder)) != names:
            again = bench.run(verb.to_file())
            left = set(os.listdir(folder)) - names
            if left:
                bench.find(f"killed runs left {sorted(left)}, the next run did not remove them", again)


def interrupts(bench):
    """Ctrl-C at a random moment ends a run within two seconds; files stay whole."""
    while bench.more(600):
        verb = bench.rng.choice(WRITERS)
        folder, plain, new = baseline(bench, verb)
        names = set(os.listdir(folder))
        for _ in range(4):
            moment = bench.rng.uniform(0, 1.1 * plain.seconds)
            ran = bench.run(verb.to_file(), after=(moment, signal.SIGINT))
            # Before it listens to signals the system ends it.
            early = ran.signal == signal.SIGINT and not ran.err
            if early or bench.sane(ran, {plain.code, INTERRUPTED}):
                whole(bench, folder, verb, new, names, ran, ran.code == plain.code)
            if ran.seconds > moment + 2:
                bench.find(f"went on for {ran.seconds - moment:.1f} s after Ctrl-C", ran)


def limits(bench):
    """Limits of the system on file size, memory, processes and open files."""
    while bench.more(1500):
        verb = bench.rng.choice(fast())
        folder, plain, new = baseline(bench, verb)
        names = set(os.listdir(folder))
        for _ in range(6):
            which, value = bench.rng.choice([
                (resource.RLIMIT_FSIZE, bench.rng.randint(0, len(new or b"") + 100)),
                (resource.RLIMIT_AS, int(2 ** bench.rng.uniform(25, 31))),
                (resource.RLIMIT_NPROC, bench.rng.randint(0, 3)),
                (resource.RLIMIT_NOFILE, bench.rng.randint(3, 12)),
            ])
            ran = bench.run(verb.to_file(), limits={which: value})
            if ran.code == 127 and b"shared librar" in ran.err:
                continue  # the system could not even load it
            if not bench.sane(ran, {plain.code, NO_IO, LIMIT}):
                (folder / verb.output).write_bytes(OLD)
                continue
            whole(bench, folder, verb, new, names, ran, ran.code == plain.code)


def streams(bench):
    """Closed and full standard output and standard error, for every verb, with a file and without."""
    verbs = [verb for verb in WRITERS if verb.name != "train"]
    ways = ["out closed", "out full", "err closed", "err full", "both closed", "both full"]
    cases = [(verb, way, to_file) for verb in verbs for way in ways for to_file in (True, False)
             if to_file or verb.format != "liantu"]
    bench.rng.shuffle(cases)
    for verb, way, to_file in cases:
        if not bench.more(1000):
            return
        folder, plain, new = baseline(bench, verb)
        names = set(os.listdir(folder))
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
            (folder / verb.output).write_bytes(OLD)


CHECKS = {
    "failing_allocations": (failing_allocations, "the N-th allocation fails: exit 4 or 5, files whole"),
    "failing_files": (failing_files, "the N-th write, fsync, rename, close, open, mmap or thread fails"),
    "kills": (kills, "kill -9 at a random moment: the old file whole or the new one"),
    "interrupts": (interrupts, "Ctrl-C at a random moment: ends within 2 s, files whole"),
    "limits": (limits, "limits on file size, memory, processes, open files"),
    "streams": (streams, "standard output and error closed and full"),
}
