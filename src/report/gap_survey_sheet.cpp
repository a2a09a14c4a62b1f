#include "liantu/report/gap_survey_sheet.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "report/cells.hpp"
#include "report/words.hpp"

namespace liantu {
namespace {

using Cells = std::vector<SheetCell>;

std::string kinds_of(const SurveyedGap& gap, Language language) {
  std::vector<std::string> kinds;
  for (const GapKind kind : gap.kinds) kinds.push_back(gap_text(kind).in(language));
  return join_words(kinds, language);
}

std::vector<SheetColumn> columns(bool brief) {
  std::vector<SheetColumn> all = {
      {"region", {"code", "代码"}, CellKind::Code, true},
      {"district", {"district", "地区"}, CellKind::Text, true},
      {"local_firms", {"firms", "企业数（家）"}, CellKind::Number},
      {"local_makers", {"of which makers", "其中生产企业（家）"}, CellKind::Number},
      {"missing", {"missing", "缺链"}, CellKind::Number},
      {"weak", {"weak", "弱链"}, CellKind::Number},
      {"hidden", {"hidden", "隐性缺口"}, CellKind::Number},
      {"extension", {"extension", "延链"}, CellKind::Number},
      {"rank", {"#", "序号"}, CellKind::Number, true},
      {"segment", {"segment", "环节"}, CellKind::Text, true},
      {"kinds", {"kind", "类型"}, CellKind::Text},
      {"demand", {"demand, CNY/year", "需求（元/年）"}, CellKind::Money},
      {"supply", {"local supply, CNY/year", "本地供给（元/年）"}, CellKind::Money},
      {"coverage", {"coverage", "本地可配套率"}, CellKind::Share},
      {"leakage_min", {"leakage min, CNY/year", "外购额下限（元/年）"}, CellKind::Money},
      {"leakage_max", {"leakage max, CNY/year", "外购额上限（元/年）"}, CellKind::Money},
      {"leakage", {"leakage, CNY/year", "外购额（元/年）"}, CellKind::Money},
      {"severity", {"ranked by, CNY/year", "排序金额（元/年）"}, CellKind::Money},
      {"basis", {"basis", "依据"}, CellKind::Text},
      {"confidence",
       {"chance that it is needed at all, 0–1", "确有需求的可能性（0–1）"},
       CellKind::Number},
      {"needer_count", {"needers, firms", "需求企业数（家）"}, CellKind::Number},
      {"needs_unknown", {"of unknown amount", "其中需求额不明（家）"}, CellKind::Number},
      {"anchor_count", {"of which anchors", "其中龙头企业（家）"}, CellKind::Number},
      {"maker_count", {"local makers, firms", "本地生产企业数（家）"}, CellKind::Number},
      {"makers_at_risk", {"of which at risk, firms", "其中有风险（家）"}, CellKind::Number},
      {"nearby_count", {"nearby makers, firms", "邻近生产企业数（家）"}, CellKind::Number},
      {"remedy", {"suggestion", "建议"}, CellKind::Text}};
  if (!brief) {
    std::erase_if(all, [](const SheetColumn& column) { return column.key == "leakage"; });
    return all;
  }
  constexpr std::string_view kBrief[] = {"district",  "missing", "weak",         "hidden",
                                         "extension", "rank",    "segment",      "kinds",
                                         "demand",    "leakage", "needer_count", "maker_count"};
  std::erase_if(all, [&](const SheetColumn& column) {
    return std::ranges::find(kBrief, column.key) == std::end(kBrief);
  });
  return all;
}

// What a district says by the keys of columns, then what a gap does.
SheetCell cell(const std::string& key, const EnterpriseGraph& graph, const DistrictGaps& district,
               const SurveyedGap* gap, std::size_t rank, bool brief, Language language) {
  const auto kind = [&](GapKind one) {
    return count(district.kind_count[static_cast<std::size_t>(one)]);
  };
  if (key == "region") return district.region.to_string();
  if (key == "district") return region_full_name(district.region);
  if (key == "local_firms") return count(district.local_firms);
  if (key == "local_makers") return count(district.local_makers);
  if (key == "missing") return kind(GapKind::Missing);
  if (key == "weak") return kind(GapKind::Weak);
  if (key == "hidden") return kind(GapKind::Hidden);
  if (key == "extension") return kind(GapKind::Extension);
  if (gap == nullptr) return std::monostate{};
  if (key == "rank") return count(rank);
  if (key == "segment") return std::string(graph.name(graph.entity(gap->segment)));
  if (key == "kinds") return kinds_of(*gap, language);
  if (key == "demand") return brief ? demand_cell(*gap, language) : amount(gap->demand);
  if (key == "leakage") return words(leakage_text(*gap, Currency::InHeading, language));
  if (key == "supply") return amount(gap->supply);
  if (key == "coverage") return amount(gap->coverage);
  if (key == "leakage_min") return amount(gap->leakage_min);
  if (key == "leakage_max") return amount(gap->leakage_max);
  if (key == "severity") return amount(gap->severity);
  if (key == "basis") return basis_text(gap->basis).in(language);
  if (key == "confidence") return printed_confidence(gap->confidence);
  if (key == "needer_count") return count(gap->needers);
  if (key == "needs_unknown") return count(gap->needs_unknown);
  if (key == "anchor_count") return count(gap->anchors);
  if (key == "maker_count") return count(gap->makers);
  if (key == "makers_at_risk") return count(gap->makers_at_risk);
  if (key == "nearby_count") return count(gap->nearby_makers);
  return remedy_text(gap->remedy).in(language);
}

}  // namespace

Sheet gap_survey_sheet(const EnterpriseGraph& graph, const std::vector<DistrictGaps>& survey,
                       const SheetOptions& options) {
  Sheet sheet;
  sheet.title = {"Gaps, district by district", "各地区产业链缺口"};
  sheet.columns = columns(options.brief);
  const auto add_row = [&](const DistrictGaps& district, const SurveyedGap* gap, std::size_t rank) {
    Cells row;
    for (const SheetColumn& column : sheet.columns) {
      row.push_back(cell(column.key, graph, district, gap, rank, options.brief, options.language));
    }
    sheet.rows.push_back(std::move(row));
  };
  std::size_t gaps = 0;
  std::size_t shown = 0;
  for (const DistrictGaps& district : survey) {
    for (const std::size_t kind : district.kind_count) gaps += kind;
    const std::size_t kept =
        options.most == 0 ? district.gaps.size() : std::min(options.most, district.gaps.size());
    for (std::size_t g = 0; g < kept; ++g) add_row(district, &district.gaps[g], g + 1);
    if (kept == 0) add_row(district, nullptr, 0);
    shown += kept;
  }
  sheet.notes.push_back(
      {fmt::format("districts: {}", survey.size()), fmt::format("地区 {} 个", survey.size())});
  sheet.notes.push_back(shown_of({"gaps", "缺口"}, shown, gaps, "个"));
  return sheet;
}

}  // namespace liantu
