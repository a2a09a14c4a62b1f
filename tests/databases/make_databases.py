#!/usr/bin/env python3
"""Puts CSV files into databases: one table a file, called after it, with a key of its own.

Usage: make_databases.py FOLDER OUTPUT      OUTPUT.sqlite, OUTPUT.pg.sql and OUTPUT.my.sql of FOLDER/*.csv
"""
import csv
import pathlib
import sqlite3
import sys


def literal(text):
    return "NULL" if text == "" else "'" + text.replace("'", "''") + "'"


def statements(folder, quote, key, text):
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))

        def name(word):
            return quote + word + quote

        columns = ", ".join(f"{name(heading)} {text}" for heading in rows[0])
        yield f"CREATE TABLE {name(path.stem)} ({name('key_')} {key}, {columns});"
        # The last row comes first, so that only the order by key is that of the file.
        for number, row in reversed(list(enumerate(rows[1:], 1001))):
            values = ", ".join([str(number)] + [literal(cell) for cell in row])
            yield f"INSERT INTO {name(path.stem)} VALUES ({values});"


def main():
    folder, output = sys.argv[1:]
    database = sqlite3.connect(output + ".sqlite")
    for statement in statements(folder, '"', "INTEGER PRIMARY KEY", "TEXT"):
        database.execute(statement)
    database.commit()
    database.close()
    for end, quote in (("pg", '"'), ("my", "`")):
        with open(f"{output}.{end}.sql", "w", encoding="utf-8") as file:
            file.write("\n".join(statements(folder, quote, "INTEGER PRIMARY KEY", "TEXT")) + "\n")


main()
