#pragma once

#include <memory>

#include "liantu/ingest/sectors/input_output_table.hpp"
#include "liantu/tables/cells/table.hpp"

namespace liantu {

/// An input-output table and the table it was read from.
struct SectorMatrix {
  std::shared_ptr<const Table> table;
  InputOutputTable content;
};

}  // namespace liantu
