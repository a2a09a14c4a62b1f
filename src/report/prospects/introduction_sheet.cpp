#include "liantu/report/prospects/introduction_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "report/formats/column.hpp"
#include "report/prospects/introduction_words.hpp"
#include "report/words/cells.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

SheetCell cost_cell(double cost) { return std::round(cost * 100) / 100; }

std::string hub_words(const EnterpriseGraph& graph, const Introduction& way, Language language) {
  std::vector<std::string> names;
  for (const EntityId hub : way.hubs) names.push_back(valid_utf8(graph.name(hub)));
  return join_words(names, language);
}

// What is said of a way; nothing where there is none.
template <typename Row, typename Way, typename Cell>
auto of_way(Way way, Cell cell) {
  return [way, cell](const Row& row) {
    const Introduction* found = way(row);
    return found == nullptr ? SheetCell() : SheetCell(cell(*found));
  };
}

// The columns that say of a way whom to ask and what to say, in the order of both sheets.
template <typename Row, typename Way>
class WayColumns {
 public:
  WayColumns(const EnterpriseGraph& graph, Language language, Way way)
      : graph_(graph), language_(language), way_(way) {}

  [[nodiscard]] Column<Row> channel() const {
    return text("channel", {"channel", "渠道"}, kSheets,
                [language = language_](const Introduction& one) {
                  return words(channel_text(one.channel).in(language));
                });
  }
  [[nodiscard]] Column<Row> introducer(Shown lead) const {
    return text("introducer", {"whom to ask", "引荐人"}, kSheets | lead,
                [&graph = graph_](const Introduction& one) {
                  return words(valid_utf8(graph.name(one.introducer)));
                });
  }
  [[nodiscard]] Column<Row> way() const {
    return text("way", {"way, with date and source", "路径（时间与来源）"}, kSheets | kBelow,
                [&graph = graph_, language = language_](const Introduction& one) {
                  return words(way_words(graph, one, language, true));
                });
  }
  [[nodiscard]] Column<Row> mention() const {
    return text("mention", {"what to say", "怎么说"}, kSheets | kBelow,
                [&graph = graph_, language = language_](const Introduction& one) {
                  return words(introduction_text(graph, one).in(language));
                });
  }
  [[nodiscard]] Column<Row> cost() const {
    return {"cost",
            {"cost (lower first)", "路径代价（小者优先）"},
            CellKind::Number,
            kSheets,
            of_way<Row>(way_, [](const Introduction& one) { return cost_cell(one.cost); })};
  }
  [[nodiscard]] Column<Row> hubs() const {
    return text("hubs", {"passes a hub", "经过枢纽"}, kSheets,
                [&graph = graph_, language = language_](const Introduction& one) {
                  return words(hub_words(graph, one, language));
                });
  }

 private:
  template <typename Cell>
  [[nodiscard]] Column<Row> text(const char* key, const Text& heading, Shown shown,
                                 Cell cell) const {
    return {key, heading, CellKind::Text, shown, of_way<Row>(way_, cell)};
  }

  const EnterpriseGraph& graph_;
  Language language_;
  Way way_;
};

}  // namespace

Text introduction_text(const EnterpriseGraph& graph, const Introduction& way) {
  const Text mention = step_text(graph, way.steps.back());
  const std::string asked = valid_utf8(graph.name(way.introducer));
  const std::string firm = valid_utf8(graph.name(way.steps.back().to));
  return {fmt::format("ask {} to call {}; mention: {}", asked, firm, mention.en),
          fmt::format("请{}联系{}，可提：{}", asked, firm, mention.zh)};
}

Sheet introduction_sheet(const EnterpriseGraph& graph, FirmId firm,
                         std::span<const Introduction> ways, const SheetOptions& options) {
  const std::string name = valid_utf8(graph.name(graph.entity(firm)));
  const Language language = options.language;
  const auto itself = [](const Introduction& way) { return &way; };
  const WayColumns<Introduction, decltype(itself)> of(graph, language, itself);
  Sheet sheet = sheet_of<Introduction>(
      {Column<Introduction>("rank", {"#", "序号"}, CellKind::Number, kSheets | kLead,
                            [ways](const Introduction& way) {
                              return count(static_cast<std::size_t>(&way - ways.data()) + 1);
                            }),
       of.channel(), of.introducer(kLead), of.way(), of.mention(), of.cost(), of.hubs()},
      options.brief ? kBrief : kFull, ways);
  sheet.title = {fmt::format("Introductions to {}", name), fmt::format("通往{}的引荐路径", name)};
  if (ways.empty()) {
    sheet.notes.push_back(unintroduced_text(graph, {firm, std::nullopt, Unintroduced::NoWay, {}}));
  }
  return sheet;
}

Sheet introduction_plan_sheet(const EnterpriseGraph& graph,
                              std::span<const PlannedIntroduction> plan,
                              const SheetOptions& options) {
  const Language language = options.language;
  using Row = PlannedIntroduction;
  using Col = Column<Row>;
  const auto planned = [](const Row& row) { return row.way ? &*row.way : nullptr; };
  const WayColumns<Row, decltype(planned)> of(graph, language, planned);
  Sheet sheet = sheet_of<Row>(
      {Col("rank", {"#", "序号"}, CellKind::Number, kSheets | kLead,
           [plan](const Row& row) {
             return count(static_cast<std::size_t>(&row - plan.data()) + 1);
           }),
       Col("firm", {"firm", "企业"}, CellKind::Text, kSheets | kLead,
           [&](const Row& row) { return words(valid_utf8(graph.name(graph.entity(row.firm)))); }),
       Col("credit_code", {"credit code", "统一社会信用代码"}, CellKind::Code, kFull,
           [&](const Row& row) {
             return words(valid_utf8(graph.text(graph.entity(row.firm), EntityText::Code)));
           }),
       of.channel(), of.introducer(kNowhere), of.mention(), of.way(), of.cost(), of.hubs(),
       Col("why_not", {"why nobody calls", "未分配原因"}, CellKind::Text, kSheets | kBelow,
           [&](const Row& row) {
             return row.way ? SheetCell() : words(unintroduced_text(graph, row).in(language));
           })},
      options.brief ? kBrief : kFull, plan);
  sheet.title = {"Who calls whom", "引荐任务分配"};
  const auto called =
      std::ranges::count_if(plan, [](const Row& row) { return row.way.has_value(); });
  sheet.notes.push_back(
      {fmt::format("{} of {} firms have somebody to call them", called, plan.size()),
       fmt::format("{} 家中有 {} 家已有人引荐", plan.size(), called)});
  return sheet;
}

}  // namespace liantu
