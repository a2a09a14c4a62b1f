#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/core/hash_map.hpp"
#include "base/core/string_map.hpp"
#include "base/run/paced_stop.hpp"
#include "base/values/confidence.hpp"
#include "chain/economy/economy.hpp"
#include "chain/gaps/search/local_firms.hpp"
#include "chain/gaps/search/local_purchases.hpp"
#include "chain/segments/buckets.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// What local firms need by what they make, and what their products could go into, as rows that become
/// one a firm when the needs for a segment are gathered. Keeps its memory from one district to the next.
class LocalNeeds {
 public:
  static constexpr std::uint32_t kNoRule = std::numeric_limits<std::uint32_t>::max();

  /// A need, or all needs of one firm for one segment. Firms and statements by their places in
  /// LocalFirms, so that both ascend as firms and products do.
  struct Row {
    std::uint32_t firm = 0;
    std::uint32_t statement = 0;
    std::uint32_t rule = 0;
    bool known = false;
    bool complete = false;
    Basis basis = Basis::Stated;
    double amount = 0;  ///< 0 when it is not known
    double confidence = 1;
    double weight = 0;  ///< see GapFigures::need_weight; 0 when the coefficient is not known
    double plain = 0;   ///< the same without the location quotient
    std::optional<std::uint32_t> bought;  ///< place of the largest purchase
    double stated = 0;                    ///< what purchases state, part of the amount
    [[nodiscard]] bool reckoned() const { return rule != kNoRule; }
  };
  /// Some rows of those that were gathered.
  struct Range {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  /// Who needs one segment.
  struct Needers {
    Range rows;                     ///< one a firm, those that weigh most first
    std::uint32_t anchors = 0;      ///< how many of them are anchors
    double weight = 0;              ///< the sum of their confidences
    double confidence = 1;          ///< how sure it is that the segment is needed at all
    std::optional<double> outside;  ///< what of it is stated to be bought elsewhere
  };
  enum class Of : std::uint8_t {
    Inputs,      ///< what they need
    Extensions,  ///< what their products could go into
  };
  enum class Whose : std::uint8_t { All, Anchors };

  /// @param firms, purchases  Kept by reference.
  LocalNeeds(const Economy& economy, const LocalFirms& firms, const LocalPurchases& purchases);

  /// Forgets the district before.
  ///
  /// @param options  Kept by reference.
  void start(const GapOptions& options);
  /// Adds what one firm needs.
  ///
  /// @param first  Its first statement; they go on to the last one that LocalFirms has read.
  void add(std::uint32_t firm, std::uint32_t first);
  /// To be called once when all firms are there.
  void set_out();

  [[nodiscard]] std::span<const std::uint32_t> segments(Of kind) const {
    return kind == Of::Inputs ? inputs_.filled() : extensions_.filled();
  }
  [[nodiscard]] bool contains(Of kind, SegmentId segment) const {
    return (kind == Of::Inputs ? inputs_ : extensions_).contains(raw(segment));
  }
  /// The needs for a segment. Of those that differ in the year of the `requires` alone and whose
  /// amount is known the latest of the firmest basis, else the most confident; one whose amount is
  /// zero is none.
  [[nodiscard]] std::span<Row> of(Of kind, SegmentId segment);
  /// Their weight; nothing when a coefficient is not known.
  [[nodiscard]] std::optional<double> weight(std::span<const Row> needs, Whose whose) const;
  /// Gathers the needs for a segment by firm: the product with the largest amount kept, with the
  /// amounts of all; joined, for Of::Inputs, with what is stated to be bought.
  [[nodiscard]] Needers gather(std::span<Row> needs, SegmentId segment, Of kind);
  [[nodiscard]] std::span<const Row> rows(const Range& range) const {
    return std::span(gathered_).subspan(range.first, range.count);
  }
  /// What of a known need rests on stated figures alone.
  [[nodiscard]] double stated_part(const Row& need) const;

 private:
  void add_inputs(std::uint32_t firm, std::uint32_t statement);
  void add_extensions(std::uint32_t firm, std::uint32_t statement);
  void add(Of kind, SegmentId segment, std::uint32_t firm, std::uint32_t statement, EdgeId edge);
  [[nodiscard]] bool may_work_up(std::string_view industry, SegmentId sector);
  [[nodiscard]] std::span<Row> keep_latest(std::span<Row> needs) const;
  [[nodiscard]] std::tuple<double, double> weighs(const Row& need) const;
  [[nodiscard]] Row of_one_firm(std::span<Row> needs);
  [[nodiscard]] double confidence(std::span<const Row> needs);
  void join_purchases(SegmentId segment, Needers& needers);

  const Economy& economy_;
  const EnterpriseGraph& graph_;
  const Taxonomy& taxonomy_;
  const InputRules& rules_;
  const Sectors& sectors_;
  const LocalFirms& firms_;
  const LocalPurchases& purchases_;
  Relation requires_;
  Threshold threshold_{0};
  PacedStop stop_;
  Buckets<Row> inputs_;      // one a (firm, product, `requires`)
  Buckets<Row> extensions_;  // likewise
  std::vector<Row> gathered_;
  std::vector<double> best_;  // by `requires`: the best confidence; -1 = none
  std::vector<std::uint32_t> relations_;
  std::vector<SegmentFigure> products_;
  std::vector<std::uint32_t> told_;  // by statement
  std::uint32_t telling_ = 0;        // what `told_` says of those told
  // By industry, then sector: whether it may work up something of it; what was asked for.
  StringMap<HashMap<std::uint32_t, bool>> worked_up_;
};

}  // namespace liantu
