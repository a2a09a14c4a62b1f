#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/who/entity_index.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/graph/provenance.hpp"

namespace liantu {

/// Who is who among the segments of the graph being built. Names are compared at half width.
class SegmentRegistry {
 public:
  explicit SegmentRegistry(GraphBuilder& builder) : builder_(builder) {}

  /// Adds a segment to the graph.
  std::uint32_t add(std::string_view name, const Provenance& from);
  void add_alias(std::string_view alias, std::uint32_t segment);
  void add_key(std::string_view key, std::uint32_t segment) { index_.add_key(key, segment); }
  /// Says that a segment is a whole chain.
  void set_chain(std::uint32_t segment) { segments_[segment].chain = true; }
  /// Says that a segment is a sector of an input-output table: firms are put into it by industry,
  /// not by the words of their scopes.
  void set_sector(std::uint32_t segment) { segments_[segment].sector = true; }

  [[nodiscard]] bool is_product(std::uint32_t segment) const {
    return !segments_[segment].chain && !segments_[segment].sector;
  }

  /// Segments that go by these words: a name, a key or another name.
  [[nodiscard]] const EntityIndex::Ids& called(std::string_view words) const;
  [[nodiscard]] bool has_name(std::string_view name) const;
  [[nodiscard]] const std::string& name(std::uint32_t segment) const {
    return segments_[segment].name;
  }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(segments_.size()); }

  /// The words that name one product, each with its segment: names, then other names. A chain or
  /// a sector is no product, and a name that two segments share tells neither.
  [[nodiscard]] std::vector<std::pair<std::string_view, std::uint32_t>> product_words() const;

 private:
  struct Segment {
    std::string name;
    bool chain = false;
    bool sector = false;
  };

  GraphBuilder& builder_;
  EntityIndex index_;
  std::vector<Segment> segments_;
  std::vector<std::pair<std::string, std::uint32_t>> aliases_;
};

}  // namespace liantu
