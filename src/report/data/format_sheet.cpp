#include "liantu/report/data/format_sheet.hpp"

#include "report/formats/column.hpp"
#include "report/words/cells.hpp"

namespace liantu {

Sheet format_sheet(const std::vector<FormatLine>& formats, Language language) {
  using Col = Column<FormatLine>;
  using Row = const FormatLine&;
  Sheet sheet = sheet_of<FormatLine>(
      {Col("format", {"format", "格式"}, CellKind::Text, kFull | kLead,
           [](Row row) { return row.name; }),
       Col("direction", {"direction", "方向"}, CellKind::Text, kFull,
           [language](Row row) {
             return (row.written ? Text{"write", "写"} : Text{"read", "读"}).in(language);
           }),
       Col("extensions", {"extensions", "扩展名"}, CellKind::Text, kFull,
           [](Row row) { return row.extensions; }),
       Col("meaning", {"meaning", "说明"}, CellKind::Text, kFull,
           [language](Row row) { return row.meaning.in(language); })},
      kFull, formats);
  sheet.title = {"formats read and written", "可读写的格式"};
  return sheet;
}

Sheet heading_sheet(const std::vector<HeadingLine>& headings, Language language) {
  using Col = Column<HeadingLine>;
  using Row = const HeadingLine&;
  Sheet sheet = sheet_of<HeadingLine>(
      {Col("rows_are", {"rows are", "内容"}, CellKind::Text, kFull | kLead,
           [](Row row) { return row.rows_are; }),
       Col("field", {"field", "字段"}, CellKind::Text, kFull | kLead,
           [](Row row) { return row.field; }),
       Col("required", {"required", "必填"}, CellKind::Text, kFull,
           [language](Row row) {
             return row.required ? Text{"yes", "是"}.in(language) : std::string();
           }),
       Col("meaning", {"meaning", "含义"}, CellKind::Text, kFull,
           [language](Row row) { return row.meaning.in(language); }),
       Col("headings", {"other headings", "其他列名"}, CellKind::Text, kFull,
           [](Row row) { return row.headings; })},
      kFull, headings);
  sheet.title = {"tables and the headings of their columns", "表格及其列名"};
  sheet.notes = {
      {"units stand in the heading in brackets, 产值(万元), or in the cell, 3.5万元; 元, 万元 and "
       "亿元 "
       "are understood, a bare amount is in yuan, other currencies are not converted",
       "单位写在列名的括号里（产值(万元)）或单元格里（3."
       "5万元）；可用元、万元、亿元，只写数字即为元，"
       "外币不折算"},
      {"quantities may have their unit in the heading or the cell, too: 公顷 of land, 万千瓦时 of "
       "electricity, 万吨标准煤 of energy; a column in a unit of something else is not read",
       "数量的单位同样可写在列名或单元格里：公顷、万千瓦时、万吨标准煤等；单位不属于该项的列不读"
       "取"},
      {"amounts may be written in Chinese numerals (壹仟万元整); of a range (100-200万) the middle "
       "is taken as an estimate, of 500万以上 the bound, and both are reported",
       "金额可用中文数字（壹仟万元整）；区间（100-200万）取中值，500万以上取下限，均作估算并提示"},
      {"a year in the heading (2024年产值) is the year of its figures; of several years' columns "
       "the latest is read",
       "列名中的年份（2024年产值）即数值所属年份；同一项有多个年份时读最近一年"},
      {"shares: 0.35 or 35%; dates: 2006, 2006-05 or 2006-05-17; yes: 是, yes, 1 or √",
       "比例：0.35 或 35%；日期：2006、2006-05 或 2006-05-17；是否：是、yes、1 或 √"},
      {"above the headings may stand titles and a unit (单位：万元), which counts for amounts "
       "whose "
       "heading has none; headings may have two lines, and a sheet may hold several tables",
       "列名上方可以有标题和单位行（单位：万元，用于未写单位的金额）；列名可为两行，一张工作表可含"
       "多张表"},
      {"several values in a cell are joined by ; or 、 or |; an empty cell means not known",
       "一格多值用 ；、 或 | 隔开；空格表示未知"},
      {"an input-output table (a row and a column a sector, totals beside them) is recognised by "
       "its shape; see docs/coefficients.md",
       "投入产出表（每部门一行一列，并有合计）按其形状自动识别；见 docs/coefficients.md"},
      {"files are UTF-8, UTF-16 with byte order mark or GB18030 (GBK); a folder is read with the "
       "folders in it, names that begin with a dot are passed over",
       "文件编码为 UTF-8、带 BOM 的 UTF-16 或 GB18030（GBK）；文件夹连同其子文件夹一起读入，"
       "以点开头的名称跳过"}};
  return sheet;
}

Sheet limit_sheet(const std::vector<LimitLine>& limits, Language language) {
  using Col = Column<LimitLine>;
  using Row = const LimitLine&;
  Sheet sheet = sheet_of<LimitLine>({Col("name", {"name", "名称"}, CellKind::Text, kFull | kLead,
                                         [](Row row) { return row.name; }),
                                     Col("default", {"default", "默认值"}, CellKind::Number, kFull,
                                         [](Row row) { return count(row.usual); }),
                                     Col("least", {"least", "最小值"}, CellKind::Number, kFull,
                                         [](Row row) { return count(row.least); }),
                                     Col("most", {"most", "最大值"}, CellKind::Number, kFull,
                                         [](Row row) { return count(row.most); }),
                                     Col("meaning", {"meaning", "说明"}, CellKind::Text, kFull,
                                         [language](Row row) { return row.meaning.in(language); })},
                                    kFull, limits);
  sheet.title = {
      "limits: --limit NAME=VALUE raises or lowers one; K, M and G stand for 1,024 of the "
      "next smaller",
      "限额：用 --limit 名称=数值 调整；K、M、G 逐级为 1024 倍"};
  return sheet;
}

}  // namespace liantu
