#!/usr/bin/env bash
# One run at national scale: makes a synthetic country, opens it both ways and finds the gaps of one
# district; prints times and peak memory, and keeps everything in out/national. The figures stand in
# docs/performance.md.
#
#   bench/national.sh [RELATIONS]      100000000 unless said otherwise; see docs/performance.md
set -euo pipefail
cd "$(dirname "$0")/.."

relations=${1:-100000000}
out=out/national
file=$out/country.liantu
mkdir -p $out

cmake --preset release -DLIANTU_BENCH=ON >/dev/null
cmake --build --preset release --target liantu_cli liantu_open >/dev/null

# measured NAME COMMAND...: runs it; prints wall time, processor time and peak memory.
measured() {
  local name=$1
  shift
  /usr/bin/env python3 - "$name" "$@" 3>$out/"${name// /_}".txt <<'PYTHON'
import os, resource, subprocess, sys, time
start = time.monotonic()
code = subprocess.call(sys.argv[2:], stdout=3, stderr=subprocess.STDOUT, close_fds=False)
wall = time.monotonic() - start
use = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{sys.argv[1]}: {wall:.2f} s, processor {use.ru_utime + use.ru_stime:.2f} s, "
      f"peak {use.ru_maxrss / 1e6:.2f} GB, exit {code}", flush=True)
PYTHON
}

echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores," \
  "$(awk '/MemTotal/ {printf "%.0f GB", $2 / 1e6}' /proc/meminfo), load $(cut -d' ' -f1 /proc/loadavg)"
measured "build" build/release/liantu synth --relations "$relations" -o $file -O
echo "snapshot: $(stat -c %s $file) bytes"
build/release/bench/liantu_open $file 3
district=$(grep -o 'region [0-9]*' $out/build.txt | head -1 | cut -d' ' -f2)
measured "gaps" build/release/liantu gaps $file --region "$district"
measured "show" build/release/liantu show $file
