#include "liantu/chain/economy/goods_kinds.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <tuple>

#include "liantu/base/values/industry.hpp"

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
#include "chain/economy/goods_kinds.inc"
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

// 摩托车配件: parts of something, for its makers or for repair.
bool names_parts(std::string_view words) {
  return std::ranges::any_of(
      std::array<std::string_view, 3>{"配件", "零部件", "零件"},
      [&](std::string_view word) { return words.find(word) != std::string_view::npos; });
}

// The class of an industry in which the parts of what it makes are made; empty when it has none.
std::string_view parts_of(std::string_view code) {
  for (const Industry& one : industries()) {
    if (one.code.size() > code.size() && one.code.starts_with(code) && names_parts(one.name)) {
      return one.code;
    }
  }
  return {};
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

std::vector<const GoodsKind*> kinds_made_in(const EnterpriseGraph& graph, SegmentId sector) {
  std::vector<const GoodsKind*> found;
  const EntityId entity = graph.entity(sector);
  if (!graph.number(entity, EntityNumber::OutputShare)) return found;
  const std::vector<std::string_view> own = graph.list(entity, EntityText::Industry);
  for (const GoodsKind& kind : goods_kinds()) {
    const bool made = std::ranges::any_of(own, [&](std::string_view code) {
      if (code.size() < 3) return false;  // a whole section says nothing
      return std::ranges::any_of(kind.made_in,
                                 [&](std::string_view one) { return related(code, one); });
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

bool works_up(std::string_view industry, const GoodsKind& kind) {
  return !industry.empty() && std::ranges::any_of(kind.used_in, [&](std::string_view user) {
    return related(industry, user);
  });
}

std::string_view industry_of(const EnterpriseGraph& graph, EdgeId makes) {
  const std::string_view detail = graph.relation(RelationKind::Makes).detail(makes);
  const std::string_view code = detail.substr(0, detail.find(' '));
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool reads = code.size() >= 3 && code.size() <= 5 && code.front() >= 'A' &&
                     code.front() <= 'T' && std::ranges::all_of(code.substr(1), digit);
  if (!reads) return {};
  const std::size_t words = detail.find(": ");
  const bool parts = words != std::string_view::npos && names_parts(detail.substr(words));
  const std::string_view narrower = parts ? parts_of(code) : std::string_view();
  return narrower.empty() ? code : narrower;
}

}  // namespace liantu
