#pragma once

#include <string>
#include <utility>

#include "liantu/links/backtest/evaluation.hpp"
#include "liantu/report/words/run_info.hpp"
#include "support/sketch.hpp"

namespace liantu::test {

/// A graph with one segment, for groups.
inline EnterpriseGraph evaluation_graph() {
  return sketch("a -makes-> 隔膜<\"&>; a -supplies-> b");
}

inline RunInfo evaluation_run() {
  RunInfo run;
  run.version = "0.1.0";
  run.inputs = {{"links.csv", "00ff"}};
  run.parameters = {{"hide", 0.1}};
  return run;
}

/// Three methods, one of them not available, with round figures.
inline Evaluation evaluation_case(bool conclusive, std::size_t rounds = 1) {
  Evaluation evaluation;
  evaluation.rounds.assign(rounds, {41, 20, 40, 100});
  evaluation.conclusive = conclusive;
  evaluation.least_links = 30;
  evaluation.negatives = 20;
  evaluation.resamples = 2000;
  evaluation.reference = "directed_l3";
  evaluation.groups = {{LinkGroup::Kind::Warm, std::nullopt, 38},
                       {LinkGroup::Kind::Segment, SegmentId{0}, 2}};
  for (const auto& [name, kind] :
       {std::pair("degree", MethodKind::Baseline), std::pair("directed_l3", MethodKind::Single)}) {
    MethodFigures figures;
    figures.method = name;
    figures.kind = kind;
    const bool best = kind == MethodKind::Single;
    for (std::size_t i = 0; i < kMeasureCount; ++i) {
      const double value = (best ? 0.5 : 0.25) + static_cast<double>(i) / 64;
      figures.measures[i].value = value;
      if (conclusive) figures.measures[i].interval = Interval{value - 0.125, value + 0.125};
      if (rounds > 1) figures.measures[i].spread = 0.03125;
    }
    if (conclusive && !best) {
      figures.mrr_gain = Comparison{-0.25, {-0.375, -0.125}, 0.0005};
      figures.map_gain = Comparison{-0.25, {-0.375, 0.125}, 0.25};
    }
    figures.curve = {{0.5, best ? 1.0 : 0.5}, {1, 0.25}};
    figures.groups = {{0.5, 0.75, 1}, {0.25, 0, 0.5}};
    evaluation.methods.push_back(std::move(figures));
  }
  MethodFigures missing;
  missing.method = "attributes";
  missing.kind = MethodKind::Baseline;
  missing.unavailable = "no visible link joins two firms that state an attribute";
  evaluation.methods.push_back(std::move(missing));
  return evaluation;
}

}  // namespace liantu::test
