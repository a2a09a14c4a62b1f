#!/usr/bin/env bash
# Whether a program is built as a release should be: position independent, relocations read-only once it has started,
# stacks with canaries, calls of the C library that check lengths.
# Usage: tests/hardened.sh PROGRAM
set -euo pipefail
export LC_ALL=C
program=${1:?usage: tests/hardened.sh PROGRAM}

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
symbols=$(readelf --wide --dyn-syms "$program")
expect "stack canaries (__stack_chk_fail)" '__stack_chk_fail' "$symbols"
expect "checked calls (_FORTIFY_SOURCE)" '__[a-z_]+_chk(@|$| )' "$(grep -v __stack_chk_fail <<<"$symbols")"
if readelf --wide --program-headers "$program" | grep -E 'GNU_STACK' | grep -q 'RWE'; then
  echo "hardened: $program has an executable stack" >&2
  failed=1
fi
exit $failed
