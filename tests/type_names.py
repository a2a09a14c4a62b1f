#!/usr/bin/env python3
"""Checks that no two headers define a type of one name: the program would take either for the other.

Usage: type_names.py FOLDER
"""
import collections
import pathlib
import re
import sys

DEFINITION = re.compile(r"^(?:class|struct|enum class) (?:LIANTU_API )?(\w+)(?: final)?(?: : [^{;]*)? \{", re.M)

root = pathlib.Path(sys.argv[1])
places = collections.defaultdict(list)
for top in ("include", "src"):
    for path in sorted((root / top).rglob("*.hpp")):
        for name in set(DEFINITION.findall(path.read_text(encoding="utf-8"))):
            places[name].append(str(path.relative_to(root)))
twice = {name: found for name, found in places.items() if len(found) > 1}
for name, found in sorted(twice.items()):
    print(f"{name}: {' and '.join(found)}")
if twice or not places:
    sys.exit(1)
print(f"OK: {len(places)} types, each in one header")
