#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/prospects.hpp"
#include "support/sketch.hpp"

namespace liantu::test {

/// A graph with the gaps and the list that belong to it, filled in by hand.
struct DistrictCase {
  EnterpriseGraph graph;
  GapReport report;
  ProspectList list;
};

inline EdgeId edge(const EnterpriseGraph& graph, RelationKind kind, EntityId from, EntityId to) {
  const Relation relation = graph.relation(kind);
  const auto targets = relation.targets(from);
  const auto found = std::find(targets.begin(), targets.end(), to);
  EXPECT_NE(found, targets.end()) << graph.name(from) << " → " << graph.name(to);
  return EdgeId{relation.out_edges(from).first +
                static_cast<std::uint64_t>(found - targets.begin())};
}

inline EdgeId makes_edge(const EnterpriseGraph& graph, std::string_view who,
                         std::string_view what) {
  return edge(graph, RelationKind::Makes, graph.entity(firm(graph, who)),
              graph.entity(segment(graph, what)));
}

inline EdgeId requires_edge(const EnterpriseGraph& graph, std::string_view product,
                            std::string_view input) {
  return edge(graph, RelationKind::Requires, graph.entity(segment(graph, product)),
              graph.entity(segment(graph, input)));
}

inline Need need(const EnterpriseGraph& graph, std::string_view who, std::string_view product,
                 std::string_view input) {
  Need result;
  result.firm = firm(graph, who);
  result.product = segment(graph, product);
  result.makes = makes_edge(graph, who, product);
  result.requires_edge = requires_edge(graph, product, input);
  return result;
}

inline Maker maker(const EnterpriseGraph& graph, std::string_view who, std::string_view what) {
  Maker result;
  result.firm = firm(graph, who);
  result.segment = segment(graph, what);
  result.makes = makes_edge(graph, who, what);
  result.output = graph.relation(RelationKind::Makes).number(result.makes, EdgeNumber::Amount);
  return result;
}

inline FilledGap filled(const EnterpriseGraph& graph, std::size_t gap, std::string_view who,
                        std::string_view what) {
  FilledGap result;
  result.gap = gap;
  result.segment = segment(graph, what);
  result.makes = makes_edge(graph, who, what);
  return result;
}

inline Evidence evidence_makes(const EnterpriseGraph& graph, std::string_view who,
                               std::string_view what) {
  return {RelationKind::Makes, makes_edge(graph, who, what), graph.entity(firm(graph, who)),
          graph.entity(segment(graph, what))};
}

/// All points known.
inline std::array<ScorePart, kPartCount> parts(const std::array<double, kPartCount>& points) {
  std::array<ScorePart, kPartCount> result;
  for (std::size_t i = 0; i < kPartCount; ++i) result[i] = {points[i], points[i], true};
  return result;
}

/// A carmaker that buys separators nobody local makes (missing), cells of which one local firm
/// makes too few (weak), and could have its batteries recycled (extension).
inline DistrictCase car_case() {
  DistrictCase result;
  EnterpriseGraph& graph = result.graph;
  graph = sketch(R"(
    长江整车制造有限公司{region=500104,anchor,code=91500104MA5U000001} -makes{output=2e9,source=主营.xlsx,row=2}-> 新能源整车
    渝电电池股份有限公司{region=500104,code=91500104MA5U000002} -makes{output=3e8,source=主营.xlsx,row=3}-> 动力电池
    巴山电芯有限公司{region=500112} -makes{output=1e8,source=主营.xlsx,row=4}-> 动力电池
    深圳隔膜科技股份有限公司{region=440305,code=91440300MA5U000003} -makes{output=8e8,source=企业 "名录".csv,row=12}-> 隔膜
    成都新材有限公司{region=510104} -makes{conf=0.6,basis=inferred,detail=电池隔膜生产,source=企业 "名录".csv,row=13}-> 隔膜
    无名薄膜厂 -makes{conf=0.4,basis=inferred,source=企业 "名录".csv,row=14}-> 隔膜
    绿源回收有限公司{region=510104} -makes{source=企业 "名录".csv,row=15}-> 电池回收
    渝电隔膜有限公司{region=440305} -makes{source=企业 "名录".csv,row=16}-> 隔膜
    新能源整车 -requires{coef=0.35,basis=estimated,conf=0.8,source=投入产出.csv,row=7}-> 动力电池
    动力电池 -requires{coef=0.12,source=投入产出.csv,row=8}-> 隔膜
    电池回收 -requires{conf=0.5,basis=inferred}-> 动力电池
    动力电池 -part_of-> 三电系统 -part_of-> 新能源汽车
    隔膜 -part_of-> 三电系统
  )");
  GapReport& report = result.report;
  report.district = {RegionCode{500104}, RegionCode{500100}, RegionCode{500000}};
  report.anchors = {{firm(graph, "长江整车制造有限公司")}, AnchorBasis::Column};
  report.local_firms = 2;
  report.local_makers = 2;
  report.unlocated_firms = 1;

  // Demand of cells: 2e9 × 0.35 = 7e8; local supply 3e8; coverage 3/7; leakage 4e8 to 7e8.
  Gap cells;
  cells.segment = segment(graph, "动力电池");
  cells.kind = GapKind::Weak;
  cells.kinds = {GapKind::Weak, GapKind::Extension};
  cells.weak = {WeakReason::LowCoverage, WeakReason::SingleMaker};
  cells.demand = Figure{7e8, Basis::Estimated};
  cells.supply = Figure{3e8, Basis::Stated};
  cells.coverage = 3.0 / 7;
  cells.leakage_min = 4e8;
  cells.leakage_max = 7e8;
  cells.basis = Basis::Estimated;
  cells.confidence = 0.8;
  cells.needers = {need(graph, "长江整车制造有限公司", "新能源整车", "动力电池")};
  cells.needers[0].amount = 7e8;
  cells.needers[0].complete = true;
  cells.needers[0].basis = Basis::Estimated;
  cells.needers[0].confidence = 0.8;
  cells.makers = {maker(graph, "渝电电池股份有限公司", "动力电池")};
  cells.nearby_makers = {maker(graph, "巴山电芯有限公司", "动力电池")};
  cells.anchors = report.anchors.firms;

  // Demand of separators: 3e8 × 0.12 = 3.6e7, of which 6e6 is known to stay here.
  Gap separators;
  separators.segment = segment(graph, "隔膜");
  separators.kind = GapKind::Missing;
  separators.kinds = {GapKind::Missing};
  separators.demand = Figure{3.6e7, Basis::Stated};
  separators.supply = Figure{0, Basis::Counted};
  separators.coverage = 0;
  separators.purchases = 6e6;
  separators.leakage_min = 3e7;
  separators.leakage_max = 3e7;
  separators.basis = Basis::Stated;
  separators.confidence = 1;
  separators.needers = {need(graph, "渝电电池股份有限公司", "动力电池", "隔膜")};
  separators.needers[0].amount = 3.6e7;
  separators.needers[0].complete = true;

  Gap recycling;
  recycling.segment = segment(graph, "电池回收");
  recycling.kind = GapKind::Extension;
  recycling.kinds = {GapKind::Extension};
  recycling.confidence = 0.5;
  recycling.needers.resize(1);
  recycling.needers[0].firm = firm(graph, "渝电电池股份有限公司");
  recycling.needers[0].product = segment(graph, "动力电池");
  recycling.needers[0].makes = makes_edge(graph, "渝电电池股份有限公司", "动力电池");
  recycling.needers[0].requires_edge = requires_edge(graph, "电池回收", "动力电池");
  recycling.needers[0].basis = Basis::Inferred;
  recycling.needers[0].confidence = 0.5;
  report.gaps = {cells, separators, recycling};

  ProspectList& list = result.list;
  list.policy.name = "standard";
  list.policy.screens.clear();
  list.prospect_count = 2;
  list.unlocated_count = 1;
  list.expansion_count = 1;
  Prospect shenzhen;
  shenzhen.firm = firm(graph, "深圳隔膜科技股份有限公司");
  shenzhen.rank = 1;
  shenzhen.rank_best = 1;
  shenzhen.rank_worst = 2;
  shenzhen.grade = 'A';
  // 25 + 11.07 + 0 + 4.4 + 6.03 + 10 + 9.52 + 0 = 66.02
  shenzhen.parts = parts({25, 11.07, 0, 4.4, 6.03, 10, 9.52, 0});
  shenzhen.parts[7] = {0, 5, false};
  shenzhen.score = 66.02;
  shenzhen.gaps = {filled(graph, 1, "深圳隔膜科技股份有限公司", "隔膜")};
  shenzhen.gaps[0].purchases = Figure{3e7, Basis::Stated};
  shenzhen.purchases = Figure{3e7, Basis::Stated};
  shenzhen.evidence = {
      evidence_makes(graph, "深圳隔膜科技股份有限公司", "隔膜"),
      {RelationKind::Requires, requires_edge(graph, "动力电池", "隔膜"),
       graph.entity(segment(graph, "动力电池")), graph.entity(segment(graph, "隔膜"))}};
  shenzhen.reasons = {{"makes separators, which no local firm makes", "生产隔膜，本地无企业生产"},
                      {"two steps from an anchor", "距龙头企业两步"}};
  shenzhen.risks = {"被列入经营异常名录"};
  shenzhen.unknown = {"tags"};

  Prospect chengdu;
  chengdu.firm = firm(graph, "成都新材有限公司");
  chengdu.rank = 2;
  chengdu.rank_best = 1;
  chengdu.rank_worst = 2;
  chengdu.grade = 'B';
  chengdu.parts = parts({25, 0, 0, 4.4, 0, 6, 5, 0});  // 40.4
  chengdu.parts[1] = {0, 20, false};
  chengdu.score = 40.4;
  chengdu.gaps = {filled(graph, 1, "成都新材有限公司", "隔膜")};
  chengdu.evidence = {evidence_makes(graph, "成都新材有限公司", "隔膜")};
  chengdu.unknown = {"capacity", "credit_code", "reputation"};
  list.prospects = {shenzhen, chengdu};

  Prospect nameless;
  nameless.firm = firm(graph, "无名薄膜厂");
  nameless.status = ProspectStatus::Unlocated;
  nameless.rank = nameless.rank_best = nameless.rank_worst = 1;
  nameless.parts = parts({25, 0, 0, 4.4, 0, 4, 0, 0});  // 33.4
  nameless.score = 33.4;
  nameless.gaps = {filled(graph, 1, "无名薄膜厂", "隔膜")};
  nameless.unknown = {"region"};
  list.unlocated = {nameless};

  Prospect sister;
  sister.firm = firm(graph, "渝电隔膜有限公司");
  sister.status = ProspectStatus::Expansion;
  sister.rank = sister.rank_best = sister.rank_worst = 1;
  sister.grade = 'B';
  sister.parts = parts({25, 0, 0, 4.4, 8.1, 10, 0, 0});  // 47.5
  sister.score = 47.5;
  sister.gaps = {filled(graph, 1, "渝电隔膜有限公司", "隔膜")};
  sister.present = {firm(graph, "渝电电池股份有限公司")};
  list.expansions = {sister};

  Prospect screened;
  screened.firm = firm(graph, "绿源回收有限公司");
  screened.status = ProspectStatus::Screened;
  screened.parts = parts({10, 0, 0, 4.4, 0, 10, 0, 0});  // 24.4
  screened.score = 24.4;
  screened.gaps = {filled(graph, 2, "绿源回收有限公司", "电池回收")};
  screened.screened_by = {"dishonest debtor", "失信被执行人"};
  list.screened = {screened};
  return result;
}

/// The same with what a model says: one link, whose seven contributions and bias add up to 1.25.
inline DistrictCase learned_case() {
  DistrictCase one = car_case();
  one.list.learned = LearnedUse{true, "boosted_trees", {"how sure it is", "有多大把握"}};
  LearnedLink link;
  link.anchor = firm(one.graph, "长江整车制造有限公司");
  link.probability = 0.125;
  link.margin = 1.25;
  link.bias = -1;
  link.contributions = {{"l3", 2},
                        {"directed_l3", -1},
                        {"pagerank", 0.5},
                        {"embedding", 0.25},
                        {"like_peers", 0.25},
                        {"regression", 0.125},
                        {"same_group", 0.125}};
  one.list.prospects[0].link = link;
  return one;
}

}  // namespace liantu::test
