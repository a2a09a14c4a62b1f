#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "ingest/cells/sources.hpp"
#include "ingest/rows/input_tables.hpp"
#include "ingest/rows/part_of_reader.hpp"
#include "ingest/rows/product_support.hpp"
#include "ingest/who/directory.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {

/// Reads tables of relations: finds both ends of a row, or makes those that a row may make, and
/// relates them.
class RelationReader {
 public:
  RelationReader(GraphBuilder& builder, Directory& directory, PartOfReader& taxonomy,
                 Sources& sources, ProductSupport& support, std::vector<Problem>& problems,
                 UnknownSuppliers unknown_suppliers)
      : builder_(builder),
        directory_(directory),
        taxonomy_(taxonomy),
        sources_(sources),
        support_(support),
        problems_(problems),
        unknown_suppliers_(unknown_suppliers) {}

  void read(InputTable& table, RelationKind kind);
  /// Reads a table of the regions that organizations work in.
  void read_covers(InputTable& table);

 private:
  struct Columns;

  // An end of a row; without a node it is made once the row is known to stand.
  struct End {
    EntityKind kind = EntityKind::Firm;
    std::string_view words;
    std::optional<EntityRef> node;
  };

  static std::optional<double> cost_of(SheetReader& reader, const Columns& at);
  static std::optional<double> price_above_zero(SheetReader& reader, std::size_t field);
  std::optional<End> end(SheetReader& reader, std::size_t field,
                         std::span<const EntityKind> allowed);
  [[nodiscard]] static bool same(const End& a, const End& b);
  [[nodiscard]] bool is_head(const End& part, const End& whole) const;
  EntityRef made(const End& end, const Provenance& from);
  // The supplier of a purchase, which no table of firms needs to know.
  std::optional<End> supplier(SheetReader& reader, const Columns& at,
                              std::span<const EntityKind> allowed);
  EntityRef made_supplier(SheetReader& reader, const Columns& at, const End& end,
                          const Provenance& from);
  bool relate(SheetReader& reader, RelationKind kind, const Columns& at, EntityRef tail,
              EntityRef head, const EdgeAttributes& attributes, const Provenance& from);

  // Notes words that differ from those of another row: the graph keeps one of them.
  void note_words(SheetReader& reader, RelationKind kind, const Columns& at, EntityRef tail,
                  EntityRef head, const EdgeAttributes& attributes, const Provenance& from);
  struct Repeated;

  GraphBuilder& builder_;
  Directory& directory_;
  PartOfReader& taxonomy_;
  Sources& sources_;
  ProductSupport& support_;
  std::vector<Problem>& problems_;
  UnknownSuppliers unknown_suppliers_;
  struct Words {
    std::string words;
    Provenance from;
  };
  using Ends = std::tuple<RelationKind, EntityKind, std::uint32_t, std::uint32_t, int>;
  std::map<Ends, Words> words_;  // by ends and year
};

}  // namespace liantu
