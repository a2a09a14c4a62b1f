"""Checks that give the program bytes which somebody made to hurt it."""

import csv
import ctypes
import ctypes.util
import html.parser
import io
import json
import re
import struct
import subprocess
import xml.etree.ElementTree
import zipfile
import zlib

import tables
import verbs
from bench import BAD_INPUT, DONE, LIMIT, NEGATIVE, USAGE, bytes_of
from verbs import REGION

MEMORY = 4 << 30  # no file of a few kilobytes may need more
READERS = [
    ["show", "a.liantu", "--stats"],
    ["show", "a.liantu", "--ego", "示例", "--json"],
    ["gaps", "a.liantu", *REGION, "--json"],
    ["rank", "a.liantu", *REGION, "--json"],
    ["chain", "a.liantu", *REGION],
    ["map", "a.liantu", *REGION, "-o", "-", "-f", "dot"],
    ["evaluate", "a.liantu", "--no-learned", "--json"],
]


class Hash128(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


def xxhash():
    """The library that Liantu takes its checksums from, or None."""
    name = ctypes.util.find_library("xxhash")
    if not name:
        return None
    library = ctypes.CDLL(name)
    library.XXH3_64bits.restype = ctypes.c_uint64
    library.XXH3_64bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    library.XXH3_128bits.restype = Hash128
    library.XXH3_128bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
    return library


def repaired_snapshot(data, library):
    """File size and checksums as the bytes now call for (docs/snapshot.md)."""
    data = bytearray(data)
    if len(data) < 64:
        return bytes(data)
    struct.pack_into("<Q", data, 24, len(data))
    sections = min(struct.unpack_from("<I", data, 16)[0], (len(data) - 64) // 64)
    for i in range(sections):
        entry = 64 + 64 * i
        offset, size = struct.unpack_from("<QQ", data, entry + 8)
        if offset <= len(data) and size <= len(data) - offset:
            part = bytes(data[offset:offset + size])
            struct.pack_into("<Q", data, entry + 24, library.XXH3_64bits(part, len(part)))
    struct.pack_into("<Q", data, 32, 0)
    head = bytes(data[:64 + 64 * sections])
    struct.pack_into("<Q", data, 32, library.XXH3_64bits(head, len(head)))
    return bytes(data)


def snapshot_mutants(bench):
    library = xxhash()
    if not library:
        bench.not_run = "libxxhash is not there"
        return
    whole = bytes_of(bench.base / "a.liantu")
    if repaired_snapshot(whole, library) != whole:
        bench.find("the checksums of an untouched snapshot are not those that docs/snapshot.md says")
        return
    sections = struct.unpack_from("<I", whole, 16)[0]
    spans = [struct.unpack_from("<QQ", whole, 64 + 64 * i + 8) for i in range(sections)]
    spans = [span for span in spans if span[1]]
    while bench.more(4000):
        folder = bench.fresh()
        data = bytearray(whole)
        for _ in range(bench.rng.choice([1, 1, 2, 4, 16])):
            if bench.rng.random() < 0.2:  # header and table
                at, end = bench.rng.randrange(0, 64 + 64 * sections), 64 + 64 * sections
            else:
                offset, size = bench.rng.choice(spans)
                at, end = offset + bench.rng.randrange(size), offset + size
            value = bench.rng.choice([0, 1, 0x7F, 0x80, 0xFE, 0xFF, bench.rng.randrange(256)])
            for i in range(at, min(end, at + bench.rng.choice([1, 1, 4, 8]))):
                data[i] = value
        if bench.rng.random() < 0.05:
            data = data[:bench.rng.randrange(len(data))]
        (folder / "a.liantu").write_bytes(repaired_snapshot(data, library))
        for arguments in bench.rng.sample(READERS, 2):
            bench.sane(bench.run(arguments, limits=memory_limit()), {DONE, NEGATIVE, USAGE, BAD_INPUT, LIMIT})


def memory_limit():
    import resource
    return {resource.RLIMIT_AS: MEMORY}


MARK = b'"checksum": "'


def repaired_model(text, library):
    at = text.find(MARK)
    if at < 0:
        return text
    rest = text[at + len(MARK) + 32:]
    hash128 = library.XXH3_128bits(rest, len(rest))
    return text[:at + len(MARK)] + b"%016x%016x" % (hash128.high, hash128.low) + rest


NUMBERS = [b"-1", b"0", b"1e308", b"-1e308", b"1073741824", b"2147483648", b"4294967296", b"18446744073709551616",
           b"null", b"NaN", b'""', b"[]", b"1e-320", b"0.5", b"-0.0", b"0e43", b"[" * 3000]
NUMBER = re.compile(rb"(?<![\w.\"-])-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def mutated_text(rng, text):
    """A text of JSON with numbers replaced, lines moved and pieces cut out."""
    for _ in range(rng.choice([1, 1, 2, 5])):
        way = rng.random()
        if way < 0.7:
            found = list(NUMBER.finditer(text))
            if found:
                one = rng.choice(found)
                other = rng.choice(NUMBERS + [rng.choice(found).group()])
                text = text[:one.start()] + other + text[one.end():]
        elif way < 0.85:
            lines = text.split(b"\n")
            i, j = rng.randrange(len(lines)), rng.randrange(len(lines))
            lines[i] = lines[j] if rng.random() < 0.5 else b""
            text = b"\n".join(lines)
        else:
            at = rng.randrange(len(text))
            text = text[:at] + text[at + rng.choice([1, 8, 100]):]
    return text


def model_mutants(bench):
    library = xxhash()
    models = [path for path in (bench.base / "trees.json", bench.base / "logistic.json") if path.exists()]
    if not library or not models:
        bench.not_run = "libxxhash or the models are not there"
        return
    for path in models:
        if repaired_model(path.read_bytes(), library) != path.read_bytes():
            bench.find(f"the checksum of {path.name} is not over what stands behind it")
            return
    while bench.more(2000):
        folder = bench.fresh("a.liantu")
        text = repaired_model(mutated_text(bench.rng, bench.rng.choice(models).read_bytes()), library)
        (folder / "model.json").write_bytes(text)
        ran = bench.run(["rank", "a.liantu", *REGION, "--model", "model.json", "--force-model", "--json"], timeout=30,
                        limits=memory_limit())
        bench.sane(ran, {DONE, NEGATIVE, USAGE, BAD_INPUT, LIMIT})


def damaged_tables(bench):
    """Bytes of tables flipped, cut, inserted and moved: read or refused."""
    pieces = [b'"', b",", b"\n", b"\r", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae", b"=1+1",
              b"9" * 400, b"-", b"\xef\xbf\xbe", b"NaN", b"(500)", b"'", b"1e999", b"\x1b[2J", "万元".encode("gb18030")]
    while bench.more(2000):
        folder = bench.fresh("tables")
        paths = sorted((folder / "tables").glob("*.csv"))
        for path in bench.rng.sample(paths, bench.rng.randint(1, 3)):
            data = path.read_bytes()
            for _ in range(bench.rng.choice([1, 3, 20])):
                at = bench.rng.randrange(len(data) + 1)
                way = bench.rng.random()
                if way < 0.5:
                    data = data[:at] + bench.rng.choice(pieces) + data[at:]
                elif way < 0.8:
                    data = data[:at] + data[at + bench.rng.choice([1, 2, 50]):]
                else:
                    data = data[:at] + bytes([bench.rng.randrange(256)]) + data[at + 1:]
            path.write_bytes(data)
        for arguments in (["check", "tables", "--json"], ["build", "tables", "-o", "a.liantu", "-O", "--strict"],
                          ["build", "tables", "-o", "b.liantu", "-O", "--problems", "problems.json"]):
            ran = bench.run(arguments, limits=memory_limit())
            if bench.sane(ran, {DONE, NEGATIVE, BAD_INPUT, LIMIT}) and "--json" in arguments and ran.code < 2:
                try:
                    json.loads(ran.out)
                except ValueError as error:
                    bench.find(f"check --json is not JSON: {error}", ran)


# ---- names in every writer

NAMES = ['a"b\\c', "<b>&amp;</b>", "]]>", "--><script>", "\\N\\G\\l", "=cmd|' /C calc'!A0", "+1-2", "@SUM(A1)", "-2+3",
         "x\x1b[31my", "x\x08y", "x\x7fy", "x\u202egnp.exe", "x\ufffey", "x\uffffy", "x\u200by", "e\u0301", "𠮷野家", "👨‍👩‍👧",
         "x\u0085y", "x\u2028y", "{|}<f0>", "node", "graph", "subgraph", "%s%n", "a;b", "a,b", "a\tb", "(甲)", "　", "'", "\u00a0x",
         "\\", '"', "&#0;", "&#xFFFE;", "长" * 300]


def dot_reads(text):
    return subprocess.run(["dot", "-Tcanon"], input=text, capture_output=True, timeout=60).returncode == 0


def xml_reads(text):
    xml.etree.ElementTree.fromstring(text)
    return True


def html_reads(text):
    parser = html.parser.HTMLParser()
    parser.feed(text.decode("utf-8"))
    parser.close()
    return b"<script>" not in text or b"--><script>" not in text


def csv_reads(text):
    """Cells that a spreadsheet calculates are numbers, or codes that it should not take for some."""
    for row in csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")):
        for cell in row:
            if cell[:1] in ("=", "+", "-", "@") and not re.fullmatch(r'[-+]?[\d.,]+%?|-|="\w*"', cell):
                raise ValueError(f"a spreadsheet takes {cell!r} for a formula")
    return True


def json_reads(text):
    json.loads(text.decode("utf-8"))
    return True


def table_reads(text):
    return not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text.decode("utf-8"))


def xlsx_reads(data):
    """Every part is XML, and no cell calculates."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            root = xml.etree.ElementTree.fromstring(book.read(name))
            if any(one.tag.rpartition("}")[2] == "f" for one in root.iter()):
                raise ValueError(f"{name} has a cell that calculates")
    return True


def pdf_reads(data):
    """Every page by poppler, which says what it had to guess."""
    read = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, timeout=60)
    return read.returncode == 0 and not read.stderr


def png_reads(data):
    """All chunks whole and as many bytes of pixels as the picture has."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
    at, kind, packed, size = 8, b"", b"", 0
    while data[:8] == b"\x89PNG\r\n\x1a\n" and kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8:at + 8 + length]
        if zlib.crc32(kind + body) != struct.unpack_from(">I", data, at + 8 + length)[0]:
            return False
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack_from(">IIBB", body)
            size = height * (1 + (width * channels[colour] * depth + 7) // 8)
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    return at == len(data) and size > 0 and len(zlib.decompress(packed)) == size


def markdown_reads(text):
    """No control characters, and as many cells in each row of a table as its heading has."""
    cells = None  # of the table that the line before belongs to
    for line in text.decode("utf-8").splitlines():
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", line):
            return False
        bars = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))
        if not line.startswith("|"):
            cells = None
        elif cells is None:
            cells = bars
        elif bars != cells:
            raise ValueError(f"a row of {bars - 1} cells under a heading of {cells - 1}: {line[:200]}")
    return True


