#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/text/text.hpp"
#include "report/words/words.hpp"

namespace liantu {

/// What a cell of a list to be signed has room for.
struct CellRoom {
  std::size_t width = 0;  ///< of its column, as in SheetColumn::width
  std::size_t lines = 2;

  /// Whether a text fits.
  [[nodiscard]] bool holds(std::string_view text) const;
};

/// As many names as fit, then how many there are; of a first one that is too long as much as fits.
[[nodiscard]] std::string few_names(const std::vector<std::string>& names, Counter counter,
                                    Language language, const CellRoom& room);

/// A text that fits as it is. Of a longer one as many clauses (divided by ； in Chinese, by ; in
/// English) as fit and `…` for the others, without what stands in brackets beside a basis; of a first
/// one that is too long itself as much as fits.
[[nodiscard]] std::string first_clauses(const std::string& text, Language language,
                                        const CellRoom& room);

}  // namespace liantu
