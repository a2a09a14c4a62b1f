#!/usr/bin/env bash
# The same tables as CSV files, in an SQLite file, and in each database that a driver and a server are installed for
# give the same graph, and no password is told. Servers run in a folder of their own, reached by a socket in it.
# Usage: databases.sh LIANTU FOLDER
set -euo pipefail
liantu=$1
folder=$2
here=$(cd "$(dirname "$0")" && pwd)
python=/usr/bin/python3
skip() { echo "databases: $1"; }

rm -rf "$folder"
mkdir -p "$folder"
# A socket's path may have 107 bytes; build folders are often longer.
work=$(mktemp -d -t liantu-databases.XXXXXX)
servers=()
as_nobody=()
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
fi
end() {
  for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done
  for server in "${servers[@]}"; do wait "$server" 2>/dev/null || true; done
  rm -rf "$work"
}
trap end EXIT

cd "$folder"
mkdir twin
cat >twin/企业.csv <<'CSV'
企业名称,地区代码,成立日期,营业收入（万元）,从业人数
示例机械制造有限公司,500104,2011-02-03,52000,320
示例电池科技有限公司,500104,2015-11-20,12345.5,80
示例隔膜材料有限公司,510107,2018-07-01,8000,
CSV
cat >twin/供货.csv <<'CSV'
供货方,采购方,采购产品,年采购额（万元）,采购占比
示例隔膜材料有限公司,示例电池科技有限公司,隔膜,1200,35%
示例电池科技有限公司,示例机械制造有限公司,电池,3000,60%
CSV
cat >twin/主营.csv <<'CSV'
企业,环节,产值（万元）
示例机械制造有限公司,机械,50000
示例电池科技有限公司,电池,12000
CSV
"$python" "$here/make_databases.py" twin data

# Builds from a source and writes down what the graph says, without where it was read from.
graph_of() { # NAME SOURCE…
  local name=$1
  shift
  "$liantu" build "$@" -o "$name.liantu" --lang en >"$name.out" 2>"$name.err" || {
    echo "databases: $name could not be built"
    cat "$name.err"
    exit 1
  }
  for firm in 示例机械制造有限公司 示例电池科技有限公司 示例隔膜材料有限公司; do
    "$liantu" show "$name.liantu" --ego $firm --depth 2 --json
  done >"$name.json"
  sed -E -i '/"digest"|"file"|"sheet"|"row"|"name": "[a-z]*\.liantu"/d' "$name.json"
  if grep -aq 'geheim' "$name.liantu" "$name.err" "$name.out" "$name.json"; then
    echo "databases: $name tells the password"
    exit 1
  fi
}
same() {
  graph_of "$@"
  diff -u twin.json "$1.json" || { echo "databases: $1 gives another graph"; exit 1; }
  echo "databases: $1: the same graph"
}
refused() { # WHAT EXIT SOURCE
  local code=0
  "$liantu" check "$3" >refused.out 2>&1 || code=$?
  if [ "$code" != "$2" ] || grep -q geheim refused.out; then
    echo "databases: $1: exit $code instead of $2, or the password is told"
    cat refused.out
    exit 1
  fi
}

graph_of twin twin
same sqlite data.sqlite
drivers=$(odbcinst -q -d 2>/dev/null || true)

if grep -q '^\[SQLite3\]' <<<"$drivers"; then
  same sqliteodbc "odbc:Driver=SQLite3;Database=$PWD/data.sqlite;PWD=geheim"
  refused 'a statement that writes' 3 "odbc:Driver=SQLite3;Database=$PWD/data.sqlite?query=DELETE FROM 企业"
else
  skip "SQLite through ODBC skipped: libsqliteodbc is not installed (scripts/setup full)"
fi

# Waits until a command succeeds.
until_up() {
  for _ in $(seq 100); do
    "$@" >/dev/null 2>&1 && return 0
    sleep 0.2
  done
  return 1
}

