#!/usr/bin/env bash
# Whether a shared library shows what public headers declare and hides what sources keep to themselves.
# Usage: tests/package/symbols.sh LIBRARY
set -euo pipefail
export LC_ALL=C
library=${1:?usage: tests/package/symbols.sh LIBRARY}
shown=$(nm --dynamic --defined-only --demangle "$library")
failed=0
for public in 'liantu::find_gaps(' 'liantu::GraphBuilder::build(' 'typeinfo for liantu::Error'; do
  if ! grep -qF " $public" <<<"$shown"; then
    echo "symbols: $library hides $public" >&2
    failed=1
  fi
done
# A function of a private header, and what third parties brought along.
for private in 'liantu::check_stop(' 'liantu::PathEngine::Body' 'liantu::JsonMemory' ' rapidjson::' ' Eigen::'; do
  if grep -F "$private" <<<"$shown" | grep -q ' [TDBR] '; then
    echo "symbols: $library shows $private" >&2
    failed=1
  fi
done
readelf --wide --dynamic "$library" | grep -q 'SONAME.*libliantu\.so\.[0-9]' || {
  echo "symbols: $library has no SONAME with a version" >&2
  failed=1
}
[ "$failed" = 0 ] && echo "OK: $(wc -l <<<"$shown") symbols are shown"
exit $failed
