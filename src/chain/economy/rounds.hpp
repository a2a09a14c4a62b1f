#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/run/paced_stop.hpp"
#include "base/values/confidence.hpp"
#include "chain/segments/input_rules.hpp"
#include "chain/segments/taxonomy.hpp"
#include "liantu/chain/economy/demand.hpp"

namespace liantu {

/// Demand for a segment in a later round.
struct SegmentRound {
  SegmentId segment{0};
  RoundDemand demand;
};

/// Whether a RoundDemand names what raises it.
enum class Causes : std::uint8_t { Keep, Drop };

/// later_rounds() for one question after another about one graph.
class Rounds {
 public:
  using Supply = std::function<std::optional<Figure>(SegmentId)>;

  /// @param taxonomy  Kept by reference, as the rules are.
  Rounds(const Taxonomy& taxonomy, const InputRules& rules, std::uint32_t segments);

  /// @return  By segment, then by round; valid until the next call.
  std::span<SegmentRound> run(std::span<const FirstRound> first, const Supply& supply,
                              const RoundOptions& options, Causes causes);

 private:
  struct Leak {
    SegmentId segment{0};
    Figure amount;
    double confidence = 1;
  };
  struct Left {
    bool asked = false;
    std::optional<Figure> supply;
  };

  // What the leaks of segments that need the same raise by a relation of some confidence.
  struct Joined {
    Figure amount;
    double doubt = 1;
    std::size_t count = 0;
    std::vector<const Leak*> largest;  // kCauses of them
  };

  void next(int round, const Supply& supply, Causes causes);
  [[nodiscard]] Joined join(std::span<const Leak* const> leaks, double sure, Causes causes) const;
  void raise(const Joined& joined, EdgeId edge, Causes causes);
  void forget();
  Left& left(SegmentId segment);
  const std::optional<Figure>& unused(SegmentId segment, const Supply& supply);
  std::optional<Figure> meet(SegmentId segment, const Figure& demand, const Supply& supply);

  const Taxonomy& taxonomy_;
  const InputRules& rules_;
  Threshold threshold_{0};
  PacedStop stop_;
  std::vector<Left> left_;                                  // by segment
  std::vector<std::uint32_t> asked_;                        // whose supply is in `left_`
  std::vector<std::uint32_t> place_;                        // by segment: place in `raised_` + 1
  std::vector<SegmentRound> raised_;                        // in this round
  std::vector<std::pair<SegmentId, std::uint32_t>> order_;  // of `raised_`
  std::vector<Leak> leaks_;
  std::vector<SegmentRound> found_;
};

}  // namespace liantu
