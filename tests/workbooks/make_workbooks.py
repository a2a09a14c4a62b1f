#!/usr/bin/env python3
"""Writes a workbook as offices make them, and the CSV files that say the same.

Usage: make_workbooks.py FOLDER        makes FOLDER/book/企业台账.xlsx and FOLDER/twin/*.csv
"""
import csv
import datetime
import pathlib
import sys

import openpyxl

FIRMS = [  # name, region, founded, revenue in 万元, staff, status
    ("示例机械制造有限公司", "500104", datetime.date(2011, 2, 3), 52000, 320, "存续"),
    ("示例电池科技有限公司", "500104", datetime.date(2015, 11, 20), 12345.5, 80, "存续"),
    ("示例隔膜材料有限公司", "510107", datetime.date(2018, 7, 1), 8000, 45, "存续"),
]
SUPPLIES = [("示例隔膜材料有限公司", "示例电池科技有限公司", "隔膜", 1200, 0.35),
            ("示例电池科技有限公司", "示例机械制造有限公司", "电池", 3000, 0.6)]

MAKES = [("示例机械制造有限公司", "机械", 50000), ("示例电池科技有限公司", "电池", 12000)]


def firms_sheet(sheet):
    sheet.title = "规上企业"
    sheet["A1"] = "大渡口区规模以上工业企业情况表"
    sheet.merge_cells("A1:G1")
    sheet["A2"] = "填报单位：区经信委"
    sheet["G2"] = "单位：万元"
    for column, heading in zip("ABCDG", ("序号", "单位详细名称", "行政区划代码", "成立日期", "登记状态")):
        sheet[f"{column}3"] = heading
        sheet.merge_cells(f"{column}3:{column}4")
    sheet["E3"] = "2024年"
    sheet.merge_cells("E3:F3")
    sheet["E4"] = "营业收入"
    sheet["F4"] = "平均用工人数（人）"
    for i, (name, region, founded, revenue, staff, status) in enumerate(FIRMS, 1):
        row = 4 + i
        sheet.cell(row, 1, i)
        sheet.cell(row, 2, name)
        sheet.cell(row, 3, region if i == 1 else int(region))
        sheet.cell(row, 4, founded).number_format = 'yyyy"年"m"月"d"日"'
        sheet.cell(row, 5, revenue).number_format = "#,##0.00"
        sheet.cell(row, 6, staff)
        sheet.cell(row, 7, status)
    sheet.cell(8, 1, "合计")
    sheet.cell(8, 5, sum(firm[3] for firm in FIRMS))
    sheet.cell(10, 1, "注：数据来自2024年年报")


def supplies_sheet(sheet):
    sheet.append(["供货方", "采购方", "采购产品", "年采购额（单位：万元）", "采购占比"])
    for row in SUPPLIES:
        sheet.append(row)
        sheet.cell(sheet.max_row, 5).number_format = "0%"
    sheet.append(["供货方", "采购方", "采购产品", "年采购额（单位：万元）", "采购占比"])


def main():
    folder = pathlib.Path(sys.argv[1])
    (folder / "book").mkdir(parents=True, exist_ok=True)
    (folder / "twin").mkdir(exist_ok=True)
    book = openpyxl.Workbook()
    firms_sheet(book.active)
    supplies_sheet(book.create_sheet("供货"))
    makes = book.create_sheet("主营")
    makes.append(["企业", "环节", "产值【万元】"])
    for row in MAKES:
        makes.append(row)
    requires = book.create_sheet("需要")
    requires.append(["产品", "投入品", "投入系数"])
    requires.append(["电池", "隔膜", 0.3])
    notes = book.create_sheet("填表说明")
    notes["A1"] = "本表由区经信委按月填报"
    hidden = book.create_sheet("旧数据")
    hidden.append(["企业名称", "地区代码"])
    hidden.append(["示例旧厂", "500104"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Sheet5")
    book.save(folder / "book" / "企业台账.xlsx")

    def write(name, rows):
        with open(folder / "twin" / name, "w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows(rows)

    write("企业.csv", [("企业名称", "地区代码", "成立日期", "营业收入(万元)", "从业人数", "登记状态")] +
          [(n, r, d.isoformat(), v, s, t) for n, r, d, v, s, t in FIRMS])
    write("主营.csv", [("企业", "环节", "产值(万元)")] + MAKES)
    write("需要.csv", [("产品", "投入品", "投入系数"), ("电池", "隔膜", 0.3)])
    write("供货.csv", [("供应商", "客户", "产品", "金额(万元)", "采购占比")] + SUPPLIES)


main()
