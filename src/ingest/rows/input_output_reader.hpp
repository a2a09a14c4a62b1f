#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ingest/rows/input_tables.hpp"
#include "ingest/who/segment_registry.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/graph/builder.hpp"

namespace liantu {

/// Makes segments of the sectors of input-output tables and relates them by their coefficients.
class InputOutputReader {
 public:
  /// Where firms are put by their industry.
  struct Sectors {
    SectorScheme scheme = SectorScheme::China42;
    std::vector<std::uint32_t> segments;  // by sector of the scheme
  };

  InputOutputReader(GraphBuilder& builder, SegmentRegistry& segments,
                    std::vector<Problem>& problems)
      : builder_(builder), segments_(segments), problems_(problems) {}

  void read(const SectorMatrix& matrix);

  /// The sectors of the table with most of them whose classification is known; of equal ones of the
  /// last read.
  [[nodiscard]] const std::optional<Sectors>& sectors() const { return sectors_; }

 private:
  std::uint32_t segment_of(const InputOutputSector& sector, const Provenance& from);

  GraphBuilder& builder_;
  SegmentRegistry& segments_;
  std::vector<Problem>& problems_;
  std::optional<Sectors> sectors_;
};

}  // namespace liantu
