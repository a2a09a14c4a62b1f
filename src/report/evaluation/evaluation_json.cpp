#include "liantu/report/evaluation/evaluation_json.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "liantu/graph/kinds.hpp"
#include "report/formats/json_output.hpp"

namespace liantu {
namespace {

class EvaluationOutput {
 public:
  EvaluationOutput(const EnterpriseGraph& graph, const Evaluation& evaluation)
      : graph_(graph), evaluation_(evaluation) {}

  std::string write(const RunInfo& run) {
    out_.open_object();
    write_run(out_, "liantu.evaluation/1", run);
    out_.member("relation", relation_word(evaluation_.relation));
    out_.member("sources", evaluation_.source_end == SourceEnd::From ? "from" : "to");
    out_.key("conclusive");
    out_.boolean(evaluation_.conclusive);
    out_.member_count("least_links", evaluation_.least_links);
    out_.member_count("negatives", evaluation_.negatives);
    out_.member_count("resamples", evaluation_.resamples);
    out_.member_or_null("reference", evaluation_.reference);
    out_.key("rounds");
    out_.open_array();
    for (const RoundSummary& round : evaluation_.rounds) {
      out_.open_object();
      out_.member_count("hidden", round.hidden);
      out_.member_count("sources", round.sources);
      out_.member_count("links", round.links);
      out_.member_count("candidates", round.candidates);
      out_.close_object();
    }
    out_.close_array();
    out_.key("methods");
    out_.open_array();
    for (const MethodFigures& figures : evaluation_.methods) method(figures);
    out_.close_array();
    out_.close_object();
    return out_.finish();
  }

 private:
  void value(const MethodFigures& figures, std::string_view name, Measure measure) {
    out_.key(name);
    figures.unavailable.empty() ? out_.number(figures[measure].value) : out_.null();
  }

  template <typename Put>
  void by_measure(std::string_view name, const Put& put) {
    out_.key(name);
    out_.open_object();
    for (std::size_t i = 0; i < kMeasureCount; ++i) {
      const Measure measure{static_cast<std::uint8_t>(i)};
      out_.key(measure_word(measure));
      put(measure);
    }
    out_.close_object();
  }

  void interval(const Interval& ends) {
    out_.open_array();
    out_.number(ends.low);
    out_.number(ends.high);
    out_.close_array();
  }

  void comparison(std::string_view name, const Comparison& gain) {
    out_.key(name);
    out_.open_object();
    out_.key("difference");
    out_.number(gain.difference);
    out_.key("interval");
    interval(gain.interval);
    out_.key("p");
    out_.number(gain.p);
    out_.close_object();
  }

  void method(const MethodFigures& figures) {
    const bool available = figures.unavailable.empty();
    out_.open_object();
    out_.member("method", figures.method);
    out_.member("kind", method_kind_word(figures.kind));
    if (!available) out_.member("unavailable", figures.unavailable);
    value(figures, "mrr", Measure::Mrr);
    out_.key("hits");
    out_.open_object();
    value(figures, "10", Measure::Hits10);
    value(figures, "20", Measure::Hits20);
    value(figures, "50", Measure::Hits50);
    value(figures, "100", Measure::Hits100);
    out_.close_object();
    out_.key("recall");
    out_.open_object();
    value(figures, "100", Measure::Recall100);
    out_.close_object();
    value(figures, "map", Measure::Map);
    value(figures, "auc", Measure::Auc);
    value(figures, "auc_degree", Measure::AucDegree);
    value(figures, "auc_pr", Measure::AucPr);
    if (available && evaluation_.conclusive) {
      by_measure("intervals", [&](Measure measure) { interval(*figures[measure].interval); });
    } else {
      out_.key("intervals");
      out_.null();
    }
    if (available && evaluation_.rounds.size() > 1) {
      by_measure("spread", [&](Measure measure) { out_.number(figures[measure].spread); });
    }
    out_.key("against_reference");
    if (figures.mrr_gain && figures.map_gain) {
      out_.open_object();
      comparison("mrr", *figures.mrr_gain);
      comparison("map", *figures.map_gain);
      out_.close_object();
    } else {
      out_.null();
    }
    out_.key("groups");
    out_.open_array();
    for (std::size_t i = 0; i < figures.groups.size(); ++i) group(i, figures.groups[i]);
    out_.close_array();
    if (!figures.reliability.empty()) reliability(figures.reliability);
    out_.close_object();
  }

  void reliability(const std::vector<ReliabilityRow>& rows) {
    out_.key("reliability");
    out_.open_array();
    for (const ReliabilityRow& row : rows) {
      out_.open_object();
      out_.key("said");
      out_.number(row.said);
      out_.key("came_true");
      out_.number(row.came_true);
      out_.member_count("pairs", row.pairs);
      out_.close_object();
    }
    out_.close_array();
  }

  void group(std::size_t i, const GroupFigures& figures) {
    const LinkGroup& which = evaluation_.groups[i];
    out_.open_object();
    out_.member("group", group_word(which.kind));
    if (which.segment) out_.member("segment", graph_.name(graph_.entity(*which.segment)));
    out_.member_count("links", which.links);
    out_.key("mrr");
    out_.number(figures.mrr);
    out_.key("hits");
    out_.open_object();
    out_.key("20");
    out_.number(figures.hits20);
    out_.key("50");
    out_.number(figures.hits50);
    out_.close_object();
    out_.close_object();
  }

  const EnterpriseGraph& graph_;
  const Evaluation& evaluation_;
  JsonOutput out_;
};

}  // namespace

std::string evaluation_json(const EnterpriseGraph& graph, const Evaluation& evaluation,
                            const RunInfo& run) {
  return EvaluationOutput(graph, evaluation).write(run);
}

}  // namespace liantu
