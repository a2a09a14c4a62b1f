#!/usr/bin/env bash
# Liantu beside its peers on the same files in one run, and a table of ratios.
#
#   LIANTU_PEERS=FOLDER bench/peers.sh [100k | 1m] [SECONDS]
#
# FOLDER holds the peers' programs, which are no part of the project: gen.cpp limit.cpp bench_bgl.cpp
# bench_grb.cpp bench_igraph.c bench_py.py. SECONDS (600) ends each program. A program that cannot be
# built or run stands in the table without figures. Everything printed is kept in out/peers.
set -euo pipefail
cd "$(dirname "$0")/.."

peers=${LIANTU_PEERS:?set it to the folder of the peers\' programs}
size=${1:-100k}
limit=${2:-600}
case $size in
  100k) shape=(100000 1000000 2.5 1) ;;
  1m) shape=(1000000 10000000 2.5 2) ;;
  *) echo "usage: bench/peers.sh [100k | 1m] [SECONDS]" >&2; exit 2 ;;
esac

out=out/peers
mkdir -p $out
log=$out/$size.log
: >"$log"
note() { echo "# $*" | tee -a "$log" >&2; }

# build NAME COMPILER ARGUMENTS...: compiles a peer.
build() {
  local name=$1
  shift
  note "$name: $*"
  "$@" -o "$out/$name" 2>>"$log" || note "$name cannot be built"
}

# run NAME COMMAND...: what it prints, each line behind its name.
run() {
  local name=$1
  shift
  note "running $name"
  { timeout "$limit" "$@" 2>/dev/null || echo "ended"; } | sed "s|^|$name\t|" >>"$log"
}

note "$(date -u +%FT%TZ), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores," \
  "$(awk '/MemTotal/ {printf "%.0f GB", $2 / 1e6}' /proc/meminfo), load $(cut -d' ' -f1 /proc/loadavg)"
note "$(g++ --version | head -1)"
build gen g++ -O2 "$peers/gen.cpp"
build limit g++ -O3 -march=native -std=c++20 "$peers/limit.cpp"
build bgl g++ -O3 -march=native -std=c++20 "$peers/bench_bgl.cpp"
build grb g++ -O3 -march=native -std=c++20 "$peers/bench_grb.cpp" -lgraphblas
build igraph gcc -O3 -march=native -I/usr/include/igraph "$peers/bench_igraph.c" -ligraph -lm
cmake --preset release -DLIANTU_BENCH=ON >/dev/null
cmake --build --preset release >/dev/null
note "liantu: $(sed -n 's/^CMAKE_CXX_FLAGS_RELEASE:STRING=//p' build/release/CMakeCache.txt)"

graph=$out/$size.txt
[[ -s $graph.src ]] || $out/gen "${shape[@]}" "$graph" 2>>"$log"

[[ -s $graph.named ]] || sed 's/[0-9][0-9]*/n&/g' "$graph" >"$graph.named"

run limit env GLIBC_TUNABLES=glibc.malloc.hugetlb=1 $out/limit "$graph" "$graph.src"
run named build/release/bench/liantu_edges "$graph.named" load
run liantu build/release/bench/liantu_edges "$graph"
if [[ -x build/release/bench/liantu_links ]]; then
  run links build/release/bench/liantu_links "$graph" "$graph.src"
else
  note "liantu_links is not built: no figures of RA, L3 and PPR"
fi
run bgl $out/bgl "$graph"
run grb $out/grb "$graph" 1
run py /usr/bin/python3 "$peers/bench_py.py" scipy "$graph" "$((limit / 4))"
run py /usr/bin/python3 "$peers/bench_py.py" graphtool "$graph" "$((limit / 4))"
run igraph $out/igraph "$graph" 100 "$((limit / 4))"
# The limit again, so that a change of the machine on the way shows.
run limit env GLIBC_TUNABLES=glibc.malloc.hugetlb=1 $out/limit "$graph" "$graph.src"

python3 bench/peers_table.py "$log"