initdb=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -1 || true)
if [ -n "$initdb" ] && grep -q '^\[PostgreSQL Unicode\]' <<<"$drivers"; then
  bin=$(dirname "$initdb")
  mkdir "$work/pg"
  printf geheim >"$work/password"
  [ "$(id -u)" != 0 ] || chown -R 65534:65534 "$work"
  "${as_nobody[@]}" "$bin/initdb" -D "$work/pg/data" -U reader --pwfile "$work/password" -A scram-sha-256 -E UTF8 \
    --locale C >"$work/initdb.out" 2>&1
  "${as_nobody[@]}" "$bin/postgres" -D "$work/pg/data" -k "$work/pg" -c listen_addresses= -p 54329 \
    >"$work/postgres.out" 2>&1 &
  servers+=($!)
  export PGPASSWORD=geheim
  psql=("$bin/psql" -q -h "$work/pg" -p 54329 -U reader postgres)
  until_up "${psql[@]}" -c 'SELECT 1' || { echo "databases: PostgreSQL does not start"; cat "$work/postgres.out"; exit 1; }
  "${psql[@]}" -v ON_ERROR_STOP=1 -f data.pg.sql
  source="odbc:Driver=PostgreSQL Unicode;Server=$work/pg;Port=54329;Database=postgres;UID=reader;PWD=geheim"
  same postgresql "$source"
  "$liantu" check "$source?table=企业" >one.out 2>&1 || [ $? = 1 ] || { cat one.out; exit 1; }
  "$liantu" check "$source?query=SELECT \"企业名称\", \"地区代码\" FROM \"企业\"" >one.out 2>&1 || [ $? = 1 ] || {
    cat one.out
    exit 1
  }
  refused 'no such table' 3 "$source?table=无"
  refused 'a statement that writes' 3 "$source?query=WITH gone AS (DELETE FROM \"企业\" RETURNING *) SELECT * FROM gone"
  refused 'a wrong password' 4 "${source}x"
  code=0
  "$liantu" check "$source?query=SELECT pg_sleep(60)" --limit query_seconds=1 >slow.out 2>&1 || code=$?
  [ $code = 5 ] || { echo "databases: a slow query ends with $code"; cat slow.out; exit 1; }
  # The server goes away half-way.
  "$liantu" check "$source?query=SELECT pg_sleep(5)" >gone.out 2>&1 &
  reader=$!
  sleep 1
  kill -QUIT "${servers[-1]}"
  code=0
  wait $reader || code=$?
  [ $code = 4 ] || { echo "databases: a server that goes away ends with $code"; cat gone.out; exit 1; }
else
  skip "PostgreSQL skipped: postgresql or odbc-postgresql is not installed (scripts/setup full)"
fi

if command -v mariadbd mariadb-install-db >/dev/null && grep -q '^\[MariaDB Unicode\]' <<<"$drivers"; then
  mkdir "$work/my"
  [ "$(id -u)" != 0 ] || chown 65534:65534 "$work/my"
  "${as_nobody[@]}" mariadb-install-db --no-defaults --datadir="$work/my/data" --auth-root-authentication-method=normal \
    --skip-test-db >"$work/install.out" 2>&1 || { cat "$work/install.out"; exit 1; }
  "${as_nobody[@]}" mariadbd --no-defaults --datadir="$work/my/data" --socket="$work/my/s" --skip-networking \
    --pid-file="$work/my/pid" --character-set-server=utf8mb4 >"$work/mariadbd.out" 2>&1 &
  servers+=($!)
  client=(mariadb --no-defaults --default-character-set=utf8mb4 -S "$work/my/s" -u root)
  until_up "${client[@]}" -e 'SELECT 1' || { echo "databases: MariaDB does not start"; cat "$work/mariadbd.out"; exit 1; }
  "${client[@]}" -e "CREATE DATABASE liantu CHARACTER SET utf8mb4;
    CREATE USER reader@localhost IDENTIFIED BY 'geheim'; GRANT ALL ON liantu.* TO reader@localhost;"
  "${client[@]}" liantu <data.my.sql
  source="odbc:Driver=MariaDB Unicode;Socket=$work/my/s;Database=liantu;UID=reader;PWD=geheim;CHARSET=utf8mb4"
  same mariadb "$source"
  refused 'no such table' 3 "$source?table=无"
  refused 'a statement that writes' 3 "$source?query=DELETE FROM 企业"
  code=0
  "$liantu" check "$source?query=SELECT SLEEP(60)" --limit query_seconds=1 >slow.out 2>&1 || code=$?
  [ $code = 5 ] || { echo "databases: a slow query ends with $code"; cat slow.out; exit 1; }
else
  skip "MariaDB skipped: mariadb-server or odbc-mariadb is not installed (scripts/setup full)"
fi
