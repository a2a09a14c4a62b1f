#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "base/core/string_map.hpp"
#include "ingest/cells/mention.hpp"
#include "ingest/cells/sheet_reader.hpp"
#include "ingest/cells/sources.hpp"
#include "ingest/who/entity_index.hpp"
#include "ingest/who/firm_registry.hpp"
#include "ingest/who/segment_registry.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {

/// What a segment's name that nobody goes by is worth.
enum class UnknownSegments : std::uint8_t {
  AreMade,      ///< no table lists segments, so it is one
  AreReported,  ///< it is a mistake
};

/// The entities that go by some words.
struct NamedEntities {
  std::size_t count = 0;
  std::optional<EntityRef> first;
};

/// Everybody that a cell may name, and the one lookup for it: words mean one entity, or what is
/// wrong with them is reported.
class Directory {
 public:
  /// @param problems  Where words go that mean nobody or several.
  /// @param before    What persons have said of names.
  Directory(GraphBuilder& builder, const Sources& sources, std::vector<Problem>& problems,
            UnknownSegments unknown, std::vector<NameQuestion> before = {})
      : sources_(sources),
        problems_(problems),
        unknown_(unknown),
        firms_(builder, std::move(before)),
        segments_(builder) {}

  [[nodiscard]] FirmRegistry& firms() { return firms_; }
  [[nodiscard]] SegmentRegistry& segments() { return segments_; }
  /// The index of persons, organizations or sites.
  [[nodiscard]] EntityIndex& index(EntityKind kind) {
    return others_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] bool makes_segments() const { return unknown_ == UnknownSegments::AreMade; }

  /// Everybody of these kinds who goes by these words.
  [[nodiscard]] NamedEntities called(std::span<const EntityKind> kinds,
                                     std::string_view words) const;

  /// The one entity found for a field of the current row; none or several leave the row out. A
  /// name of a firm that nobody goes by is matched with those of all firms: what is sure is taken
  /// and noted, what is not is asked of a person.
  /// @param likely  What the field most likely names.
  std::optional<EntityRef> only(const NamedEntities& found, SheetReader& reader, std::size_t field,
                                EntityKind likely);
  /// Names of firms that were linked by their likeness, each counted once.
  [[nodiscard]] std::uint64_t linked() const { return linked_.size(); }

  /// The firm that a row mentions beside its own. Where it is not known the row stands without it.
  std::optional<std::uint32_t> firm(const Mention& mention);
  /// The segment that a row mentions. Where it is not known the row stands without it.
  std::optional<std::uint32_t> segment(const Mention& mention);

 private:
  [[nodiscard]] const EntityIndex::Ids& called(EntityKind kind, std::string_view words) const;

  // A cell that names a firm which nobody goes by.
  struct Cell {
    std::string_view words;
    InputPlace place;
    std::string heading;
  };
  std::optional<EntityRef> like(const Cell& cell, Text& remedy);

  const Sources& sources_;
  std::vector<Problem>& problems_;
  StringMap<MeantFirms> meant_;  // by the words
  StringMap<std::uint64_t> linked_;
  UnknownSegments unknown_;
  FirmRegistry firms_;
  SegmentRegistry segments_;
  std::array<EntityIndex, kEntityKinds.size()> others_;
};

}  // namespace liantu
