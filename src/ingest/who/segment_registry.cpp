#include "ingest/who/segment_registry.hpp"

#include "liantu/base/text/utf8.hpp"

namespace liantu {

std::uint32_t SegmentRegistry::add(std::string_view name, const Provenance& from) {
  std::string normal = normalize_width(name);
  const std::uint32_t segment = builder_.add(EntityKind::Segment, normal, from).local;
  index_.add_name(normal, segment);
  segments_.push_back({.name = std::move(normal)});
  return segment;
}

void SegmentRegistry::add_alias(std::string_view alias, std::uint32_t segment) {
  index_.add_alias(normalize_width(alias), segment);
  aliases_.emplace_back(alias, segment);
}

const EntityIndex::Ids& SegmentRegistry::called(std::string_view words) const {
  return index_.resolve({}, normalize_width(words), words);
}

bool SegmentRegistry::has_name(std::string_view name) const {
  return !index_.by_name(normalize_width(name)).empty();
}

std::vector<std::pair<std::string_view, std::uint32_t>> SegmentRegistry::product_words() const {
  std::vector<std::pair<std::string_view, std::uint32_t>> words;
  const auto add = [&](std::string_view word, std::uint32_t segment) {
    const EntityIndex::Ids& meant = called(word);
    if (segments_[segment].chain || segments_[segment].sector) return;
    if (meant.size() != 1 || meant.front() != segment) return;
    words.emplace_back(word, segment);
  };
  for (std::uint32_t id = 0; id < size(); ++id) add(name(id), id);
  for (const auto& [alias, segment] : aliases_) add(alias, segment);
  return words;
}

}  // namespace liantu
