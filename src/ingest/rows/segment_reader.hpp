#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/core/string_map.hpp"
#include "ingest/cells/mention.hpp"
#include "ingest/cells/sources.hpp"
#include "ingest/rows/input_tables.hpp"
#include "ingest/rows/part_of_reader.hpp"
#include "ingest/who/directory.hpp"
#include "ingest/who/segment_registry.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {

/// Reads tables of segments. Several may list one segment: values add up, and of different ones the
/// first is kept and the others are noted.
class SegmentReader {
 public:
  SegmentReader(GraphBuilder& builder, SegmentRegistry& segments, Sources& sources)
      : builder_(builder), segments_(segments), sources_(sources) {}

  void read(InputTable& table);
  /// Relates segments to the parents that their rows name, once all segments are read.
  void link_parents(Directory& directory, PartOfReader& taxonomy) const;

 private:
  /// What the tables read so far say of a segment.
  struct Known {
    std::uint32_t segment = 0;
    const Table* table = nullptr;  // the first that lists it
    std::string origin_file;
    std::uint32_t origin_row = 0;
    std::string type;
    std::string code;
    std::string key;
    std::vector<std::string> aliases;
  };

  struct Columns;
  void fill_in(SheetReader& reader, const Columns& at, Known& known);

  GraphBuilder& builder_;
  SegmentRegistry& segments_;
  Sources& sources_;
  StringMap<Known> known_;                                  // names normalised
  std::vector<std::pair<std::uint32_t, Mention>> parents_;  // segment, what it is part of
};

}  // namespace liantu
