#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "liantu/tables/cells/table.hpp"

namespace liantu {

/// Which separator wins when the header holds several.
enum class Separator : std::uint8_t { MostUsed, TabFirst };

/// The tables of a file of separated text; see read_tables().
[[nodiscard]] std::vector<Table> read_separated(std::string bytes, const std::string& file,
                                                const TableOptions& options, Separator separator);

/// parse_csv() for a file whose name says what separates its fields.
[[nodiscard]] Table parse_separated(std::string bytes, const std::string& file,
                                    const TableOptions& options, Separator separator);

}  // namespace liantu
