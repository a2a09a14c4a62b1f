#!/usr/bin/env bash
# A workbook that another program wrote, in every format, is read to the same graph as its CSV twin, and what is read of
# it is said.
# Usage: workbooks.sh LIANTU FOLDER
set -euo pipefail
liantu=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)

rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"

# Builds a folder of tables and writes down what the graph says, without where it was read from.
graph_of() { # NAME FOLDER
  "$liantu" build "$2" -o "$1.liantu" --lang en 2>"$1.err" || { cat "$1.err"; exit 1; }
  for firm in 示例机械制造有限公司 示例电池科技有限公司 示例隔膜材料有限公司; do
    "$liantu" show "$1.liantu" --ego $firm --depth 2 --json
  done >"$1.json"
  # What is stated to be bought, in yuan; no gap is an answer, too.
  "$liantu" gaps "$1.liantu" --region 500104 --json >>"$1.json" || [ $? = 1 ]
  sed -E -i '/"digest"|"file"|"sheet"|"row"|"name": "[a-z_]*\.liantu"/d' "$1.json"
}

# Files that python3-openpyxl, LibreOffice and SQLite wrote, kept beside this script.
for kind in twin xlsx ods xls sqlite; do
  graph_of kept_$kind "$here/kept/$kind"
  diff -u kept_twin.json kept_$kind.json || { echo "workbooks: $kind gives another graph"; exit 1; }
done
echo "workbooks: kept files give the same graph"

# The system's own Python has the package.
python=/usr/bin/python3
"$python" -c 'import openpyxl' 2>/dev/null || {
  echo "workbooks: skipped: python3-openpyxl is not installed (scripts/setup)"
  exit 77
}
"$python" "$here/make_workbooks.py" .
graph_of book book
graph_of twin twin
diff -u twin.json book.json
grep -q '"demand": 36000000' book.json || { echo "workbooks: amounts are not in yuan"; exit 1; }
if command -v soffice >/dev/null; then
  for kind in ods xls; do
    # A profile of its own, so that an office that is open does not take the order.
    soffice "-env:UserInstallation=file://$PWD/profile" --headless --convert-to $kind --outdir $kind \
      book/企业台账.xlsx >soffice.out 2>&1 || { cat soffice.out; exit 1; }
    graph_of $kind $kind
    diff -u twin.json $kind.json || { echo "workbooks: LibreOffice's .$kind gives another graph"; exit 1; }
  done
else
  echo "workbooks: .ods and .xls of LibreOffice skipped: it is not installed (scripts/setup full)"
fi
for words in \
  '企业台账.xlsx#规上企业!A3: headings in rows 3–4, data in rows 5–8, amounts in 万元 (G2); titles: 1–2; footnotes: 10' \
  '企业台账.xlsx#供货!A1: headings in row 1, data in rows 2–3; headings again: 4' 'hidden sheets 1'; do
  grep -qF "$words" book.err || { echo "workbooks: not said: $words"; cat book.err; exit 1; }
done
# The hidden sheet is read when asked for, and alone when named.
"$liantu" build book --hidden -o hidden.liantu 2>hidden.err
grep -q '旧数据' hidden.err
"$liantu" check 'book/企业台账.xlsx#旧数据' >/dev/null 2>&1

# A statistics office's, as it is and as LibreOffice saves it; what differs is where it was read from.
kinds="bureau_twin bureau"
if command -v soffice >/dev/null; then
  mkdir -p bureau_office
  soffice "-env:UserInstallation=file://$PWD/office" --headless --convert-to xlsx --outdir bureau_office \
    bureau/统计年报2023.xlsx >/dev/null 2>&1 && kinds="$kinds bureau_office"
fi
for kind in $kinds; do
  "$liantu" build $kind -o $kind.liantu --lang en 2>$kind.err
  for firm in 示例齿轮箱制造有限公司 示例锂电池制造有限公司 示例隔膜厂; do
    "$liantu" show $kind.liantu --ego $firm --depth 2 --json
  done >$kind.json
  sed -E -i '/"digest"|"file"|"sheet"|"row"|"name": "bureau.*liantu"/d' $kind.json
  diff -u bureau_twin.json $kind.json
done
grep -qF 'B204-1表!A3: headings in rows 3–4' bureau.err || { cat bureau.err; exit 1; }

# The spoilt one: every fault is named at its cell, and the same bytes come out each time.
for n in 1 2; do
  "$liantu" check spoilt -o problems$n.xlsx --lang en 2>/dev/null && exit 1
done
cmp problems1.xlsx problems2.xlsx
"$liantu" check spoilt --lang en >spoilt.txt 2>/dev/null || true
for words in '!B6 .*turned the code into a number' '!E6 .*not a date' '!F9 .*rough|!F9 .*approximate' '!D9 .*the code is used' \
  '!H10|!C10 .*no name'; do
  grep -qE "$words" spoilt.txt || { echo "workbooks: not found: $words"; cat spoilt.txt; exit 1; }
done
echo "workbooks: the same graph"
