#include "liantu/base/values/goods_kinds.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <tuple>

namespace liantu {
namespace {

struct Row {
  const char* zh;
  const char* en;
  const char* words;
  const char* made_in;
  const char* used_in;
};

constexpr Row kRows[] = {
#include "base/values/goods_kinds.inc"
};

std::vector<std::string_view> parts(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

// Whether one of two codes lies below the other.
bool related(std::string_view one, std::string_view other) {
  return one.starts_with(other) || other.starts_with(one);
}

}  // namespace

std::span<const GoodsKind> goods_kinds() {
  static const std::vector<GoodsKind> all = [] {
    std::vector<GoodsKind> kinds;
    for (const Row& row : kRows) {
      kinds.push_back({{row.en, row.zh}, parts(row.words), parts(row.made_in), parts(row.used_in)});
    }
    return kinds;
  }();
  return all;
}

std::vector<const GoodsKind*> kinds_made_in(std::span<const std::string_view> industries) {
  std::vector<const GoodsKind*> found;
  for (const GoodsKind& kind : goods_kinds()) {
    const bool made = std::ranges::any_of(industries, [&](std::string_view code) {
      return code.size() >= 3 && std::ranges::any_of(kind.made_in, [&](std::string_view one) {
               return related(code, one);
             });
    });
    if (made) found.push_back(&kind);
  }
  return found;
}

const GoodsKind* kind_of_product(std::string_view product,
                                 std::span<const GoodsKind* const> among) {
  const GoodsKind* best = nullptr;
  std::tuple<std::size_t, std::size_t> most;
  for (const GoodsKind* kind : among) {
    for (const std::string_view word : kind->words) {
      const std::size_t at = product.rfind(word);
      if (at == std::string_view::npos) continue;
      const std::tuple says(word.size(), at);
      if (best != nullptr && says <= most) continue;
      best = kind;
      most = says;
    }
  }
  return best;
}

bool names_parts(std::string_view words) {
  return std::ranges::any_of(
      std::array<std::string_view, 3>{"配件", "零部件", "零件"},
      [&](std::string_view word) { return words.find(word) != std::string_view::npos; });
}

bool works_up(std::string_view industry, const GoodsKind& kind) {
  // A division alone (C36) says nothing of what lies below it.
  constexpr std::size_t kDivision = 3;
  return !industry.empty() && std::ranges::any_of(kind.used_in, [&](std::string_view user) {
    return industry.size() <= kDivision ? industry.starts_with(user) : related(industry, user);
  });
}

}  // namespace liantu
