#include "liantu/report/evaluation/evaluation_sheet.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "liantu/graph/kinds.hpp"
#include "report/formats/column.hpp"
#include "report/words/cells.hpp"

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
  using Row = const MethodFigures*;
  using Col = Column<Row>;
  const Language language = options.language;
  const bool several = evaluation.rounds.size() > 1;
  // A method that is not available has no figures, and its row says so in one place.
  const auto figure = [](auto cell) {
    return
        [cell](Row row) { return row->unavailable.empty() ? SheetCell(cell(*row)) : SheetCell(); };
  };
  const auto missing = [language](auto cell) {
    return [language, cell](Row row) {
      return row->unavailable.empty() ? SheetCell(cell(*row))
                                      : SheetCell(Text{"not available", "不可用"}.in(language));
    };
  };
  std::vector<Col> columns = {
      Col("method", {"method", "方法"}, CellKind::Text, kSheets | kLead,
          [](Row row) { return row->method; }),
      Col("kind", {"kind", "类别"}, CellKind::Text, kSheets | kLead,
          [language](Row row) { return kind_text(row->kind).in(language); })};
  for (const Measure measure : kMeasures) {
    const std::string key(measure_word(measure));
    const Text name = measure_text(measure);
    const auto written = [measure](const MethodFigures& row) {
      return with_interval(row[measure].value, row[measure].interval);
    };
    const auto end = [measure](double Interval::*which) {
      return [measure, which](const MethodFigures& row) {
        const std::optional<Interval>& interval = row[measure].interval;
        return interval ? SheetCell(*interval.*which) : SheetCell();
      };
    };
    columns.push_back(Col(
        key, name, CellKind::Text, kBrief,
        measure == kMeasures.front() ? Col::Cell(missing(written)) : Col::Cell(figure(written))));
    columns.push_back(
        Col(key, name, CellKind::Number, kFull,
            figure([measure](const MethodFigures& row) { return row[measure].value; })));
    columns.push_back(Col(key + "_low", {name.en + ", low", name.zh + " 下限"}, CellKind::Number,
                          kFull, figure(end(&Interval::low))));
    columns.push_back(Col(key + "_high", {name.en + ", high", name.zh + " 上限"}, CellKind::Number,
                          kFull, figure(end(&Interval::high))));
    columns.push_back(Col(
        key + "_spread", {name.en + ", standard deviation over rounds", name.zh + " 轮间标准差"},
        CellKind::Number, several ? kFull : kNowhere,
        figure([measure](const MethodFigures& row) { return row[measure].spread; })));
  }
  columns.push_back(Col("spread", {"spread of MRR, MAP", "轮间标准差 MRR、MAP"}, CellKind::Text,
                        several ? kBrief : kNowhere, figure([](const MethodFigures& row) {
                          return fmt::format("{}, {}", digits(row[Measure::Mrr].spread),
                                             digits(row[Measure::Map].spread));
                        })));
  const auto mrr_gain = [language](const MethodFigures& row) {
    return words(gain_words(row.mrr_gain, language));
  };
  const auto map_gain = [language](const MethodFigures& row) {
    return words(gain_words(row.map_gain, language));
  };
  columns.push_back(
      Col("mrr_gain", {"MRR difference", "MRR 差"}, CellKind::Text, kSheets, figure(mrr_gain)));
  columns.push_back(
      Col("map_gain", {"MAP difference", "MAP 差"}, CellKind::Text, kBrief, figure(map_gain)));
  columns.push_back(
      Col("map_gain", {"MAP difference", "MAP 差"}, CellKind::Text, kFull, missing(map_gain)));

  const std::vector<Row> rows = best_first(evaluation);
  Sheet sheet = sheet_of(columns, options.brief ? kBrief : kFull, rows);
  sheet.title = {fmt::format("Backtest of missing links: {}", relation_word(evaluation.relation)),
                 fmt::format("缺失链接回测：{}", relation_text(evaluation.relation).zh)};
  for (const Row row : rows) {
    if (row->unavailable.empty()) continue;
    sheet.notes.push_back({fmt::format("{} is not available: {}", row->method, row->unavailable),
                           fmt::format("{} 不可用：{}", row->method, row->unavailable)});
  }
  add_notes(sheet, evaluation);
  return sheet;
}

Sheet evaluation_group_sheet(const EnterpriseGraph& graph, const Evaluation& evaluation,
                             Language language) {
  using Col = Column<LinkGroup>;
  using Row = const LinkGroup&;
  const std::vector<LinkGroup>& groups = evaluation.groups;
  std::vector<Col> columns = {Col("group", {"links", "链接类别"}, CellKind::Text, kFull | kLead,
                                  [&](Row row) { return group_text(graph, row).in(language); }),
                              Col("links", {"number", "数量"}, CellKind::Number, kFull | kLead,
                                  [](Row row) { return count(row.links); })};
  for (const MethodFigures* method : best_first(evaluation)) {
    if (!method->unavailable.empty()) continue;
    columns.push_back(Col(method->method, {method->method, method->method}, CellKind::Text, kFull,
                          [method, &groups](Row row) {
                            const GroupFigures& figures =
                                method->groups[static_cast<std::size_t>(&row - groups.data())];
                            return digits(figures.mrr) + ", " + digits(figures.hits20);
                          }));
  }
  Sheet sheet = sheet_of(columns, kFull, groups);
  sheet.title = {"By sort of link: MRR, Hits@20", "按链接类别：MRR，Hits@20"};
  sheet.notes.push_back(
      {"each link counts alike; what the same source should find besides takes no "
       "place before it",
       "每条链接权重相同；同一来源的其他答案不占名次"});
  return sheet;
}

Sheet reliability_sheet(const Evaluation& evaluation) {
  struct MethodReliability {
    const MethodFigures* method = nullptr;
    ReliabilityRow row;
  };
  std::vector<MethodReliability> rows;
  for (const MethodFigures& figures : evaluation.methods) {
    for (const ReliabilityRow& row : figures.reliability) rows.push_back({&figures, row});
  }
  using Col = Column<MethodReliability>;
  Sheet sheet = sheet_of<MethodReliability>(
      {Col("method", {"method", "方法"}, CellKind::Text, kFull | kLead,
           [](const MethodReliability& one) { return one.method->method; }),
       Col("said", {"predicted", "预测概率"}, CellKind::Text, kFull,
           [](const MethodReliability& one) { return fmt::format("{:.4f}", one.row.said); }),
       Col("came_true", {"observed", "实际比例"}, CellKind::Text, kFull,
           [](const MethodReliability& one) { return fmt::format("{:.4f}", one.row.came_true); }),
       Col("pairs", {"pairs", "对数"}, CellKind::Number, kFull,
           [](const MethodReliability& one) { return count(one.row.pairs); })},
      kFull, rows);
  sheet.title = {"Reliability of probabilities", "概率的可靠性"};
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
