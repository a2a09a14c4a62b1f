#!/usr/bin/env python3
"""Writes the workbooks of corpus/xlsx: what a reader of workbooks must survive, the same bytes each time.

Usage: make_xlsx_corpus.py FOLDER
"""
import pathlib
import struct
import sys
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ROWS = ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
        '<row r="2"><c r="A2" s="1"><v>44260</v></c><c r="B2" t="b"><v>1</v></c></row>')


def parts(sheet=None, strings=None, names=("表",), extra=None, state=""):
    sheet = sheet if sheet is not None else f"<sheetData>{ROWS}</sheetData>"
    strings = strings if strings is not None else "<si><t>a</t></si>"
    out = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{REL}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>' + "".join(
            f'<sheet name="{n}" sheetId="{i}" {state} r:id="s{i}"/>' for i, n in enumerate(names, 1)) +
            "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">' + "".join(
            f'<Relationship Id="s{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i, n in enumerate(names, 1)) +
            f'<Relationship Id="t" Type="{REL}/styles" Target="styles.xml"/>'
            f'<Relationship Id="u" Type="{REL}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
                         "</styleSheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    for i, _ in enumerate(names, 1):
        out[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    out.update(extra or {})
    return out


def write(path, files):
    with zipfile.ZipFile(path, "w") as out:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            data = content if isinstance(content, bytes) else content.encode()
            out.writestr(info, data, zipfile.ZIP_DEFLATED, 9)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    sheet_part = "xl/worksheets/sheet1.xml"
    cases = {
        "plain": parts(),
        "two_sheets": parts(names=("甲", "乙")),
        "all_hidden": parts(state='state="hidden"'),
        "same_name_twice": parts(names=("甲", "甲")),
        "flat_bomb": parts(sheet="<sheetData>" + " " * (24 << 20) + "</sheetData>"),
        "rows_bomb": parts(sheet="<sheetData>" + "<row><c><v>1</v></c></row>" * 200_000 + "</sheetData>"),
        "entity_bomb": parts(extra={sheet_part: '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">'
                                                '<!ENTITY c "&b;&b;&b;&b;">]><worksheet>&c;&c;</worksheet>'}),
        "external_entity": parts(extra={sheet_part: '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                                                    "<worksheet><sheetData><row><c><v>&a;</v></c></row></sheetData>"
                                                    "</worksheet>"}),
        "external_target": parts(extra={"xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship '
                                        f'Id="s1" Type="{REL}/worksheet" TargetMode="External" '
                                        'Target="file:///etc/passwd"/></Relationships>'}),
        "path_traversal": parts(extra={"../../../../tmp/x": "x", "/etc/x": "x", "xl/_rels/workbook.xml.rels":
                                f'<Relationships xmlns="{PACKAGE}"><Relationship Id="s1" Type="{REL}/worksheet" '
                                'Target="../../../../tmp/x"/></Relationships>'}),
        "far_cell": parts(sheet='<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576">'
                                "<v>1</v></c></row></sheetData>"),
        "beyond_the_last_cell": parts(sheet='<sheetData><row r="4294967295"><c r="ZZZZZZZ9"><v>1</v></c></row></sheetData>'),
        "rows_backwards": parts(sheet='<sheetData><row r="9"><c><v>1</v></c></row><row r="3"><c><v>1</v></c></row></sheetData>'),
        "cells_backwards": parts(sheet='<sheetData><row r="1"><c r="C1"><v>1</v></c><c r="A1"><v>2</v></c>'
                                       '<c r="A1"><v>3</v></c></row></sheetData>'),
        "cell_in_cell": parts(sheet='<sheetData><row><c><v>1</v><c><v>2</v></c></c><row><c><v>3</v></c></row></row></sheetData>'),
        "cell_without_row": parts(sheet="<sheetData><c><v>1</v></c><v>2</v></sheetData>"),
        "strings_unused": parts(strings="<si><t>x</t></si>" * 100_000),
        "string_index_beyond": parts(strings=""),
        "overlapping_merges": parts(sheet=f"<sheetData>{ROWS}" + "".join(
            f'<row r="{i}"><c r="B{i}"><v>{i}</v></c></row>' for i in range(3, 300)) + "</sheetData><mergeCells>" +
            '<mergeCell ref="A1:XFD1048576"/>' * 300 + '<mergeCell ref="B2:A1"/><mergeCell ref="A0:B9"/>'
            '<mergeCell ref="A:B"/><mergeCell ref="A2:A1048576"/></mergeCells>'),
        "invalid_utf8": parts(extra={sheet_part: b'<worksheet><sheetData><row><c t="str"><v>\xff\xfe</v></c></row>'
                                                 b"</sheetData></worksheet>"}),
        "bidi_and_escapes": parts(strings="<si><t>\u202egpj_x0000_ _x202E_ _xD800_ _x005F_x</t></si>"),
        "utf16": parts(extra={sheet_part: f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{MAIN}"><sheetData>'
                                          f"{ROWS}</sheetData></worksheet>".encode("utf-16")}),
        "broken_xml": parts(extra={sheet_part: "<worksheet><sheetData><row>"}),
        "no_sheet_part": {k: v for k, v in parts().items() if k != sheet_part},
        "no_rels": {k: v for k, v in parts().items() if not k.endswith(".rels")},
        "binary_workbook": parts(extra={"_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" '
                                 f'Type="{REL}/officeDocument" Target="xl/workbook.bin"/></Relationships>'}),
        "long_attribute": parts(sheet='<sheetData x="' + "y" * (5 << 20) + '"/>'),
        "numbers": parts(sheet="<sheetData><row>" + "".join(f'<c s="{i % 3}"><v>{v}</v></c>' for i, v in enumerate(
            ["1E308", "-1E308", "1E-320", "NaN", "inf", "0x10", "60", "59.99999999999", "-0", "2958466", "1e+17", "", "+5"])) +
            "</row></sheetData>"),
    }
    for name, files in cases.items():
        write(folder / f"{name}.xlsx", files)
    plain = (folder / "plain.xlsx").read_bytes()
    (folder / "truncated.xlsx").write_bytes(plain[: len(plain) * 2 // 3])
    wrong = bytearray(plain)
    wrong[plain.find(b"xl/worksheets") + 40] ^= 0x55
    (folder / "wrong_bytes.xlsx").write_bytes(wrong)
    directory = plain.find(b"PK\1\2")
    second = plain.find(b"PK\1\2", directory + 4)
    overlap = bytearray(plain)
    overlap[second + 42: second + 46] = plain[directory + 42: directory + 46]
    (folder / "overlapping.xlsx").write_bytes(overlap)
    many = bytearray(plain)
    end = plain.rfind(b"PK\5\6")
    many[end + 10: end + 12] = struct.pack("<H", 65535)
    (folder / "too_many_entries.xlsx").write_bytes(many)
    encrypted = bytearray(plain)
    encrypted[directory + 8] |= 1
    (folder / "encrypted_entry.xlsx").write_bytes(encrypted)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    (folder / "password.xlsx").write_bytes(ole + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le"))
    (folder / "old_format.xlsx").write_bytes(ole + b"\0" * 504)
    (folder / "web_page.xlsx").write_bytes("<html><table><tr><td>企业名称</td></tr></table></html>".encode())
    (folder / "empty.xlsx").write_bytes(b"")


main()
