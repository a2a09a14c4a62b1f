#!/usr/bin/env bash
# Runs every command of the README's `sh` blocks, in order, with the program given, and checks what they leave behind.
# Usage: tests/readme.sh PROGRAM SOURCE_FOLDER
set -euo pipefail
program=$1
source=$2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$program" "$work/bin/liantu"
ln -s "$source/graphs" "$work/graphs"
ln -s "$source/examples" "$work/examples"
PATH=$work/bin:$PATH
cd "$work"

count=0
while IFS= read -r command; do
  [ -n "$command" ] || continue
  case $command in
    liantu\ *) ;;
    *) echo "README: '$command' is no liantu command"; exit 1 ;;
  esac
  echo "+ $command"
  eval "$command" > output.txt
  count=$((count + 1))
done < <(awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$source/README.md")
[ "$count" -ge 8 ] || { echo "README: only $count commands found"; exit 1; }

# The two commands at the top exist and can be run, and the files the README speaks of are there.
for path in scripts/demo scripts/test; do
  [ -x "$source/$path" ] || { echo "README: $path cannot be run"; exit 1; }
  head -n 5 "$source/README.md" | grep -q "$path" || { echo "README: $path is not at the top"; exit 1; }
done
for path in docs/map.svg examples/real_data.md examples/policy.json examples/mappings docs/mapping.md docs/policy.md docs/snapshot.md docs/synth.md docs/gaps.md docs/evaluation.md docs/quality.md CONTRIBUTING.md LICENSE; do
  [ -e "$source/$path" ] || { echo "README: $path is missing"; exit 1; }
done
[ "$(head -c 3 prospects.csv | od -An -tx1 | tr -d ' ')" = efbbbf ] || { echo "prospects.csv has no byte order mark"; exit 1; }
grep -q 'cluster' map.svg && grep -q '</svg>' map.svg || { echo "map.svg is no drawn map"; exit 1; }
liantu rank dadukou.liantu --region 500104 --policy examples/policy.json --json > with.json
liantu rank dadukou.liantu --region 500104 --json > without.json
diff <(grep -v '"policy"' with.json) <(grep -v '"policy"' without.json) > /dev/null ||
  { echo "examples/policy.json is not the default policy"; exit 1; }
echo "$count commands"
