#include "liantu/report/prospects/introduction_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "report/words/cells.hpp"
#include "report/prospects/introduction_words.hpp"
#include "report/words/words.hpp"

namespace liantu {
namespace {

SheetCell cost_cell(double cost) { return std::round(cost * 100) / 100; }

std::string joined(const std::vector<std::string>& parts, Language language) {
  return fmt::format("{}", fmt::join(parts, language == Language::Zh ? "；" : "; "));
}

std::string way_words(const EnterpriseGraph& graph, const Introduction& way, Language language,
                      bool sources) {
  std::vector<std::string> parts;
  for (const IntroductionStep& step : way.steps) {
    std::string words = step_text(graph, step).in(language);
    const std::string source = sources ? step_source(graph, step).in(language) : std::string();
    if (!source.empty())
      words +=
          language == Language::Zh ? fmt::format("〔{}〕", source) : fmt::format(" [{}]", source);
    parts.push_back(std::move(words));
  }
  return joined(parts, language);
}

std::string hub_words(const EnterpriseGraph& graph, const Introduction& way, Language language) {
  std::vector<std::string> names;
  for (const EntityId hub : way.hubs) names.push_back(valid_utf8(graph.name(hub)));
  return join_words(names, language);
}

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
  Sheet sheet;
  sheet.title = {fmt::format("Introductions to {}", name), fmt::format("通往{}的引荐路径", name)};
  sheet.columns = {
      {"rank", {"#", "序号"}, CellKind::Number, true},
      {"channel", {"channel", "渠道"}, CellKind::Text},
      {"introducer", {"whom to ask", "引荐人"}, CellKind::Text, true},
      {"way", {"way, with date and source", "路径（时间与来源）"}, CellKind::Text, false, true},
      {"mention", {"what to say", "怎么说"}, CellKind::Text, false, true},
      {"cost", {"cost (lower first)", "路径代价（小者优先）"}, CellKind::Number},
      {"hubs", {"passes a hub", "经过枢纽"}, CellKind::Text}};
  for (const Introduction& way : ways) {
    sheet.rows.push_back({count(sheet.rows.size() + 1),
                          words(channel_text(way.channel).in(language)),
                          words(valid_utf8(graph.name(way.introducer))),
                          words(way_words(graph, way, language, true)),
                          words(introduction_text(graph, way).in(language)), cost_cell(way.cost),
                          words(hub_words(graph, way, language))});
  }
  if (ways.empty()) {
    sheet.notes.push_back(unintroduced_text(graph, {firm, std::nullopt, Unintroduced::NoWay, {}}));
  }
  return sheet;
}

Sheet introduction_plan_sheet(const EnterpriseGraph& graph,
                              std::span<const PlannedIntroduction> plan,
                              const SheetOptions& options) {
  const Language language = options.language;
  Sheet sheet;
  sheet.title = {"Who calls whom", "引荐任务分配"};
  sheet.columns = {
      {"rank", {"#", "序号"}, CellKind::Number, true},
      {"firm", {"firm", "企业"}, CellKind::Text, true},
      {"credit_code", {"credit code", "统一社会信用代码"}, CellKind::Code},
      {"channel", {"channel", "渠道"}, CellKind::Text},
      {"introducer", {"whom to ask", "引荐人"}, CellKind::Text},
      {"mention", {"what to say", "怎么说"}, CellKind::Text, false, true},
      {"way", {"way, with date and source", "路径（时间与来源）"}, CellKind::Text, false, true},
      {"cost", {"cost (lower first)", "路径代价（小者优先）"}, CellKind::Number},
      {"hubs", {"passes a hub", "经过枢纽"}, CellKind::Text},
      {"why_not", {"why nobody calls", "未分配原因"}, CellKind::Text, false, true}};
  if (options.brief)
    std::erase_if(sheet.columns, [](const SheetColumn& c) { return c.key == "credit_code"; });
  std::size_t called = 0;
  for (const PlannedIntroduction& one : plan) {
    const EntityId entity = graph.entity(one.firm);
    std::vector<SheetCell> row = {count(sheet.rows.size() + 1),
                                  words(valid_utf8(graph.name(entity)))};
    if (!options.brief) row.push_back(words(valid_utf8(graph.text(entity, EntityText::Code))));
    if (one.way) {
      ++called;
      row.insert(row.end(),
                 {words(channel_text(one.way->channel).in(language)),
                  words(valid_utf8(graph.name(one.way->introducer))),
                  words(introduction_text(graph, *one.way).in(language)),
                  words(way_words(graph, *one.way, language, true)), cost_cell(one.way->cost),
                  words(hub_words(graph, *one.way, language)), SheetCell()});
    } else {
      row.insert(row.end(), {SheetCell(), SheetCell(), SheetCell(), SheetCell(), SheetCell(),
                             SheetCell(), words(unintroduced_text(graph, one).in(language))});
    }
    sheet.rows.push_back(std::move(row));
  }
  sheet.notes.push_back(
      {fmt::format("{} of {} firms have somebody to call them", called, plan.size()),
       fmt::format("{} 家中有 {} 家已有人引荐", plan.size(), called)});
  return sheet;
}

}  // namespace liantu
