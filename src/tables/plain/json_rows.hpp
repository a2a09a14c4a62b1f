#pragma once

#include <cstdint>
#include <string>

#include "liantu/tables/plain/json_rows.hpp"

namespace liantu {

/// Whether a text is one JSON document or JSON lines.
enum class JsonShape : std::uint8_t { FromContent, Lines };

/// parse_json_rows() for a file whose extension says what it holds.
[[nodiscard]] Table parse_json_rows(std::string bytes, const std::string& file,
                                    const TableOptions& options, JsonShape shape);

}  // namespace liantu
