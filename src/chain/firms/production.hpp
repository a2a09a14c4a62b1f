#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "chain/segments/segment_marks.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/base/values/basis.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/graph/output_factors.hpp"

namespace liantu {

/// What a firm makes a year according to one of its `makes`, CNY: stated output, else revenue ×
/// share of revenue.
[[nodiscard]] std::optional<Figure> output(const EnterpriseGraph& graph, EntityId firm,
                                           EdgeId makes);

/// @throws Error{InvalidArgument} if a factor is not above 0 or has no source.
void check_factors(const OutputFactors& factors);

/// A figure for a segment, which may be part of that for a segment above it.
struct SegmentFigure {
  SegmentId segment{0};
  std::optional<Figure> figure;
};

/// Figures of one firm added up, each yuan once.
struct Total {
  std::optional<Figure> known;  ///< sum of what is known; nothing when nothing is
  bool complete = true;         ///< whether nothing is missing from the sum
  std::vector<bool> topmost;    ///< by figure: whether none stands for a segment above its own
};

/// Adds up figures of one firm for different segments, each yuan once: a figure counts unless one
/// is known for a segment above its own. The sum is complete when all topmost figures are known.
[[nodiscard]] Total add_once(const Taxonomy& taxonomy, std::span<const SegmentFigure> figures);

/// A Total that does not tell which figures are topmost.
struct Sum {
  std::optional<Figure> known;
  bool complete = true;
};

/// What add_once() adds up; of few figures without memory of its own.
[[nodiscard]] Sum sum_once(const Taxonomy& taxonomy, std::span<const SegmentFigure> figures);

/// What a firm says at present about one segment that it makes.
struct Statement {
  SegmentId segment{0};
  EdgeId makes{0};
  std::optional<Figure> output;       ///< CNY per year
  Basis basis = Basis::Stated;        ///< of the output, else of the statement
  std::optional<std::size_t> factor;  ///< the one that the output is estimated with, or that leaves
                                      ///< it unestimated

  friend bool operator==(const Statement&, const Statement&) = default;
};

/// What a firm produces at or below a segment.
struct Production {
  FirmId firm{0};
  std::vector<Statement> statements;  ///< one a segment, at least one: topmost first, then the
                                      ///< largest output, then the nearest to the segment
  std::optional<Figure> output;       ///< CNY per year, each yuan once (see add_once()); what is
                                      ///< known of it when not complete
  bool complete = false;
  Basis basis = Basis::Stated;  ///< softest of the topmost statements

  friend bool operator==(const Production&, const Production&) = default;
};

/// What firms produce. Of statements about one firm and one segment, which differ in their year,
/// one counts: of those trusted enough and whose output is known those of the firmest basis (stated
/// before estimated before inferred), of these the latest; else the most confident, ties the
/// latest. Years are never added up, and nobody makes a chain.
class Productions {
 public:
  /// @param min_confidence  A statement trusted less is passed over; [0, 1].
  /// @param factors         Estimates of outputs that nobody states, see OutputFactors; kept by
  ///                        reference when not null.
  Productions(const EnterpriseGraph& graph, const Taxonomy& taxonomy, double min_confidence,
              const OutputFactors* factors = nullptr);

  /// The statements of a firm that count, ascending by segment.
  [[nodiscard]] std::vector<Statement> statements(FirmId firm) const;
  /// Adds them to what stands there.
  void append_statements(FirmId firm, std::vector<Statement>& statements) const;
  /// Everything a firm makes; nothing when it makes nothing.
  [[nodiscard]] std::optional<Production> of(FirmId firm) const;
  /// What each of the accepted firms makes at or below a segment, ascending by firm; firms that
  /// make nothing of it are left out.
  [[nodiscard]] std::vector<Production> at(SegmentId segment,
                                           const std::function<bool(FirmId)>& accept) const;

  /// Adds up some of the statements of a firm; of equals those first that stand first.
  [[nodiscard]] Production sum_up(FirmId firm, std::vector<Statement> statements) const;
  /// Puts some of the statements of a firm in the order of Production::statements and adds them up.
  /// @param basis  Softened to that of the topmost statements.
  [[nodiscard]] Sum sum_up(std::span<Statement> statements, Basis& basis) const;

 private:
  void take_revenue(EntityId firm, std::span<Statement> statements) const;
  void estimate(FirmId firm, std::span<Statement> statements) const;
  struct Estimate {
    std::optional<Figure> output;  // nothing where the factor leaves outputs unestimated
    std::size_t factor = 0;
  };
  [[nodiscard]] std::optional<Estimate> factored(FirmId firm, SegmentId segment) const;
  [[nodiscard]] const SegmentMarks& made_segments() const;

  const EnterpriseGraph& graph_;
  Relation makes_;
  const Taxonomy& taxonomy_;
  double min_confidence_;
  const OutputFactors* factors_;
  std::vector<std::pair<SegmentId, std::size_t>> factors_of_;  // ascending
  std::vector<std::size_t> factors_for_all_;
  std::optional<SegmentMarks> factored_segments_;  // where there are factors
  mutable std::once_flag made_looked_up_;
  mutable std::optional<SegmentMarks> made_segments_;  // that some firm anywhere makes
};

}  // namespace liantu