PARSERS = {"dot": dot_reads, "svg": xml_reads, "csv": csv_reads, "json": json_reads, "table": table_reads,
           "html": html_reads, "xlsx": xlsx_reads, "pdf": pdf_reads, "png": png_reads,
           "md": markdown_reads}
# Asked in every format that the verb writes.
QUESTIONS = [
    ["map", "a.liantu", *REGION],
    ["show", "a.liantu", "--ego", "FIRM"],
    ["show", "a.liantu", "--stats"],
    ["show", "a.liantu"],
    ["chain", "a.liantu", "智慧医疗装备", *REGION],
    ["chain", "a.liantu", *REGION],
    ["gaps", "a.liantu", *REGION],
    ["gaps", "a.liantu", "--each-district"],
    ["rank", "a.liantu", *REGION, "--top", "0"],
    ["explain", "a.liantu", *REGION, "--firm", "FIRM"],
    ["intro", "a.liantu", *REGION],
    ["diff", "a.liantu", "a.liantu", *REGION, "--all"],
    ["check", "tables", "--notes"],
    ["evaluate", "a.liantu", "--no-learned", "--hide", "0.3"],
]


def hostile_names(bench):
    """Names that mean something to a format: every writer's output is read by a parser of that format."""
    asked = [(words, form) for words in QUESTIONS for form in verbs.formats(bench.program, words[0])]
    unknown = sorted({form for _, form in asked} - set(PARSERS))
    if unknown:
        bench.not_run = f"no parser for {', '.join(unknown)}"
        return
    while bench.more(1200):
        folder = bench.fresh("tables")
        heading, rows = tables.read(folder / "tables" / "企业.csv")
        renamed = {}
        for row in bench.rng.sample(rows, len(rows) // 2):
            renamed[row[0]] = (row[0][:4] + bench.rng.choice(NAMES) if bench.rng.random() < 0.5
                               else bench.rng.choice(NAMES) + row[0][2:6])
        for segment in tables.read(folder / "tables" / "环节.csv")[1]:
            if bench.rng.random() < 0.3 and segment[0] != "智慧医疗装备":
                renamed[segment[0]] = segment[0] + bench.rng.choice(NAMES)
        tables.change(folder / "tables", lambda _, h, rows: [[renamed.get(cell, cell) for cell in row] for row in rows])
        built = bench.run(["build", "tables", "-o", "a.liantu", "-O"])
        if not bench.sane(built, {DONE, BAD_INPUT}) or built.code != DONE:
            continue
        for words, form in bench.rng.sample(asked, 8):
            firm = bench.rng.choice(rows)[0]
            firm = renamed.get(firm, firm)
            (folder / "out").unlink(missing_ok=True)
            arguments = [firm if word == "FIRM" else word for word in words]
            ran = bench.run([*arguments, "-o", "out", "-O", "-f", form, "--lang", bench.rng.choice(["en", "zh"])])
            if not bench.sane(ran, {DONE, NEGATIVE, USAGE}) or not (folder / "out").exists():
                continue  # not in that form, or the firm is on no list
            try:
                good = PARSERS[form](bytes_of(folder / "out"))
            except Exception as error:  # any complaint of a parser is a find
                bench.find(f"{form}: {error}", built, ran)
                continue
            if not good:
                bench.find(f"{form} is not what its format allows", built, ran)


CHECKS = {
    "snapshot_mutants": (snapshot_mutants, "snapshots changed behind valid checksums: read or refused"),
    "model_mutants": (model_mutants, "models changed behind a valid checksum: used or refused"),
    "damaged_tables": (damaged_tables, "tables with bytes flipped, cut and inserted: read or refused"),
    "hostile_names": (hostile_names, "names that mean something to a format: every output parses"),
}
