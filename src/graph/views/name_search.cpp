#include "liantu/graph/views/name_search.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

#include "liantu/base/text/utf8.hpp"

namespace liantu {
namespace {

// How alike two names are by the characters they share, in [0, 1].
double likeness(std::u32string a, std::u32string b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  std::u32string common;
  std::ranges::set_intersection(a, b, std::back_inserter(common));
  return 2 * static_cast<double>(common.size()) / static_cast<double>(a.size() + b.size());
}

}  // namespace

std::vector<EntityId> search_names(const EnterpriseGraph& graph, EntityKind kind,
                                   std::string_view words) {
  std::vector<EntityId> found = graph.find(kind, words);
  if (!found.empty()) return found;
  for (std::uint32_t i = 0; i < graph.size(kind); ++i) {
    const EntityId entity = graph.entity(kind, i);
    if (graph.name(entity).find(words) != std::string_view::npos) found.push_back(entity);
  }
  return found;
}

std::vector<EntityId> names_alike(const EnterpriseGraph& graph, EntityKind kind,
                                  std::string_view words, std::size_t most) {
  constexpr double kAlike = 0.4;
  const std::u32string wanted = to_utf32(words);
  std::vector<std::pair<double, std::uint32_t>> alike;
  for (std::uint32_t i = 0; i < graph.size(kind); ++i) {
    const double score = likeness(wanted, to_utf32(graph.name(graph.entity(kind, i))));
    if (score >= kAlike) alike.emplace_back(-score, i);
  }
  std::ranges::sort(alike);
  if (alike.size() > most) alike.resize(most);
  std::vector<EntityId> found;
  for (const auto& [score, i] : alike) found.push_back(graph.entity(kind, i));
  return found;
}

}  // namespace liantu
