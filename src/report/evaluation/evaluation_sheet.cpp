#include "liantu/report/evaluation/evaluation_sheet.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/graph/kinds.hpp"

namespace liantu {
namespace {

constexpr std::array kMeasures = {
    Measure::Mrr,     Measure::Map,       Measure::Hits10, Measure::Hits20, Measure::Hits50,
    Measure::Hits100, Measure::Recall100, Measure::AucPr,  Measure::Auc,    Measure::AucDegree};

Text kind_text(MethodKind kind) {
  switch (kind) {
    case MethodKind::Single:
      return {"single", "单项"};
    case MethodKind::Learned:
      return {"learned", "学习"};
    case MethodKind::Baseline:
      break;
  }
  return {"baseline", "基线"};
}

std::string digits(double value) { return fmt::format("{:.3f}", value); }

std::string with_interval(double value, const std::optional<Interval>& interval) {
  if (!interval) return digits(value);
  return fmt::format("{} [{}, {}]", digits(value), digits(interval->low), digits(interval->high));
}

std::string gain_words(const std::optional<Comparison>& gain, Language language) {
  if (!gain) return {};
  const std::string p = gain->p < 0.001 ? "p < 0.001" : fmt::format("p = {:.3f}", gain->p);
  return fmt::format("{:+.3f}{}{}{}", gain->difference, language == Language::Zh ? "（" : " (", p,
                     language == Language::Zh ? "）" : ")");
}

SheetCell words(std::string text) {
  if (text.empty()) return {};
  return text;
}

std::vector<const MethodFigures*> best_first(const Evaluation& evaluation) {
  std::vector<const MethodFigures*> methods;
  for (const MethodFigures& figures : evaluation.methods) methods.push_back(&figures);
  std::ranges::stable_sort(methods, [](const MethodFigures* a, const MethodFigures* b) {
    if (a->unavailable.empty() != b->unavailable.empty()) return a->unavailable.empty();
    return (*a)[Measure::Mrr].value > (*b)[Measure::Mrr].value;
  });
  return methods;
}

void add_notes(Sheet& sheet, const Evaluation& evaluation) {
  for (std::size_t i = 0; i < evaluation.rounds.size(); ++i) {
    const RoundSummary& round = evaluation.rounds[i];
    const std::string which_en =
        evaluation.rounds.size() > 1 ? fmt::format("round {}: ", i + 1) : "";
    const std::string which_zh =
        evaluation.rounds.size() > 1 ? fmt::format("第 {} 轮：", i + 1) : "";
    sheet.notes.push_back(
        {fmt::format("{}{} links asked for, of {} sources, among {} candidates each less those "
                     "known; {} instances hidden",
                     which_en, round.links, round.sources, round.candidates, round.hidden),
         fmt::format(
             "{}共问 {} 条链接、{} 个来源，每个来源的候选为 {} 个减去已知者；隐藏关系 {} 条",
             which_zh, round.links, round.sources, round.candidates, round.hidden)});
  }
  if (!evaluation.conclusive) {
    sheet.notes.push_back(
        {fmt::format("no conclusion: fewer than {} hidden links; figures stand without intervals "
                     "and prove nothing; hide or test more links",
                     evaluation.least_links),
         fmt::format(
             "不作结论：隐藏链接少于 {} 条，各指标没有区间，不能说明问题；请增加隐藏或测试的链接",
             evaluation.least_links)});
    return;
  }
  sheet.notes.push_back(
      {fmt::format("intervals: 95 %, bootstrap over sources, {} drawings; AUC and AUC-PR: {} pairs "
                   "not linked for each hidden link, drawn alike (AUC-PR of a random ranking is "
                   "{}), or as many of like degree",
                   evaluation.resamples, evaluation.negatives,
                   digits(1 / (1 + static_cast<double>(evaluation.negatives)))),
       fmt::format(
           "区间：95 %，按来源自助抽样 {} 次；AUC 与 AUC-PR：每条隐藏链接随机抽 {} 个未连接对"
           "（随机排序的 AUC-PR 为 {}），另抽同样多度数相近的未连接对",
           evaluation.resamples, evaluation.negatives,
           digits(1 / (1 + static_cast<double>(evaluation.negatives))))});
  if (!evaluation.reference.empty()) {
    sheet.notes.push_back({fmt::format("differences are against {} on the same sources: paired "
                                       "bootstrap, two-sided p",
                                       evaluation.reference),
                           fmt::format("差值均与 {} 在相同来源上比较：配对自助抽样，双侧 p 值",
                                       evaluation.reference)});
  }
}

}  // namespace

Text measure_text(Measure measure) {
  switch (measure) {
    case Measure::Mrr:
      return {"MRR", "MRR"};
    case Measure::Map:
      return {"MAP", "MAP"};
    case Measure::Hits10:
      return {"Hits@10", "Hits@10"};
    case Measure::Hits20:
      return {"Hits@20", "Hits@20"};
    case Measure::Hits50:
      return {"Hits@50", "Hits@50"};
    case Measure::Hits100:
      return {"Hits@100", "Hits@100"};
    case Measure::Recall100:
      return {"recall@100", "召回率@100"};
    case Measure::Auc:
      return {"AUC", "AUC"};
    case Measure::AucDegree:
      return {"AUC, like degree", "AUC（度数相近）"};
    case Measure::AucPr:
      break;
  }
  return {"AUC-PR", "AUC-PR"};
}

Text group_text(const EnterpriseGraph& graph, const LinkGroup& group) {
  switch (group.kind) {
    case LinkGroup::Kind::Warm:
      return {"warm: both ends have links", "两端均有已知链接"};
    case LinkGroup::Kind::ColdSource:
      return {"cold source", "来源无已知链接（冷启动）"};
    case LinkGroup::Kind::ColdAnswer:
      return {"cold answer", "答案无已知链接（冷启动）"};
    case LinkGroup::Kind::ColdBoth:
      return {"cold at both ends", "两端均无已知链接（冷启动）"};
    case LinkGroup::Kind::Connected:
      return {"ends still connected", "隐藏后两端仍连通"};
    case LinkGroup::Kind::Disconnected:
      return {"hiding disconnects the ends", "隐藏后两端不再连通"};
    case LinkGroup::Kind::Segment:
      break;
  }
  const std::string name(graph.name(graph.entity(*group.segment)));
  return {"segment " + name, "环节 " + name};
}

Sheet evaluation_sheet(const Evaluation& evaluation, const EvaluationSheetOptions& options) {
  Sheet sheet;
  sheet.title = {fmt::format("Backtest of missing links: {}", relation_word(evaluation.relation)),
                 fmt::format("缺失链接回测：{}", relation_text(evaluation.relation).zh)};
  sheet.columns = {{"method", {"method", "方法"}, CellKind::Text, true},
                   {"kind", {"kind", "类别"}, CellKind::Text, true}};
  const bool several = evaluation.rounds.size() > 1;
  for (const Measure measure : kMeasures) {
    const std::string key(measure_word(measure));
    const Text name = measure_text(measure);
    if (options.brief) {
      sheet.columns.push_back({key, name, CellKind::Text});
      continue;
    }
    sheet.columns.push_back({key, name, CellKind::Number});
    sheet.columns.push_back(
        {key + "_low", {name.en + ", low", name.zh + " 下限"}, CellKind::Number});
    sheet.columns.push_back(
        {key + "_high", {name.en + ", high", name.zh + " 上限"}, CellKind::Number});
    if (several) {
      sheet.columns.push_back(
          {key + "_spread",
           {name.en + ", standard deviation over rounds", name.zh + " 轮间标准差"},
           CellKind::Number});
    }
  }
  if (several && options.brief) {
    sheet.columns.push_back(
        {"spread", {"spread of MRR, MAP", "轮间标准差 MRR、MAP"}, CellKind::Text});
  }
  sheet.columns.push_back({"mrr_gain", {"MRR difference", "MRR 差"}, CellKind::Text});
  sheet.columns.push_back({"map_gain", {"MAP difference", "MAP 差"}, CellKind::Text});
  for (const MethodFigures* figures : best_first(evaluation)) {
    auto& row = sheet.rows.emplace_back();
    row = {figures->method, kind_text(figures->kind).in(options.language)};
    if (!figures->unavailable.empty()) {
      row.resize(sheet.columns.size());
      const bool zh = options.language == Language::Zh;
      if (options.brief) {
        row[2] = zh ? "不可用" : "not available";
      } else {
        row.back() = zh ? "不可用" : "not available";
      }
      sheet.notes.push_back(
          {fmt::format("{} is not available: {}", figures->method, figures->unavailable),
           fmt::format("{} 不可用：{}", figures->method, figures->unavailable)});
      continue;
    }
    for (const Measure measure : kMeasures) {
      const Estimate& estimate = (*figures)[measure];
      if (options.brief) {
        row.emplace_back(with_interval(estimate.value, estimate.interval));
        continue;
      }
      row.emplace_back(estimate.value);
      row.push_back(estimate.interval ? SheetCell(estimate.interval->low) : SheetCell());
      row.push_back(estimate.interval ? SheetCell(estimate.interval->high) : SheetCell());
      if (several) row.emplace_back(estimate.spread);
    }
    if (several && options.brief) {
      row.emplace_back(fmt::format("{}, {}", digits((*figures)[Measure::Mrr].spread),
                                   digits((*figures)[Measure::Map].spread)));
    }
    row.push_back(words(gain_words(figures->mrr_gain, options.language)));
    row.push_back(words(gain_words(figures->map_gain, options.language)));
  }
  add_notes(sheet, evaluation);
  return sheet;
}

Sheet evaluation_group_sheet(const EnterpriseGraph& graph, const Evaluation& evaluation,
                             Language language) {
  Sheet sheet;
  sheet.title = {"By sort of link: MRR, Hits@20", "按链接类别：MRR，Hits@20"};
  sheet.columns = {{"group", {"links", "链接类别"}, CellKind::Text, true},
                   {"links", {"number", "数量"}, CellKind::Number, true}};
  std::vector<const MethodFigures*> methods = best_first(evaluation);
  std::erase_if(methods, [](const MethodFigures* one) { return !one->unavailable.empty(); });
  for (const MethodFigures* method : methods) {
    sheet.columns.push_back({method->method, {method->method, method->method}, CellKind::Text});
  }
  for (std::size_t i = 0; i < evaluation.groups.size(); ++i) {
    const LinkGroup& group = evaluation.groups[i];
    auto& row = sheet.rows.emplace_back();
    row = {group_text(graph, group).in(language), static_cast<double>(group.links)};
    for (const MethodFigures* method : methods) {
      row.emplace_back(digits(method->groups[i].mrr) + ", " + digits(method->groups[i].hits20));
    }
  }
  sheet.notes.push_back(
      {"each link counts alike; what the same source should find besides takes no "
       "place before it",
       "每条链接权重相同；同一来源的其他答案不占名次"});
  return sheet;
}

Sheet reliability_sheet(const Evaluation& evaluation) {
  Sheet sheet;
  sheet.title = {"Reliability of probabilities", "概率的可靠性"};
  sheet.columns = {{"method", {"method", "方法"}, CellKind::Text, true},
                   {"said", {"said", "预测概率"}, CellKind::Text},
                   {"came_true", {"came true", "实际比例"}, CellKind::Text},
                   {"pairs", {"pairs", "对数"}, CellKind::Number}};
  const auto share = [](double value) { return fmt::format("{:.4f}", value); };
  for (const MethodFigures& figures : evaluation.methods) {
    for (const ReliabilityRow& row : figures.reliability) {
      sheet.rows.push_back(
          {figures.method, share(row.said), share(row.came_true), static_cast<double>(row.pairs)});
    }
  }
  sheet.notes.push_back(
      {"over the pairs that a method scored for the sources asked; a probability is that of being "
       "one of as many links as were hidden to learn from, so that it shifts where a backtest "
       "hides "
       "another share",
       "仅计各来源中该方法给出评分的对；概率的口径是训练时隐藏的同等数量链接，回测隐藏比例不同则会"
       "偏移"});
  return sheet;
}

}  // namespace liantu
