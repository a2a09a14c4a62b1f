#pragma once

#include <array>
#include <string>
#include <vector>

#include "ingest/entity_index.hpp"
#include "ingest/input_tables.hpp"
#include "ingest/sources.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {

/// Reads tables of persons, organizations and sites: who has an id of its own stays apart from
/// others of the same name.
class PlainReader {
 public:
  PlainReader(GraphBuilder& builder, Sources& sources) : builder_(builder), sources_(sources) {}

  /// @param index  Of the kind that the table is about.
  void read(InputTable& table, EntityKind kind, EntityIndex& index);

 private:
  struct Entity {
    std::string name;
    const Table* table = nullptr;
  };

  GraphBuilder& builder_;
  Sources& sources_;
  std::array<std::vector<Entity>, kEntityKinds.size()> known_;
};

}  // namespace liantu
