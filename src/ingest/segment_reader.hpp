#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "ingest/directory.hpp"
#include "ingest/input_tables.hpp"
#include "ingest/mention.hpp"
#include "ingest/part_of_reader.hpp"
#include "ingest/segment_registry.hpp"
#include "ingest/sources.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {

/// Reads tables of segments.
class SegmentReader {
 public:
  SegmentReader(GraphBuilder& builder, SegmentRegistry& segments, Sources& sources)
      : builder_(builder), segments_(segments), sources_(sources) {}

  void read(InputTable& table);
  /// Relates segments to the parents that their rows name, once all segments are read.
  void link_parents(Directory& directory, PartOfReader& taxonomy) const;

 private:
  GraphBuilder& builder_;
  SegmentRegistry& segments_;
  Sources& sources_;
  std::vector<std::pair<std::uint32_t, Mention>> parents_;  // segment, what it is part of
};

}  // namespace liantu
