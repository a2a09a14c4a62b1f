#!/usr/bin/env python3
"""Writes a workbook as offices make them, and the CSV files that say the same.

Usage: make_workbooks.py FOLDER        makes FOLDER/book/企业台账.xlsx and FOLDER/twin/*.csv, the same of a statistics
                                       office in FOLDER/bureau and FOLDER/bureau_twin, and one with faults in
                                       FOLDER/spoilt
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


INDUSTRY = [  # code, name, industry, founded, revenue, last year's, output, staff, energy, electricity, activity
    ("915001045616000010", "示例齿轮箱制造有限公司", "3453 齿轮及齿轮减、变速箱制造", "2009-06", 52000, 48000, 51000, 320, 1200.5, 350,
     "齿轮箱"),
    ("91500104561600003T", "示例锂电池制造有限公司", "3841 锂离子电池制造", "2015-11", 12345.5, 9000, 12000, 80, 300, 120, "锂离子电池"),
    ("", "示例隔膜厂", "2921 塑料薄膜制造", "1998", 8000, 8100, 7900, 45, 88, 40, "电池隔膜"),
]


def bureau_sheet(sheet):
    sheet.title = "B204-1表"
    sheet["A1"] = "规模以上工业企业主要经济指标"
    sheet.merge_cells("A1:K1")
    sheet["A2"] = "综合机关名称：示例区统计局"
    sheet["I2"] = "2023年1-12月"
    sheet["K2"] = "计量单位：万元"
    upper = ["序号", "统一社会信用代码", "单位详细名称", "行业代码及名称", "开业(成立)时间", "营业收入", None, "平均用工人数\n（人）",
             "综合能源消费量（吨标准煤）", "用电量（万千瓦时）", "主要业务活动"]
    for column, heading in enumerate(upper, 1):
        if heading:
            sheet.cell(3, column, heading)
        if column not in (6, 7):
            sheet.merge_cells(start_row=3, end_row=4, start_column=column, end_column=column)
    sheet.merge_cells("F3:G3")
    sheet["F4"] = "本年"
    sheet["G4"] = "上年同期"
    row = 5
    for caption, firms in (("一、装备制造业", INDUSTRY[:1]), ("二、其他制造业", INDUSTRY[1:])):
        sheet.cell(row, 1, caption)
        row += 1
        for i, (code, name, industry, founded, revenue, before, _, staff, energy, power, activity) in enumerate(firms, 1):
            for column, value in enumerate((i, code, name, industry, founded, revenue, before, staff, energy, power, activity), 1):
                sheet.cell(row, column, value)
            sheet.cell(row, 6).number_format = "#,##0.0"
            row += 1
        sheet.cell(row, 2, "小计")
        sheet.cell(row, 6, sum(firm[4] for firm in firms))
        row += 1
    sheet.cell(row, 2, "合　计")
    sheet.cell(row, 6, sum(firm[4] for firm in INDUSTRY))
    sheet.cell(row + 2, 1, "单位负责人：某某")
    sheet.cell(row + 2, 5, "填表人：某某")
    sheet.cell(row + 2, 9, "报出日期：2024年1月15日")


def output_sheet(sheet):
    sheet.title = "产品产量及产值"
    sheet["A1"] = "主要产品情况表"
    sheet["C2"] = "单位：亿元"
    for column, heading in enumerate(("企业", "产品", "产值"), 1):
        sheet.cell(3, column, heading)
    for row, firm in enumerate(INDUSTRY, 4):
        for column, value in enumerate((firm[1], firm[10], firm[6] / 1e4), 1):
            sheet.cell(row, column, value)


def bureau(folder, write):
    book = openpyxl.Workbook()
    bureau_sheet(book.active)
    output_sheet(book.create_sheet())
    (folder / "bureau").mkdir(exist_ok=True)
    book.save(folder / "bureau" / "统计年报2023.xlsx")
    write("bureau_twin/企业.csv", [("企业名称", "统一社会信用代码", "行业", "成立日期", "营业收入", "从业人数", "能耗", "用电量", "经营范围")] +
          [(n, c, i, f, round(r * 1e4), s, e, round(p * 1e4), a) for c, n, i, f, r, _, _, s, e, p, a in INDUSTRY])
    write("bureau_twin/主营.csv", [("企业", "产品", "产值")] + [(firm[1], firm[10], round(firm[6] * 1e4)) for firm in INDUSTRY])


def spoilt(folder):
    """The same with what people and spreadsheets do to such a table."""
    book = openpyxl.Workbook()
    sheet = book.active
    bureau_sheet(sheet)
    sheet["B6"] = 915001045616000010  # a number: the last digits are lost
    sheet["E6"] = "2020-13-01"
    sheet["F9"] = "约1.2亿元"
    sheet["D9"] = "3841 塑料薄膜制造"
    sheet["H10"] = "若干"
    sheet["C10"] = None
    (folder / "spoilt").mkdir(exist_ok=True)
    book.save(folder / "spoilt" / "统计年报2023.xlsx")


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
        path = folder / name if "/" in name else folder / "twin" / name
        path.parent.mkdir(exist_ok=True)
        with open(path, "w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows(rows)

    write("企业.csv", [("企业名称", "地区代码", "成立日期", "营业收入(万元)", "从业人数", "登记状态")] +
          [(n, r, d.isoformat(), v, s, t) for n, r, d, v, s, t in FIRMS])
    write("主营.csv", [("企业", "环节", "产值(万元)")] + MAKES)
    write("需要.csv", [("产品", "投入品", "投入系数"), ("电池", "隔膜", 0.3)])
    write("供货.csv", [("供应商", "客户", "产品", "金额(万元)", "采购占比")] + SUPPLIES)
    bureau(folder, write)
    spoilt(folder)


main()
