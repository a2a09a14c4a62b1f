"""The bundled tables as rows that checks shuffle, double, scale and thin out."""

import csv
import decimal
import io

MONEY = "(万元)"


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def write(path, heading, rows):
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(heading)
    out.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def change(folder, how):
    """Puts how(name, heading, rows) in place of the rows of every table."""
    for path in sorted(folder.glob("*.csv")):
        heading, rows = read(path)
        write(path, heading, how(path.name, heading, rows))


def scaled(factor):
    """Every amount of money times a factor, exactly."""

    def how(_, heading, rows):
        money = [i for i, name in enumerate(heading) if name.endswith(MONEY)]
        result = []
        for row in rows:
            row = list(row)
            for i in money:
                if i < len(row) and row[i]:
                    row[i] = format(decimal.Decimal(row[i]) * factor, "f")
            result.append(row)
        return result

    return how
