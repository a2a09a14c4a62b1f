#include "links/paths/entity_keys.hpp"

#include <algorithm>
#include <numeric>
#include <string>

#include <xxhash.h>

#include "links/paths/draw.hpp"

namespace liantu {

EntityKeys::EntityKeys(const EnterpriseGraph& graph) : keys_(graph.size()) {
  std::string called;
  for (std::uint32_t i = 0; i < graph.size(); ++i) {
    const EntityId entity{i};
    called.assign(1, static_cast<char>(graph.kind(entity)));
    called += graph.text(entity, EntityText::Code);
    called += '\n';
    called += graph.name(entity);
    keys_[i] = XXH3_64bits(called.data(), called.size());
  }
  std::vector<std::uint32_t> order(keys_.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [this](std::uint32_t i) { return std::pair(keys_[i], i); });
  std::uint64_t key = 0;
  std::uint64_t before = 0;  // that share the key
  for (std::size_t k = 0; k < order.size(); ++k) {
    std::uint64_t& here = keys_[order[k]];
    before = k > 0 && here == key ? before + 1 : 0;
    key = here;
    if (before > 0) here = drawn({key, before});
  }
}

}  // namespace liantu
