#!/usr/bin/env bash
# Whether a program is built as a release should be: position independent, relocations read-only once it has started,
# stacks with canaries. What leaves no trace in a program that hardly calls the C library, checked calls and stack
# clash protection, is looked for in the compiler's commands beside it.
# Usage: tests/hardened.sh PROGRAM, or FOLDER: a small program that is built there by the flags of a release
set -euo pipefail
export LC_ALL=C
program=${1:?usage: tests/hardened.sh PROGRAM|FOLDER}
if [ ! -f "$program" ]; then
  cmake --preset release -S "$(dirname "$0")/.." -B "$program" >/dev/null
  cmake --build "$program" --target liantu_hardened >/dev/null
  program=$program/liantu_hardened
fi

failed=0
expect() { # WHAT PATTERN LISTING
  if ! grep -qE "$2" <<<"$3"; then
    echo "hardened: $program has no $1" >&2
    failed=1
  fi
}

expect "position independent code (PIE)" 'Type: +DYN' "$(readelf --wide --file-header "$program")"
expect "read-only relocations (RELRO)" 'GNU_RELRO' "$(readelf --wide --program-headers "$program")"
expect "binding at start (BIND_NOW, full RELRO)" 'BIND_NOW|Flags:.*NOW' "$(readelf --wide --dynamic "$program")"
expect "stack canaries (__stack_chk_fail)" '__stack_chk_fail' "$(readelf --wide --dyn-syms "$program")"
if readelf --wide --program-headers "$program" | grep -E 'GNU_STACK' | grep -q 'RWE'; then
  echo "hardened: $program has an executable stack" >&2
  failed=1
fi
commands=$(grep '"command"' "$(dirname "$program")/compile_commands.json" | grep -E '/src/[a-z_/]+\.cpp')
for flag in -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection; do
  without=$(grep -cv -- "$flag" <<<"$commands" || true)
  if [ "$without" != 0 ]; then
    echo "hardened: $without sources of $program are compiled without $flag" >&2
    failed=1
  fi
done
exit $failed
