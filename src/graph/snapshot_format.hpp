#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "graph/storage.hpp"

/// The snapshot file: a header of 64 bytes, a table of sections of 64 bytes each, then the
/// sections, each at a multiple of 64, filled up with zeros. A section is one column of Storage,
/// byte for byte; an empty column has no section. Sections stand in ascending order of their kind.
namespace liantu::detail {

inline constexpr std::array<char, 8> kSnapshotMagic = {'L', 'I', 'A', 'N', 'T', 'U', '\r', '\n'};
inline constexpr std::uint32_t kSnapshotVersion = 3;

/// The version that a section of this kind first stands in; a file has that of its newest section,
/// so that older programs read all files that they can.
[[nodiscard]] constexpr std::uint32_t section_version(std::uint32_t kind) noexcept {
  const bool of_entities = kind >= 0x1000U && kind < 0x2000U;
  return of_entities && (kind & 0xFFU) >= 0x32U ? 3 : 2;  // value added and what came with it
}

inline constexpr std::uint32_t kByteOrder = 0x01020304;
inline constexpr std::size_t kSectionAlignment = 64;

struct SnapshotHeader {
  std::array<char, 8> magic = kSnapshotMagic;
  std::uint32_t version = 2;
  std::uint32_t byte_order = kByteOrder;
  std::uint32_t sections = 0;
  std::uint32_t zero = 0;
  std::uint64_t file_size = 0;
  std::uint64_t checksum = 0;  ///< XXH3_64 of header and section table with this field 0
  std::array<std::uint64_t, 3> reserved{};
};
static_assert(sizeof(SnapshotHeader) == 64);

struct SnapshotSection {
  std::uint32_t kind = 0;
  std::uint32_t element_size = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;       ///< bytes, without what fills it up
  std::uint64_t checksum = 0;   ///< XXH3_64 of these bytes
  std::array<char, 32> name{};  ///< for people, ends with a zero
};
static_assert(sizeof(SnapshotSection) == 64);
static_assert(sizeof(PackedConflict) == 32 && sizeof(PackedSource) == 12 &&
              sizeof(PackedProvenance) == 16 && sizeof(RegionCode) == 4);

/// What a snapshot holds beside the columns of Storage.
struct SnapshotExtras {
  Column<std::uint32_t> counts;  ///< entities of each kind
};

/// How many elements a column may have.
struct ColumnLength {
  enum class Rule : std::uint8_t { Exactly, NothingOrExactly, AtLeast } rule;
  std::uint64_t rows;
};

inline constexpr std::array<std::string_view, kEntityTextCount> kTextSections = {
    "code", "key", "aliases", "address", "status", "type", "scope", "tags", "risks", "industry"};
inline constexpr std::array<std::string_view, kEntityNumberCount> kNumberSections = {
    "capital", "revenue",      "tax",         "staff",       "research",   "energy",     "emission",
    "land",    "output_share", "value_added", "electricity", "plot_ratio", "floor_space"};
inline constexpr std::array<std::string_view, kEdgeNumberCount> kEdgeNumberSections = {
    "amount", "share", "coefficient", "substitution", "import_share"};

/// Calls `visit(kind, name, column, length)` for every column in ascending order of kind. A length
/// is worked out when its column's turn comes, from columns visited before; a reader fills in as it
/// goes.
template <typename AnyStorage, typename AnyExtras, typename Visit>
void for_each_column(AnyStorage& storage, AnyExtras& extras, const Visit& visit) {
  using Rule = ColumnLength::Rule;
  visit(0x0001U, std::string("entities"), extras.counts,
        ColumnLength{Rule::Exactly, kEntityKinds.size()});
  visit(0x0002U, std::string("strings.offsets"), storage.strings.offsets,
        ColumnLength{Rule::AtLeast, 2});
  visit(0x0003U, std::string("strings.bytes"), storage.strings.bytes,
        ColumnLength{Rule::AtLeast, 0});
  visit(0x0004U, std::string("sources"), storage.source_texts, ColumnLength{Rule::AtLeast, 1});

  for (std::uint32_t k = 0; k < kEntityKinds.size(); ++k) {
    auto& entities = storage.entities[k];
    const std::string_view word = entity_word(kEntityKinds[k]);
    const std::uint32_t kind = 0x1000U + 0x100U * k;
    const std::uint64_t rows = extras.counts[k];
    const ColumnLength all{Rule::Exactly, rows};
    const ColumnLength some{Rule::NothingOrExactly, rows};
    visit(kind, fmt::format("{}.name", word), entities.names, all);
    visit(kind + 1, fmt::format("{}.provenance", word), entities.provenance, all);
    visit(kind + 2, fmt::format("{}.region", word), entities.region, some);
    visit(kind + 3, fmt::format("{}.region.basis", word), entities.region_basis,
          ColumnLength{Rule::Exactly, entities.region.size()});
    visit(kind + 4, fmt::format("{}.founded", word), entities.founded, some);
    visit(kind + 5, fmt::format("{}.anchor", word), entities.anchor,
          kEntityKinds[k] == EntityKind::Firm ? some : ColumnLength{Rule::Exactly, 0});
    for (std::uint32_t t = 0; t < kEntityTextCount; ++t) {
      visit(kind + 0x10 + t, fmt::format("{}.text.{}", word, kTextSections[t]), entities.texts[t],
            some);
    }
    for (std::uint32_t n = 0; n < kEntityNumberCount; ++n) {
      visit(kind + 0x20 + 2 * n, fmt::format("{}.number.{}", word, kNumberSections[n]),
            entities.numbers[n], some);
      visit(kind + 0x21 + 2 * n, fmt::format("{}.basis.{}", word, kNumberSections[n]),
            entities.number_basis[n], ColumnLength{Rule::Exactly, entities.numbers[n].size()});
    }
    for (std::uint32_t n = 0; n < kEntityNumberCount; ++n) {
      visit(kind + 0x60 + n, fmt::format("{}.year.{}", word, kNumberSections[n]),
            entities.number_years[n],
            entities.numbers[n].empty() ? ColumnLength{Rule::Exactly, 0} : some);
    }
  }

  for (std::uint32_t r = 0; r < kRelationKinds.size(); ++r) {
    auto& relation = storage.relations[r];
    const std::string_view word = relation_word(kRelationKinds[r]);
    const std::uint32_t kind = 0x2000U + 0x100U * r;
    visit(kind, fmt::format("{}.out.targets", word), relation.targets,
          ColumnLength{Rule::AtLeast, 0});
    const std::uint64_t edges = relation.targets.size();
    const auto offsets = [&](const Rows& rows) {
      return ColumnLength{Rule::Exactly, edges == 0 ? 0 : rows.count + std::uint64_t{1}};
    };
    const ColumnLength all{Rule::Exactly, edges};
    const ColumnLength some{Rule::NothingOrExactly, edges};
    visit(kind + 1, fmt::format("{}.out.offsets", word), relation.out_offsets,
          offsets(rows_from(storage, kRelationKinds[r])));
    visit(kind + 2, fmt::format("{}.in.sources", word), relation.sources, all);
    visit(kind + 3, fmt::format("{}.in.offsets", word), relation.in_offsets,
          offsets(rows_to(storage, kRelationKinds[r])));
    visit(kind + 4, fmt::format("{}.in.edges", word), relation.in_edges, all);
    visit(kind + 5, fmt::format("{}.provenance", word), relation.provenance, some);
    visit(kind + 6, fmt::format("{}.segment", word), relation.segment,
          kRelationKinds[r] == RelationKind::Supplies ? some : ColumnLength{Rule::Exactly, 0});
    visit(kind + 7, fmt::format("{}.detail", word), relation.detail, some);
    for (std::uint32_t n = 0; n < kEdgeNumberCount; ++n) {
      visit(kind + 0x10 + n, fmt::format("{}.number.{}", word, kEdgeNumberSections[n]),
            relation.numbers[n], some);
    }
  }

  visit(0x3000U, std::string("covers.regions"), storage.covers, ColumnLength{Rule::AtLeast, 0});
  const std::uint64_t organizations =
      extras.counts[static_cast<std::size_t>(EntityKind::Organization)];
  visit(0x3001U, std::string("covers.offsets"), storage.covers_offsets,
        ColumnLength{Rule::Exactly, storage.covers.empty() ? 0 : organizations + 1});
  visit(0x3002U, std::string("conflicts"), storage.conflicts, ColumnLength{Rule::AtLeast, 0});
}

}  // namespace liantu::detail
