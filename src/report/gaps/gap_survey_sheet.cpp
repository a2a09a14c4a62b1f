#include "liantu/report/gaps/gap_survey_sheet.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "report/formats/column.hpp"
#include "report/gaps/gap_words.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

// A gap of a district; a district without one has a row all the same.
struct Row {
  const DistrictGaps* district = nullptr;
  const SurveyedGap* gap = nullptr;  // null when it has none
  std::size_t rank = 0;
};

// What is said of the gap; nothing where there is none.
template <typename Cell>
auto of_gap(Cell cell) {
  return [cell](const Row& row) {
    return row.gap == nullptr ? SheetCell() : SheetCell(cell(*row.gap));
  };
}

template <typename Class, typename Figure>
auto amount_of(Figure Class::*figure) {
  return of_gap([figure](const SurveyedGap& gap) { return amount(gap.*figure); });
}

template <typename Class>
auto count_of(std::size_t Class::*number) {
  return of_gap([number](const SurveyedGap& gap) { return count(gap.*number); });
}

auto kind_count(GapKind kind) {
  return [kind](const Row& row) {
    return count(row.district->kind_count[static_cast<std::size_t>(kind)]);
  };
}

std::vector<Column<Row>> columns(const EnterpriseGraph& graph, Language language) {
  using Kind = CellKind;
  using Col = Column<Row>;
  using Gap = const SurveyedGap&;
  return {
      Col("region", {"code", "代码"}, Kind::Code, kFull | kLead,
          [](const Row& row) { return row.district->region.to_string(); }),
      Col("district", {"district", "地区"}, Kind::Text, kSheets | kLead,
          [](const Row& row) { return region_full_name(row.district->region); }),
      Col("local_firms", {"firms", "企业数（家）"}, Kind::Number, kFull,
          [](const Row& row) { return count(row.district->local_firms); }),
      Col("local_makers", {"of which makers", "其中生产企业（家）"}, Kind::Number, kFull,
          [](const Row& row) { return count(row.district->local_makers); }),
      Col("missing", {"missing", "缺链"}, Kind::Number, kSheets, kind_count(GapKind::Missing)),
      Col("weak", {"weak", "弱链"}, Kind::Number, kSheets, kind_count(GapKind::Weak)),
      Col("hidden", {"hidden", "隐性缺口"}, Kind::Number, kSheets, kind_count(GapKind::Hidden)),
      Col("extension", {"extension", "延链"}, Kind::Number, kSheets,
          kind_count(GapKind::Extension)),
      Col("rank", {"#", "序号"}, Kind::Number, kSheets | kLead,
          [](const Row& row) { return row.gap == nullptr ? SheetCell() : count(row.rank); }),
      Col("segment", {"segment", "环节"}, Kind::Text, kSheets | kLead,
          of_gap([&graph](Gap gap) { return std::string(graph.name(graph.entity(gap.segment))); })),
      Col("kinds", {"kind", "类型"}, Kind::Text, kSheets,
          of_gap([language](Gap gap) { return kinds_text(gap, language); })),
      Col("demand", {"demand, CNY/year", "需求（元/年）"}, Kind::Money, kBrief,
          of_gap([language](Gap gap) { return demand_cell(gap, language); })),
      Col("demand", {"demand, CNY/year", "需求（元/年）"}, Kind::Money, kFull,
          amount_of(&SurveyedGap::demand)),
      Col("supply", {"local supply, CNY/year", "本地供给（元/年）"}, Kind::Money, kFull,
          amount_of(&SurveyedGap::supply)),
      Col("coverage", {"coverage", "本地可配套率"}, Kind::Share, kFull,
          amount_of(&SurveyedGap::coverage)),
      Col("leakage_min", {"leakage min, CNY/year", "外购额下限（元/年）"}, Kind::Money, kFull,
          amount_of(&SurveyedGap::leakage_min)),
      Col("leakage_max", {"leakage max, CNY/year", "外购额上限（元/年）"}, Kind::Money, kFull,
          amount_of(&SurveyedGap::leakage_max)),
      Col("leakage", {"leakage, CNY/year", "外购额（元/年）"}, Kind::Money, kBrief,
          of_gap([language](Gap gap) {
            return words(leakage_text(gap, Currency::InHeading, language));
          })),
      Col("severity", {"ranked by, CNY/year", "排序金额（元/年）"}, Kind::Money, kFull,
          amount_of(&SurveyedGap::severity)),
      Col("basis", {"basis", "依据"}, Kind::Text, kFull,
          of_gap([language](Gap gap) { return basis_text(gap.basis).in(language); })),
      Col("confidence", {"chance that it is needed at all, 0–1", "确有需求的可能性（0–1）"},
          Kind::Number, kFull, of_gap([](Gap gap) { return printed_confidence(gap.confidence); })),
      Col("needer_count", {"needers, firms", "需求企业数（家）"}, Kind::Number, kSheets,
          count_of(&SurveyedGap::needers)),
      Col("needs_unknown", {"of unknown amount", "其中需求额不明（家）"}, Kind::Number, kFull,
          count_of(&SurveyedGap::needs_unknown)),
      Col("anchor_count", {"of which anchors", "其中龙头企业（家）"}, Kind::Number, kFull,
          count_of(&SurveyedGap::anchors)),
      Col("maker_count", {"local makers, firms", "本地生产企业数（家）"}, Kind::Number, kSheets,
          count_of(&SurveyedGap::makers)),
      Col("makers_at_risk", {"of which at risk, firms", "其中有风险（家）"}, Kind::Number, kFull,
          count_of(&SurveyedGap::makers_at_risk)),
      Col("nearby_count", {"nearby makers, firms", "邻近生产企业数（家）"}, Kind::Number, kFull,
          count_of(&SurveyedGap::nearby_makers)),
      Col("remedy", {"suggestion", "建议"}, Kind::Text, kFull,
          of_gap([language](Gap gap) { return remedy_text(gap.remedy).in(language); }))};
}

}  // namespace

Sheet gap_survey_sheet(const EnterpriseGraph& graph, const std::vector<DistrictGaps>& survey,
                       const SheetOptions& options) {
  std::vector<Row> rows;
  std::size_t gaps = 0;
  std::size_t shown = 0;
  for (const DistrictGaps& district : survey) {
    for (const std::size_t kind : district.kind_count) gaps += kind;
    const std::size_t kept =
        options.most == 0 ? district.gaps.size() : std::min(options.most, district.gaps.size());
    for (std::size_t g = 0; g < kept; ++g) rows.push_back({&district, &district.gaps[g], g + 1});
    if (kept == 0) rows.push_back({&district, nullptr, 0});
    shown += kept;
  }
  Sheet sheet = sheet_of(columns(graph, options.language), options.brief ? kBrief : kFull, rows,
                         options.stop);
  sheet.title = {"Gaps, district by district", "各地区产业链缺口"};
  sheet.notes.push_back(
      {fmt::format("districts: {}", survey.size()), fmt::format("地区 {} 个", survey.size())});
  sheet.notes.push_back(shown_of({"gaps", "缺口"}, shown, gaps, "个"));
  return sheet;
}

}  // namespace liantu
