#include "liantu/report/gaps/requirement_sheet.hpp"

#include <fmt/format.h>

#include "report/words/words.hpp"

namespace liantu {

Sheet requirement_sheet(const EnterpriseGraph& graph, const TotalRequirement& requirement,
                        const SheetOptions& options) {
  Sheet sheet;
  sheet.title = {"Total requirement of the anchors' final sales", "龙头企业最终销售的完全需要量"};
  sheet.columns = {
      {"rank", {"#", "序号"}, CellKind::Number, true},
      {"segment", {"segment", "环节"}, CellKind::Text, true},
      {"total", {"total requirement, CNY/year", "完全需要量（元/年）"}, CellKind::Money},
      {"final", {"of which final sales", "其中最终销售（元/年）"}, CellKind::Money},
      {"basis", {"basis", "依据"}, CellKind::Text}};
  for (const SegmentRequirement& one : requirement.segments) {
    if (options.most > 0 && sheet.rows.size() == options.most) break;
    sheet.rows.push_back({static_cast<double>(sheet.rows.size() + 1),
                          valid_utf8(graph.name(graph.entity(one.segment))), one.total.value,
                          one.final > 0 ? SheetCell(one.final) : SheetCell(),
                          basis_text(one.total.basis).in(options.language)});
  }
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
