#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/bootstrap.hpp"
#include "liantu/links/backtest/calibration.hpp"
#include "liantu/links/backtest/link_method.hpp"
#include "liantu/links/backtest/link_task.hpp"
#include "liantu/links/backtest/metrics.hpp"

namespace LIANTU_API liantu {

/// What a ranking is measured by; `docs/evaluation.md` defines each.
enum class Measure : std::uint8_t {
  Mrr,        ///< mean over sources of 1 / rank of the first answer found
  Map,        ///< mean over sources of average precision
  Hits10,     ///< share of hidden links whose filtered rank is at most 10
  Hits20,     ///< at most 20
  Hits50,     ///< at most 50
  Hits100,    ///< at most 100
  Recall100,  ///< mean over sources of the share of answers within the first 100
  Auc,        ///< area under the ROC curve, negatives drawn alike
  AucDegree,  ///< the same, negatives of like degree
  AucPr,      ///< area under the precision–recall curve, negatives drawn alike
};
inline constexpr std::size_t kMeasureCount = 10;

/// `mrr`, `map`, `hits@10`, …, `recall@100`, `auc`, `auc_degree`, `auc_pr`.
[[nodiscard]] std::string_view measure_word(Measure measure);

/// `single`, `learned`, `baseline`.
[[nodiscard]] std::string_view method_kind_word(MethodKind kind);

/// A measure of one method, mean over rounds.
struct Estimate {
  double value = 0;
  std::optional<Interval> interval;  ///< 95 %; none when there are too few links to conclude
  double spread = 0;                 ///< standard deviation over rounds, 0 for one round
};

/// A measure of one method less that of the reference, on the same sources.
struct Comparison {
  double difference = 0;
  Interval interval;  ///< 95 %
  double p = 1;       ///< two_sided_p() over the drawings
};

/// Hidden links of one sort, which are also looked at apart.
struct LinkGroup {
  enum class Kind : std::uint8_t {
    Warm,          ///< both ends have visible links of the relation
    ColdSource,    ///< the source has none
    ColdAnswer,    ///< the answer has none
    ColdBoth,      ///< neither has
    Connected,     ///< visible links still lead from one end to the other, direction ignored
    Disconnected,  ///< hiding cut the ends off from each other
    Segment,       ///< links about one segment
  };
  Kind kind = Kind::Warm;
  std::optional<SegmentId> segment;  ///< of Kind::Segment
  std::size_t links = 0;             ///< over all rounds
};

/// `warm`, `cold_source`, `cold_answer`, `cold_both`, `connected`, `disconnected`, `segment`.
[[nodiscard]] std::string_view group_word(LinkGroup::Kind kind);

/// How a method ranks the links of one group: filtered ranks, each link counting alike.
struct GroupFigures {
  double mrr = 0;  ///< mean of 1 / filtered rank
  double hits20 = 0;
  double hits50 = 0;
};

/// What the backtest found about one method.
struct MethodFigures {
  std::string method;
  MethodKind kind = MethodKind::Single;
  std::string unavailable;  ///< why the data cannot feed it; the rest is then empty
  std::array<Estimate, kMeasureCount> measures;
  std::optional<Comparison> mrr_gain;  ///< against the reference; none for the reference itself and
                                       ///< when there are too few links
  std::optional<Comparison> map_gain;
  std::vector<CurvePoint> curve;            ///< precision at 100 recalls, mean over rounds
  std::vector<GroupFigures> groups;         ///< parallel to Evaluation::groups
  std::vector<ReliabilityRow> reliability;  ///< of a method that says probabilities: what it said
                                            ///< of the pairs it scored that could be asked for,
                                            ///< over all rounds, and how many were; else empty

  [[nodiscard]] const Estimate& operator[](Measure measure) const {
    return measures[static_cast<std::size_t>(measure)];
  }
};

/// What was asked in one round.
struct RoundSummary {
  std::size_t hidden = 0;      ///< instances
  std::size_t sources = 0;     ///< asked
  std::size_t links = 0;       ///< asked for
  std::size_t candidates = 0;  ///< entities ranked, before those known to the source are taken off
};

/// Options of evaluate_links().
struct EvaluationOptions {
  std::uint64_t seed = 1;          ///< of negatives and drawings
  std::size_t negatives = 20;      ///< pairs not linked that are drawn for each hidden link; ≥ 1
  std::size_t resamples = 2000;    ///< drawings of the bootstrap; ≥ 100
  std::size_t least_links = 30;    ///< hidden links below which nothing is concluded
  std::size_t most_segments = 10;  ///< segments looked at apart, those with most links
  std::string reference = "directed_l3";  ///< method that the others are compared with
  std::stop_token stop;                   ///< asks a long run to end early
  Progress progress;                      ///< told about methods
};

/// A backtest of several methods on the same hidden links.
struct Evaluation {
  RelationKind relation = RelationKind::Supplies;
  SourceEnd source_end = SourceEnd::To;
  std::vector<RoundSummary> rounds;
  bool conclusive = false;             ///< every round asked for enough links
  std::size_t least_links = 0;         ///< how many would have been enough
  std::size_t negatives = 0;           ///< per hidden link
  std::size_t resamples = 0;           ///< drawings behind the intervals
  std::string reference;               ///< empty when that method is not among those available
  std::vector<MethodFigures> methods;  ///< in the order given
  std::vector<LinkGroup> groups;       ///< those with links; segments by number of links
};

/// Methods for one task. Those of different tasks go by the same names in the same order.
using MethodMaker = std::function<std::vector<LinkMethod>(const LinkTask&)>;

/// Measures how well methods rank links that they do not see.
///
/// For each question all entities of the other end's kinds are ranked but the source itself and
/// those that a visible instance joins with it in either direction. Intervals are of a bootstrap
/// over sources; a source counts in every round in which it is asked. Comparisons are paired: the
/// same sources are drawn for both methods.
///
/// @param graph    Any graph.
/// @param tasks    One a round, of one relation and end, made by hide_links() or the like; each
///                 with a question.
/// @param methods  Makes the methods of a round.
/// @param options  See EvaluationOptions.
/// @return         See Evaluation; the same for any number of threads.
/// @throws Error{InvalidArgument} if there is no task or a task without a question, an option lies
///         outside its range, methods of two tasks differ, or a method gives other rows than asked
///         for or a score that is not finite; Error{Cancelled}.
/// @complexity  Beside the methods O(M (Q n + B P)); M methods, Q questions, n entities of a row,
///              B drawings, P pairs.
/// @source      Mattsson et al. (2021), doi:10.3389/fdata.2021.666712, for links between firms.
[[nodiscard]] Evaluation evaluate_links(const EnterpriseGraph& graph,
                                        std::span<const LinkTask> tasks, const MethodMaker& methods,
                                        const EvaluationOptions& options = {});

/// The same in one round.
[[nodiscard]] Evaluation evaluate_links(const EnterpriseGraph& graph, const LinkTask& task,
                                        std::span<const LinkMethod> methods,
                                        const EvaluationOptions& options = {});

}  // namespace liantu
