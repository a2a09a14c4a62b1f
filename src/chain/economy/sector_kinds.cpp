#include "liantu/chain/economy/sector_kinds.hpp"

#include <algorithm>
#include <cstddef>

#include "liantu/base/values/industry.hpp"
#include "liantu/chain/economy/newcomer.hpp"

namespace liantu {
namespace {

struct ClassWord {
  std::string_view word;
  std::string_view code;
};

constexpr ClassWord kClassWords[] = {
#include "chain/economy/class_words.inc"
};

// The class of an industry in which the parts of what it makes are made; empty when it has none.
std::string_view parts_of(std::string_view code) {
  for (const Industry& one : industries()) {
    if (one.code.size() > code.size() && one.code.starts_with(code) && names_parts(one.name)) {
      return one.code;
    }
  }
  return {};
}

// The class of an industry that a firm's words name; empty when they name none.
std::string_view class_named(std::string_view words, std::string_view code) {
  const ClassWord* longest = nullptr;
  for (const ClassWord& one : kClassWords) {
    if (one.code.size() <= code.size() || !one.code.starts_with(code)) continue;
    if (longest != nullptr && one.word.size() <= longest->word.size()) continue;
    if (words.find(one.word) != std::string_view::npos) longest = &one;
  }
  return longest == nullptr ? std::string_view() : longest->code;
}

// What a relation between a firm and a sector says: `C382 输配电及控制设备制造: 母线`.
struct Placed {
  std::string_view code;
  std::string_view words;  ///< of the firm; empty where its industry was stated
};

Placed placed(const EnterpriseGraph& graph, EdgeId makes) {
  const std::string_view detail = graph.relation(RelationKind::Makes).detail(makes);
  const std::string_view code = detail.substr(0, detail.find(' '));
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool reads = code.size() >= 3 && code.size() <= 5 && code.front() >= 'A' &&
                     code.front() <= 'T' && std::ranges::all_of(code.substr(1), digit);
  if (!reads) return {};
  const std::size_t words = detail.find(": ");
  return {code, words == std::string_view::npos ? std::string_view() : detail.substr(words + 2)};
}

bool names(const Placed& at, const GoodsKind& kind) {
  return std::ranges::any_of(kind.words, [&](std::string_view word) {
    return at.words.find(word) != std::string_view::npos;
  });
}

bool takes(const Placed& at, std::string_view industry, const GoodsKind& kind) {
  // Words that were read and name no class of a group leave open which it is.
  const bool users = at.words.empty()
                         ? works_up(industry, kind)
                         : std::ranges::any_of(kind.used_in, [&](std::string_view one) {
                             return industry.starts_with(one);
                           });
  if (!users) return false;
  const bool of_makers = std::ranges::any_of(kind.made_in, [&](std::string_view one) {
    return at.code.starts_with(one) || one.starts_with(at.code);
  });
  return !of_makers || !names(at, kind);
}

}  // namespace

std::vector<const GoodsKind*> kinds_made_in(const EnterpriseGraph& graph, SegmentId sector) {
  const EntityId entity = graph.entity(sector);
  if (!graph.number(entity, EntityNumber::OutputShare)) return {};
  return kinds_made_in(graph.list(entity, EntityText::Industry));
}

std::string_view industry_of(const EnterpriseGraph& graph, EdgeId makes) {
  const Placed at = placed(graph, makes);
  std::string_view narrower = names_parts(at.words) ? parts_of(at.code) : std::string_view();
  if (narrower.empty()) narrower = class_named(at.words, at.code);
  return narrower.empty() ? at.code : narrower;
}

bool names(const EnterpriseGraph& graph, EdgeId makes, const GoodsKind& kind) {
  return names(placed(graph, makes), kind);
}

bool mentions(const EnterpriseGraph& graph, FirmId firm, const GoodsKind& kind) {
  constexpr std::size_t kCharacter = 3;  // bytes of UTF-8
  const EntityId entity = graph.entity(firm);
  const std::string_view said[] = {graph.name(entity), graph.text(entity, EntityText::Scope)};
  return std::ranges::any_of(kind.words, [&](std::string_view word) {
    return word.size() > kCharacter && std::ranges::any_of(said, [&](std::string_view text) {
             return text.find(word) != std::string_view::npos;
           });
  });
}

bool takes(const EnterpriseGraph& graph, EdgeId makes, const GoodsKind& kind) {
  return takes(placed(graph, makes), industry_of(graph, makes), kind);
}

std::vector<std::size_t> taken_of(const EnterpriseGraph& graph, EdgeId makes,
                                  std::span<const GoodsKind* const> kinds) {
  const Placed at = placed(graph, makes);
  const std::string_view industry = industry_of(graph, makes);
  std::vector<std::size_t> taken;
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    if (takes(at, industry, *kinds[k])) taken.push_back(k);
  }
  return taken;
}

std::optional<SegmentId> product_made(const EnterpriseGraph& graph, FirmId firm, SegmentId sector) {
  if (is_newcomer(graph, firm)) return std::nullopt;
  const auto codes = graph.list(graph.entity(sector), EntityText::Industry);
  const Relation makes = graph.relation(RelationKind::Makes);
  const EdgeRange range = makes.out_edges(graph.entity(firm));
  std::optional<SegmentId> best;
  float surest = 0;
  for (std::uint64_t e = range.first; e < range.last; ++e) {
    const EntityId made = makes.target(EdgeId{e});
    const std::string_view industry = graph.text(made, EntityText::Industry);
    const float sure = makes.provenance(EdgeId{e}).confidence;
    if (graph.local(made) == raw(sector) || industry.empty() || sure <= surest) continue;
    if (std::ranges::none_of(codes,
                             [&](std::string_view one) { return industry.starts_with(one); })) {
      continue;
    }
    best = SegmentId{graph.local(made)};
    surest = sure;
  }
  return best;
}

}  // namespace liantu
