#!/usr/bin/env python3
"""Runs every command of the documents in order and compares what they print with what the documents show.

Usage: documents.py PROGRAM SOURCE_FOLDER          compare
       LIANTU_UPDATE_GOLDEN=1 documents.py …       write what comes out into the documents; read the diff

A block ```sh holds commands of the program. A block ```text right behind a block of one command shows the
first lines of what it prints on standard output, or on standard error where nothing comes on the former; a
last line `…` says that more follows.
"""
import difflib
import fcntl
import json
import os
import pty
import re
import stat
import struct
import subprocess
import sys
import tempfile
import termios
import threading
from pathlib import Path

DOCUMENTS = ["README.md", "README.zh-CN.md", "docs/commands.md", "docs/land.md", "docs/ledger.md"]
NEGATIVE = "# exit code 1"  # ends a command whose answer is negative
SHOWN = 12  # lines of a block that is new
WIDTH = 110  # of the terminal in which commands run
PATHS = re.compile(r"(?:\(|`)((?:docs|examples|scripts|graphs|bench)/[\w./-]+|CONTRIBUTING\.md|LICENSE|NOTICE)[)`]")


def blocks(text):
    """(kind, content, start, end) of every fenced block."""
    for match in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S):
        yield match[1], match[2], match.start(), match.end()


def run(command, folder, environment):
    """Exit code, what a terminal shows, what was said on standard error."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, WIDTH, 0, 0))
    parts = []

    def read():
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # the other end was closed
                return
            if not part:
                return
            parts.append(part)

    reader = threading.Thread(target=read)
    reader.start()
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    reader.join()
    os.close(ours)
    output = b"".join(parts).decode("utf-8").replace("\r\n", "\n")
    said = done.stderr.decode("utf-8")
    return done.returncode, output or said, said


def shown(output, lines):
    kept = output.rstrip("\n").split("\n")
    return "\n".join(kept[:lines] + (["…"] if len(kept) > lines else [])) + "\n"


def check(document, source, folder, environment, update):
    path = source / document
    text = path.read_text(encoding="utf-8")
    faults, commands, made = [], 0, []
    output, at = None, 0
    for kind, content, start, end in blocks(text):
        if kind == "sh":
            lines = [line for line in content.split("\n") if line.strip()]
            output = None
            for command in lines:
                if not command.startswith("liantu "):
                    faults.append(f"{document}: '{command}' is not a command of the program")
                    continue
                code, output, said = run(command, folder, environment)
                commands += 1
                if code != (1 if command.endswith(NEGATIVE) else 0):
                    faults.append(f"{document}: `{command}` ended with {code}: {said}")
            if len(lines) != 1:
                output = None
        elif kind == "text" and output is not None:
            said = content.rstrip("\n").split("\n")
            wanted = len(said) - (said[-1] == "…") if content.strip() else SHOWN
            now = shown(output, wanted)
            if update:
                made.append(text[at:start] + "```text\n" + now + "```")
                at = end
            elif now != content:
                difference = difflib.unified_diff(content.split("\n"), now.split("\n"), document, "printed", lineterm="")
                faults.append("\n".join(difference))
            output = None
    if update:
        path.write_text("".join(made) + text[at:], encoding="utf-8")
    for named in set(PATHS.findall(text)):
        if not (source / named).exists():
            faults.append(f"{document}: {named} is missing")
    return commands, faults


def main():
    program, source = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    update = os.environ.get("LIANTU_UPDATE_GOLDEN") == "1"
    faults, commands = [], 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bin").mkdir()
        (folder / "bin" / "liantu").symlink_to(program)
        environment = dict(os.environ, PATH=f"{folder / 'bin'}:{os.environ['PATH']}", LC_ALL="C.UTF-8", NO_COLOR="1")
        for document in DOCUMENTS:
            work = folder / document.replace("/", "_")
            work.mkdir()
            for shared in ("graphs", "examples"):
                (work / shared).symlink_to(source / shared)
            count, found = check(document, source, work, environment, update)
            commands += count
            faults += found
        readme = (source / "README.md").read_text(encoding="utf-8").split("\n")[:6]
        for script in ("scripts/demo", "scripts/test"):
            if not (source / script).stat().st_mode & stat.S_IXUSR:
                faults.append(f"{script} cannot be run")
            if not any(script in line for line in readme):
                faults.append(f"README.md: {script} does not stand at the top")
        made = folder / "README.md"
        if (made / "prospects.csv").read_bytes()[:3] != b"\xef\xbb\xbf":
            faults.append("prospects.csv has no byte order mark")
        drawn = (made / "map.svg").read_text(encoding="utf-8")
        if "cluster" not in drawn or "</svg>" not in drawn:
            faults.append("map.svg is not a drawn map")
        scored = []
        for policy in ("", "--policy examples/policy.json"):
            ranked = json.loads(run(f"liantu rank dadukou.liantu --region 500104 {policy} --json", made,
                                    environment)[1])
            scored.append({key: ranked[key] for key in ("prospects", "expansions", "screened", "unlocated")})
        if scored[0] != scored[1]:
            faults.append("examples/policy.json is not the default policy")
    for fault in faults:
        print(fault)
    print(f"{commands} commands, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
