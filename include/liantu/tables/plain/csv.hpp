#pragma once

#include <string>
#include <string_view>

#include "liantu/base/core/export.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Reads comma-, tab- or semicolon-separated text; the separator is the one of `,` `\t` `;` that
/// the header uses most; without a header (TableOptions::header), the one that most of the first
/// lines hold equally often.
///
/// @param bytes    The file: UTF-8 with or without byte order mark, UTF-16 with one, or GB18030.
/// @param file     Name used in messages.
/// @param options  See TableOptions.
/// @return         All rows; fields may be quoted and then hold separators, line breaks and doubled
///                 quotes.
/// @throws Error{InvalidData}, Error{LimitReached}, Error{Cancelled} as read_table().
/// @complexity  Linear in the bytes.
/// @source      RFC 4180.
[[nodiscard]] Table parse_csv(std::string bytes, const std::string& file,
                              const TableOptions& options = {});

}  // namespace liantu
