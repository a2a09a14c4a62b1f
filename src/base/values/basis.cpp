#include "liantu/base/values/basis.hpp"

#include <array>
#include <cstddef>

namespace liantu {
namespace {

struct BasisWords {
  std::string_view en;
  std::string_view zh;
};

/// In the order of the enumeration.
constexpr std::array<BasisWords, 4> kWords{{
    {"stated", "明示"},
    {"counted", "计数"},
    {"estimated", "估算"},
    {"inferred", "推断"},
}};

const BasisWords& words_of(Basis basis) { return kWords.at(static_cast<std::size_t>(basis)); }

}  // namespace

std::string_view basis_word(Basis basis) { return words_of(basis).en; }

Text basis_text(Basis basis) {
  const BasisWords& words = words_of(basis);
  return {std::string(words.en), std::string(words.zh)};
}

std::optional<Basis> parse_basis(std::string_view word) {
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    if (word == kWords[i].en || word == kWords[i].zh) return static_cast<Basis>(i);
  }
  return std::nullopt;
}

}  // namespace liantu
