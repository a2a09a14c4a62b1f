#include "liantu/report/gaps/requirement_sheet.hpp"

#include <vector>

#include <fmt/format.h>

#include "report/formats/column.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {

Sheet requirement_sheet(const EnterpriseGraph& graph, const TotalRequirement& requirement,
                        const SheetOptions& options) {
  std::vector<SegmentRequirement> rows = requirement.segments;
  if (options.most > 0 && rows.size() > options.most) rows.resize(options.most);
  using Col = Column<SegmentRequirement>;
  using Row = const SegmentRequirement&;
  Sheet sheet = sheet_of<SegmentRequirement>(
      {Col("rank", {"#", "序号"}, CellKind::Number, kFull | kLead,
           [&](Row row) { return count(static_cast<std::size_t>(&row - rows.data()) + 1); }),
       Col("segment", {"segment", "环节"}, CellKind::Text, kFull | kLead,
           [&](Row row) { return valid_utf8(graph.name(graph.entity(row.segment))); }),
       Col("total", {"total requirement, CNY/year", "完全需要量（元/年）"}, CellKind::Money, kFull,
           [](Row row) { return row.total.value; }),
       Col("final", {"of which final sales", "其中最终销售（元/年）"}, CellKind::Money, kFull,
           [](Row row) { return row.final > 0 ? SheetCell(row.final) : SheetCell(); }),
       Col("basis", {"basis", "依据"}, CellKind::Text, kFull,
           [&](Row row) { return basis_text(row.total.basis).in(options.language); })},
      kFull, rows);
  sheet.title = {"Total requirement of the anchors' final sales", "龙头企业最终销售的完全需要量"};
  sheet.notes.push_back(
      shown_of({"segments", "环节"}, sheet.rows.size(), requirement.segments.size(), "个"));
  sheet.notes.push_back(
      {fmt::format("a yuan of final sales takes {:.3f} yuan of output in all, wherever it is made",
                   requirement.output_multiplier),
       fmt::format("每元最终销售共需总产出 {:.3f} 元（不论产地）", requirement.output_multiplier)});
  for (const Text& warning : requirement.warnings(graph)) sheet.notes.push_back(warning);
  return sheet;
}

}  // namespace liantu
