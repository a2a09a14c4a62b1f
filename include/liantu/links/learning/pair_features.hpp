#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/link_task.hpp"

namespace LIANTU_API liantu {

/// One thing that is known of a source and a candidate.
struct PairFeature {
  std::string name;       ///< `directed_l3`
  Text meaning;           ///< one sentence
  std::string_view unit;  ///< `1` without unit, `links`, `ln rank`, `share`, `lg CNY`, `level`
  Text missing;           ///< when it has no value; empty = always has one
  int monotone = 0;       ///< 1: a larger value never lowers a learned score; -1: never raises it
};

/// All features of a pair in the order of their values.
[[nodiscard]] const std::vector<PairFeature>& pair_features();
/// Place of a feature, or nothing when there is none of this name.
[[nodiscard]] std::optional<std::size_t> pair_feature(std::string_view name);

/// What puts firms into groups whose mutual preference is counted.
enum class FirmGrouping : std::uint8_t {
  Auto,        ///< Region when some firm has one, else NameSuffix when nine names in ten have one
  None,        ///< no groups; features of groups are missing
  Region,      ///< province, the first two digits of the region code
  NameSuffix,  ///< what stands behind the last blank of a name, up to three capitals: `6201 JP`
};

/// `auto`, `none`, `region`, `suffix`.
[[nodiscard]] std::string_view grouping_word(FirmGrouping grouping);
[[nodiscard]] std::optional<FirmGrouping> parse_grouping(std::string_view word);

/// Options of PairFeatures.
struct PairFeatureOptions {
  FirmGrouping grouping = FirmGrouping::Auto;
  unsigned threads = 0;  ///< most threads used; 0 = one a processor
};

/// The candidates of one source and what is known of each pair.
struct PairTable {
  std::vector<EntityId> candidates;  ///< ascending
  std::vector<float> values;  ///< candidate by candidate, pair_features() of each; NaN = missing,
                              ///< never infinite

  [[nodiscard]] std::span<const float> row(std::size_t candidate) const {
    const std::size_t width = candidates.empty() ? 0 : values.size() / candidates.size();
    return {values.data() + candidate * width, width};
  }
};

/// Candidates of sources and features of the pairs, from what a task leaves visible of a graph.
/// Safe to use from any number of threads; results do not depend on their number.
class PairFeatures {
 public:
  /// @param graph  Any graph; kept alive by this object.
  /// @param task   Relation, end of the sources, hidden instances; questions are not looked at.
  PairFeatures(const EnterpriseGraph& graph, const LinkTask& task,
               const PairFeatureOptions& options = {});
  ~PairFeatures();
  PairFeatures(PairFeatures&&) noexcept;
  PairFeatures& operator=(PairFeatures&&) noexcept;

  /// The grouping used; never Auto.
  [[nodiscard]] FirmGrouping grouping() const noexcept;

  /// Candidates of each source: the best of several relation paths and the entities most linked in
  /// the source's group, but not the source itself and nothing that a visible link joins with it,
  /// either way; and the features of every pair, as if the pair were linked where degrees are
  /// counted.
  ///
  /// @param sources  Any entities.
  /// @return         One table a source, in their order.
  /// @throws Error{Cancelled}.
  /// @complexity     A few dozen walks over the visible links a source.
  /// @source         The paths: Mattsson et al. (2021), doi:10.3389/fdata.2021.666712; Kovács et
  ///                 al. (2019), doi:10.1038/s41467-019-09177-y; Zhou, Lü, Zhang (2009),
  ///                 doi:10.1140/epjb/e2009-00335-8.
  [[nodiscard]] std::vector<PairTable> tables(std::span<const EntityId> sources,
                                              const std::stop_token& stop = {}) const;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace liantu
