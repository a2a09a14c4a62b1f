#!/usr/bin/env bash
# What reading tables costs beside what others take for the same files: processor seconds of each, in one run.
# Usage: bench/readers.sh LIANTU_READERS FOLDER      FOLDER is made and filled with some 250 MB of files
# Needs python3-openpyxl, sqlite3 and LibreOffice (scripts/setup full); a peer that is missing is left out.
set -euo pipefail
reader=$1
folder=$2
mkdir -p "$folder"
cd "$folder"
python=/usr/bin/python3

# Processor seconds, own and of the system, of a command.
TIMEFORMAT='%U %S'
seconds() {
  local taken
  taken=$({ time "$@" >/dev/null 2>&1; } 2>&1) || { echo "failed: $*" >&2; return 1; }
  awk '{ printf "%.2f", $1 + $2 }' <<<"$taken"
}
office() {
  soffice "-env:UserInstallation=file://$PWD/profile" --headless --convert-to "$1" --outdir out "$2"
}

[ -f cells1200000.xlsx ] || "$reader" --make 1200000 cells1200000.xlsx
[ -f cells300000.xlsx ] || "$reader" --make 300000 cells300000.xlsx
[ -f rows1000000.csv ] || "$python" - <<'PY'
import csv, random, sqlite3
random.seed(500104)
rows = [(i, f"示例第{random.randrange(20000)}号机械制造有限公司", "大渡口区人民东路%d号" % random.randrange(1000),
         random.randrange(10**6), random.random() * 1e5, "存续") for i in range(1, 1_000_001)]
names = ["编号", "企业名称", "地址", "从业人数", "营业收入", "登记状态"]
with open("rows1000000.csv", "w", newline="", encoding="utf-8") as out:
    csv.writer(out).writerows([names] + rows)
database = sqlite3.connect("rows1000000.sqlite")
database.execute("CREATE TABLE 企业 (编号 INTEGER PRIMARY KEY, 企业名称, 地址, 从业人数 INTEGER, 营业收入 REAL, 登记状态)")
database.executemany("INSERT INTO 企业 VALUES (?, ?, ?, ?, ?, ?)", rows)
database.commit()
PY

"$reader" cells1200000.xlsx
if "$python" -c 'import openpyxl' 2>/dev/null; then
  echo "  openpyxl, read_only: $(seconds "$python" -c '
import openpyxl
for sheet in openpyxl.load_workbook("cells1200000.xlsx", read_only=True, data_only=True):
    for row in sheet.iter_rows(values_only=True):
        pass') s"
fi
if command -v soffice >/dev/null; then
  office csv cells300000.xlsx >/dev/null 2>&1 # makes its profile
  echo "  LibreOffice to CSV: $(seconds office csv cells1200000.xlsx) s"
  [ -f out/cells300000.xls ] || office xls cells300000.xlsx >/dev/null 2>&1
  "$reader" out/cells300000.xls
  echo "  LibreOffice to CSV: $(seconds office csv out/cells300000.xls) s"
fi
"$reader" rows1000000.csv
echo "  Python's csv: $(seconds "$python" -c '
import csv
for row in csv.reader(open("rows1000000.csv", newline="", encoding="utf-8")):
    pass') s"
"$reader" rows1000000.sqlite
if command -v sqlite3 >/dev/null; then
  echo "  sqlite3 -csv: $(seconds sqlite3 -csv rows1000000.sqlite 'SELECT * FROM 企业') s"
fi
