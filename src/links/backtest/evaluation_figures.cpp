#include "links/backtest/evaluation_figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

namespace liantu {
namespace {

constexpr std::size_t kCurveSteps = 100;

// The last but one column counts sources, the last one links.
std::size_t denominator(std::size_t measure) {
  const bool of_links = measure >= place(Measure::Hits10) && measure <= place(Measure::Hits100);
  return of_links ? kSourceMeasures + 1 : kSourceMeasures;
}

std::array<double, kMeasureCount> values_of(const Outcome& outcome) {
  std::array<double, kMeasureCount> values{};
  const auto sum = [&](std::size_t column) {
    const auto& all = outcome.columns[column];
    return std::accumulate(all.begin(), all.end(), 0.0);
  };
  for (std::size_t m = 0; m < kSourceMeasures; ++m) values[m] = sum(m) / sum(denominator(m));
  values[place(Measure::Auc)] = outcome.uniform.roc_area();
  values[place(Measure::AucDegree)] = outcome.of_degree.roc_area();
  values[place(Measure::AucPr)] = outcome.uniform.precision_recall_area();
  return values;
}

bool belongs(const AskedLink& link, const LinkGroup& group) {
  switch (group.kind) {
    case LinkGroup::Kind::Connected:
      return link.connected;
    case LinkGroup::Kind::Disconnected:
      return !link.connected;
    case LinkGroup::Kind::Segment:
      return link.segment == group.segment;
    default:
      return link.warmth == group.kind;
  }
}

}  // namespace

Drawings draw(const Resamples& resamples, const std::vector<Round>& rounds,
              const std::vector<Outcome>& outcomes) {
  Drawings mean;
  for (auto& values : mean) values.assign(resamples.drawings(), 0.0);
  const auto share = 1 / static_cast<double>(rounds.size());
  for (std::size_t r = 0; r < rounds.size(); ++r) {
    const auto sums = resamples.sums(rounds[r].groups, outcomes[r].columns);
    for (std::size_t m = 0; m < kSourceMeasures; ++m) {
      const auto& of = sums[denominator(m)];
      for (std::size_t i = 0; i < of.size(); ++i) {
        if (of[i] > 0) mean[m][i] += share * sums[m][i] / of[i];
      }
    }
    for (std::size_t block = 0; block < resamples.blocks(); ++block) {
      const auto weights = resamples.weights(block);
      const DrawnAreas uniform = outcomes[r].uniform.weighted_areas(weights);
      const DrawnAreas of_degree = outcomes[r].of_degree.weighted_areas(weights);
      const std::size_t first = block * kDrawingsAtOnce;
      const std::size_t here = std::min(kDrawingsAtOnce, resamples.drawings() - first);
      for (std::size_t i = 0; i < here; ++i) {
        mean[place(Measure::Auc)][first + i] += share * uniform.roc[i];
        mean[place(Measure::AucPr)][first + i] += share * uniform.precision_recall[i];
        mean[place(Measure::AucDegree)][first + i] += share * of_degree.roc[i];
      }
    }
  }
  return mean;
}

void set_estimates(MethodFigures& figures, const std::vector<Outcome>& outcomes) {
  const auto rounds = static_cast<double>(outcomes.size());
  std::vector<std::array<double, kMeasureCount>> values;
  for (const Outcome& outcome : outcomes) values.push_back(values_of(outcome));
  for (std::size_t m = 0; m < kMeasureCount; ++m) {
    Estimate& estimate = figures.measures[m];
    for (const auto& one : values) estimate.value += one[m] / rounds;
    if (values.size() < 2) continue;
    double squares = 0;
    for (const auto& one : values) squares += std::pow(one[m] - estimate.value, 2);
    estimate.spread = std::sqrt(squares / (rounds - 1));
  }
  figures.curve.assign(kCurveSteps, {});
  for (const Outcome& outcome : outcomes) {
    const auto curve = outcome.uniform.precision_recall_curve(kCurveSteps);
    for (std::size_t i = 0; i < curve.size(); ++i) {
      figures.curve[i].recall = curve[i].recall;
      figures.curve[i].precision += curve[i].precision / rounds;
    }
  }
}

std::vector<ReliabilityRow> reliability_of(const std::vector<Outcome>& outcomes) {
  std::vector<double> said;
  std::vector<std::uint8_t> came_true;
  for (const Outcome& outcome : outcomes) {
    for (std::size_t i = 0; i < outcome.said.size(); ++i) {
      said.insert(said.end(), outcome.said[i].begin(), outcome.said[i].end());
      came_true.insert(came_true.end(), outcome.came_true[i].begin(), outcome.came_true[i].end());
    }
  }
  return reliability(said, came_true);
}

Comparison compare(double difference, const std::vector<double>& one,
                   const std::vector<double>& reference) {
  std::vector<double> differences(one.size());
  for (std::size_t i = 0; i < one.size(); ++i) differences[i] = one[i] - reference[i];
  return {difference, percentile_interval(differences), two_sided_p(differences)};
}

std::vector<LinkGroup> find_groups(const EnterpriseGraph& graph, const EntityKeys& keys,
                                   const std::vector<Round>& rounds, std::size_t most_segments) {
  using Kind = LinkGroup::Kind;
  std::vector<LinkGroup> groups;
  for (const Kind kind : {Kind::Warm, Kind::ColdSource, Kind::ColdAnswer, Kind::ColdBoth,
                          Kind::Connected, Kind::Disconnected}) {
    groups.push_back({kind, std::nullopt, 0});
  }
  std::map<SegmentId, std::size_t> segments;
  for (const Round& round : rounds) {
    for (const AskedLink& link : round.links) {
      for (LinkGroup& group : groups) group.links += belongs(link, group) ? 1 : 0;
      if (link.segment) ++segments[*link.segment];
    }
  }
  std::erase_if(groups, [](const LinkGroup& group) { return group.links == 0; });
  std::vector<LinkGroup> by_segment;
  for (const auto& [segment, links] : segments)
    by_segment.push_back({Kind::Segment, segment, links});
  std::ranges::sort(by_segment, [&](const LinkGroup& a, const LinkGroup& b) {
    const auto key = [&](const LinkGroup& one) { return keys(graph.entity(*one.segment)); };
    return a.links != b.links ? a.links > b.links : key(a) < key(b);
  });
  by_segment.resize(std::min(by_segment.size(), most_segments));
  groups.insert(groups.end(), by_segment.begin(), by_segment.end());
  return groups;
}

GroupFigures group_figures(const std::vector<Round>& rounds, const std::vector<Outcome>& outcomes,
                           const LinkGroup& group) {
  GroupFigures figures;
  std::vector<double> reciprocals;
  for (std::size_t r = 0; r < rounds.size(); ++r) {
    for (std::size_t i = 0; i < rounds[r].links.size(); ++i) {
      if (!belongs(rounds[r].links[i], group)) continue;
      const double rank = outcomes[r].filtered[i];
      reciprocals.push_back(1 / rank);
      figures.hits20 += rank <= 20 ? 1 : 0;
      figures.hits50 += rank <= 50 ? 1 : 0;
    }
  }
  // Ascending, so that their sum does not depend on the order of the links.
  std::ranges::sort(reciprocals);
  figures.mrr = std::accumulate(reciprocals.begin(), reciprocals.end(), 0.0);
  const auto links = static_cast<double>(group.links);
  return {figures.mrr / links, figures.hits20 / links, figures.hits50 / links};
}

}  // namespace liantu
