"""What every check of the campaign works with: the program, a folder of its own, and a list of finds."""

import dataclasses
import os
import pathlib
import re
import resource
import shlex
import shutil
import signal
import subprocess
import time

DONE, NEGATIVE, USAGE, BAD_INPUT, NO_IO, LIMIT, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
# What a run may end with whatever it was given; 70 is a fault of the program's own.
SANE = {DONE, NEGATIVE, USAGE, BAD_INPUT, NO_IO, LIMIT, INTERRUPTED}
# What another program's fault, or a fault that nobody caught, leaves on standard error.
FOREIGN = (b"terminate called", b"invalid pointer", b"Stack trace", b"corrupted", b"Assertion", b"runtime error:",
           b"AddressSanitizer", b"ThreadSanitizer")
FINDS_A_CHECK = 5  # kept; more say no more


@dataclasses.dataclass
class Ran:
    """How a run ended."""

    code: int  # exit code; 128 + number of the signal that ended it
    signal: int
    out: bytes
    err: bytes
    hung: bool
    seconds: float
    command: str  # as a shell would be told
    work_after: float = 0  # seconds of work that it, and what it started, did after the signal

    def end(self):
        if self.hung:
            return f"no end within {self.seconds:.0f} s"
        return f"signal {self.signal}" if self.signal else f"exit {self.code}"


class Bench:
    """One check's view of the campaign."""

    def __init__(self, name, program, layer, rng, base, found, deadline):
        self.name = name
        self.program = program
        self.layer = layer  # the preloaded library that makes requests fail, or None
        self.rng = rng
        self.base = base  # folder with tables/, a.liantu, edges.csv, links.liantu, model files
        self.found = found
        self.deadline = deadline
        self.runs = 0
        self.finds = []  # (what, folder), one of a kind
        self.seen = {}  # kind of find → how often
        self.not_run = ""  # why the check did nothing
        self.folder = base.parent / name
        self.folder.mkdir()

    # ---- time

    def more(self, most):
        """Whether to go on: `most` runs are enough, and the check's time and finds are limited."""
        often = sum(self.seen.values())
        return self.runs < most and time.monotonic() < self.deadline and often < 10 * FINDS_A_CHECK

    # ---- folders

    def fresh(self, *names):
        """An empty folder with copies of these files and folders of the base."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for name in names:
            source = self.base / name
            if source.is_dir():
                shutil.copytree(source, self.folder / name)
            else:
                shutil.copy(source, self.folder / name)
        return self.folder

    # ---- runs

    def start(self, arguments, env=None, limits=None, out=subprocess.PIPE, err=subprocess.PIPE, closed=(), cpus=None,
              folder=None):
        variables = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "TZ", "LIANTU_"))}
        variables.update(env or {})

        def prepare():  # in the child
            for which, value in (limits or {}).items():
                resource.setrlimit(which, (value, value))
            for fd in closed:
                os.close(fd)
            if cpus:
                os.sched_setaffinity(0, cpus)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        # No limit on processes binds root: such a run is somebody else's.
        nobody = resource.RLIMIT_NPROC in (limits or {}) and os.geteuid() == 0
        if nobody:
            for path in [self.folder, *self.folder.rglob("*")]:
                path.chmod(0o777)
        return subprocess.Popen([self.program, *arguments], cwd=folder or self.folder, env=variables,
                                stdin=subprocess.DEVNULL, stdout=out, stderr=err, preexec_fn=prepare,
                                user=65534 if nobody else None)

    def run(self, arguments, timeout=60, after=None, **how):
        """Runs the program; `after` = (seconds, signal) sends a signal on the way."""
        self.runs += 1
        began = time.monotonic()
        before = children_work()
        process = self.start(arguments, **how)
        hung = False
        work_then = 0.0
        sent = None
        try:
            if after:
                try:
                    out, err = process.communicate(timeout=after[0])
                except subprocess.TimeoutExpired:
                    sent = after[1]
                    work_then = work_of(process.pid)
                    process.send_signal(sent)
            if not after or sent:
                out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            hung = True
            process.kill()
            out, err = process.communicate()
        code = process.returncode
        said = " ".join(f"{k}={shlex.quote(v)}" for k, v in (how.get("env") or {}).items())
        said += " " + shlex.join(["liantu", *arguments])
        names = {resource.RLIMIT_FSIZE: "FSIZE", resource.RLIMIT_AS: "AS", resource.RLIMIT_NPROC: "NPROC",
                 resource.RLIMIT_NOFILE: "NOFILE"}
        for which, value in (how.get("limits") or {}).items():
            said += f"  # RLIMIT_{names.get(which, which)}={value}"
        if sent:
            said += f"  # {signal.Signals(sent).name} after {after[0]:.4f} s"
        return Ran(128 - code if code < 0 else code, 0 if code >= 0 else -code, out or b"", err or b"", hung,
                   time.monotonic() - began, said.strip(),
                   children_work() - before - work_then if sent else 0)

    # ---- finds

    def find(self, what, *rans):
        """Keeps what was found, with the files it was found on and the commands that led there."""
        kind = re.sub(r"\[.*?\]|\d+", "N", what) + (rans[-1].command.split("  #")[0] if rans and rans[-1].signal else "")
        self.seen[kind] = self.seen.get(kind, 0) + 1
        if len(self.finds) >= FINDS_A_CHECK or self.seen[kind] > 1:
            return
        folder = self.found / f"{self.name}-{len(self.finds) + 1}"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder / "files", symlinks=True)
        lines = [what, ""]
        for ran in rans:
            lines += [f"    {ran.command}", f"      {ran.end()}", ran.err.decode("utf-8", "replace")[-2000:]]
        (folder / "what.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        script = ["#!/bin/sh", "# The runs that led here; LIANTU names the program.", 'cd "$(dirname "$0")/files"']
        script += [ran.command.replace("liantu ", '"${LIANTU:-liantu}" ', 1) for ran in rans]
        (folder / "run.sh").write_text("\n".join(script) + "\n", encoding="utf-8")
        self.finds.append((what, folder))

    def sane(self, ran, allowed=SANE):
        """Whether a run ended as one may; else it is a find."""
        if ran.hung or ran.signal or ran.code not in allowed:
            self.find(f"ended with {ran.end()}, expected {sorted(allowed)}", ran)
            return False
        for words in FOREIGN:
            if words in ran.err:
                self.find(f"standard error has {words.decode()!r}", ran)
                return False
        return True


def children_work():
    """Seconds of work of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def work_of(pid):
    """Seconds of work of a process so far; 0 when it is gone."""
    words = (bytes_of(f"/proc/{pid}/stat") or b"").rpartition(b")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK") if len(words) > 12 else 0.0


def bytes_of(path):
    """A file's bytes; None when it is not there."""
    try:
        return pathlib.Path(path).read_bytes()
    except OSError:
        return None
