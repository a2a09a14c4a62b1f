#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ingest/cells/sources.hpp"
#include "ingest/rows/input_tables.hpp"
#include "ingest/who/entity_index.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {

/// Reads tables of persons, organizations and sites: who has an id of its own stays apart from
/// others of the same name. Of one that several tables list values add up; of different ones the
/// first is kept and the others are noted. Persons of one name and no id are never taken for one.
class PlainReader {
 public:
  PlainReader(GraphBuilder& builder, Sources& sources) : builder_(builder), sources_(sources) {}

  /// @param index  Of the kind that the table is about.
  void read(InputTable& table, EntityKind kind, EntityIndex& index);

 private:
  static constexpr std::size_t kNumbers = 3;
  struct Entity {
    std::string name;
    const Table* table = nullptr;  // the first that lists it
    std::uint32_t row = 0;         // of that table
    std::string type;
    std::string address;
    RegionCode region;
    std::array<std::optional<double>, kNumbers> numbers;  // as Columns::numbers
  };
  struct Columns;

  void fill_in(SheetReader& reader, const Columns& at, EntityRef node, Entity& known);

  GraphBuilder& builder_;
  Sources& sources_;
  std::array<std::vector<Entity>, kEntityKinds.size()> known_;
};

}  // namespace liantu
