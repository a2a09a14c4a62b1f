#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/files/sheet.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace liantu {

/// Names of firms and segments in cells of a sheet; brief, firms go without their legal form and
/// lists end early.
class Names {
 public:
  Names(const EnterpriseGraph& graph, const GapReport& report, const SheetOptions& options)
      : graph_(graph), newcomers_(report.newcomers), options_(options) {}

  [[nodiscard]] std::string of(FirmId firm) const;
  [[nodiscard]] std::string of(SegmentId segment) const;

  [[nodiscard]] SheetCell firms(const std::vector<FirmId>& firms) const;
  /// Makers and needers alike: whatever names a firm; `total` of them when `rows` are the first.
  template <typename Row>
  [[nodiscard]] SheetCell firms_of(const std::vector<Row>& rows, std::size_t total = 0) const {
    std::vector<std::string> names;
    for (const Row& row : rows) names.push_back(in_list(row.firm));
    return join(names, total);
  }
  /// What local firms make that needs the segment, or goes into it; each once, in the order of the
  /// needers.
  [[nodiscard]] SheetCell products_of(const Gap& gap) const;
  /// Who needs most of it, each with what it makes.
  [[nodiscard]] SheetCell buyers_of(const Gap& gap) const;
  /// Segments whose filling raises the later rounds, in the order of rounds and amounts.
  [[nodiscard]] SheetCell causes_of(const Gap& gap) const;
  [[nodiscard]] SheetCell segments(const std::vector<SegmentId>& segments,
                                   std::size_t total = 0) const;
  /// Kinds of goods with how many buyers each has.
  [[nodiscard]] SheetCell kinds(const std::vector<KindNeed>& kinds) const;
  /// For a column whose reader asks first how many there are.
  [[nodiscard]] SheetCell few_makers(const Gap& gap) const;

 private:
  [[nodiscard]] std::string in_list(FirmId firm) const;
  [[nodiscard]] std::string marked(FirmId firm, std::string_view name) const;
  [[nodiscard]] SheetCell join(const std::vector<std::string>& names, std::size_t total = 0) const;

  const EnterpriseGraph& graph_;
  const std::vector<Newcomer>& newcomers_;
  SheetOptions options_;
};

/// What `word` says of each item.
template <typename Range, typename Word>
[[nodiscard]] std::vector<std::string> all_words(const Range& range, Word word) {
  std::vector<std::string> result;
  for (const auto& item : range) result.emplace_back(word(item));
  return result;
}

}  // namespace liantu
