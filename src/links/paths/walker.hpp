#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "liantu/links/paths/score_row.hpp"
#include "liantu/links/paths/scores.hpp"
#include "links/paths/entity_order.hpp"
#include "links/paths/huge_pages.hpp"
#include "links/paths/selection.hpp"
#include "links/paths/step_layout.hpp"

namespace liantu {

/// A step as walks need it.
struct PreparedStep {
  const StepLayout* layout = nullptr;
  const StepLayout* turned = nullptr;  ///< the same step from its other end
  const double* factors = nullptr;     ///< see StepLayout::factors()
};

/// Carries values along prepared steps, one source at a time. The value of a place is the sum,
/// taken in the order of places, of value times factor of the places it is reached from, whatever
/// way leads there; a ranking holds the very numbers that a whole row would.
class Walker {
 public:
  explicit Walker(std::uint32_t size);

  /// Stands at one place with value 1.
  void start(std::uint32_t source);
  /// One step further.
  void advance(const PreparedStep& step);
  /// One step further, all of it.
  /// @param excluded  Places that are left out, distinct.
  [[nodiscard]] ScoreRow whole(const PreparedStep& step, const EntityOrder& order,
                               std::span<const std::uint32_t> excluded);
  /// One step further, only the best of it.
  ///
  /// @param excluded  Places that are not ranked, distinct.
  /// @param most      Most entities kept; at least 1.
  /// @return          Best first, ties by id.
  [[nodiscard]] std::vector<ScoredEntity> best(const PreparedStep& step, const EntityOrder& order,
                                               std::span<const std::uint32_t> excluded,
                                               std::size_t most);

 private:
  void weigh(const PreparedStep& step);
  void add_rows(const PreparedStep& step, std::size_t first, std::size_t last);
  template <typename Visit>
  void visit_marks(const Visit& visit);
  void sort_touched();
  void walk_few(const PreparedStep& step, std::size_t arcs, Selection& selection);
  void walk_many(const PreparedStep& step, Selection& selection);
  [[nodiscard]] double last_of_touched(std::size_t most, double least);
  void offer_touched(Selection& selection) const;
  void complete_candidates(const PreparedStep& step, std::uint32_t first, Selection& selection);

  std::vector<std::uint32_t> places_;
  std::vector<double> values_;
  std::vector<double> parts_;          ///< what each place hands on
  HugeVector<double> sums_;            ///< zero between calls
  HugeVector<double> part_of_;         ///< `parts_` by place; zero between calls
  HugeVector<std::uint32_t> touched_;  ///< the first `touched_count_` have a sum
  std::size_t touched_count_ = 0;
  std::vector<std::uint64_t> marks_;  ///< one bit a place; zero between calls
  std::vector<double> scratch_;
  std::vector<double> rest_;
  std::vector<std::uint64_t> ends_;
  std::vector<std::uint32_t> candidates_;
};

}  // namespace liantu
