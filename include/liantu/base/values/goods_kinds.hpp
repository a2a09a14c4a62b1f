#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// A kind of goods, narrower than a sector of an input-output table, and who works it up: tyres go
/// into vehicles and not into shoes, although both sectors buy of the makers of rubber goods.
struct GoodsKind {
  Text name;
  std::vector<std::string_view> words;  ///< by which products of it are known
  std::vector<std::string_view>
      made_in;  ///< GB/T 4754 of its makers, each with what lies below it;
                ///< first that of the plants that make nothing else
  std::vector<std::string_view> used_in;  ///< of those who work it up; none: it goes to households
};

/// All kinds that are known, each once. They are knowledge of the trade, without a document: what
/// they are worth is measured, see docs/real-run.md.
[[nodiscard]] std::span<const GoodsKind> goods_kinds();

/// The kinds made in some industries.
///
/// @param industries  Codes of GB/T 4754; a section alone (`C`) says nothing.
/// @return            In the order of goods_kinds().
/// @complexity        O(kinds × industries).
[[nodiscard]] std::vector<const GoodsKind*> kinds_made_in(
    std::span<const std::string_view> industries);

/// Which of some kinds a product is of: the one whose longest word stands in its name; of several the
/// one that stands last, since that is what it is and the rest says of what sort.
///
/// @return  Nothing when no word stands in it.
[[nodiscard]] const GoodsKind* kind_of_product(std::string_view product,
                                               std::span<const GoodsKind* const> among);

/// Whether words name parts of something, for its makers or for repair: 摩托车配件.
[[nodiscard]] bool names_parts(std::string_view words);

/// Whether who makes something of an industry works up the kind; `industry` of GB/T 4754, or a part of
/// its code where no more is known.
[[nodiscard]] bool works_up(std::string_view industry, const GoodsKind& kind);

}  // namespace liantu
