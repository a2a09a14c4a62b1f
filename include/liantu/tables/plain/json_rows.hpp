#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Reads a JSON array of objects, an object that holds exactly one such array, or JSON lines (an
/// object a line), as a table. Columns are the members in the order in which they first appear.
/// Numbers keep their digits; null is an empty cell; an array of scalars is joined with `;`, nulls
/// left out; other nested values keep their JSON text.
///
/// @param bytes    The file, UTF-8 with or without byte order mark.
/// @param file     Name used in messages. With `.jsonl` or `.ndjson` at its end the text is JSON
///                 lines; else it is when it starts with an object on a line of its own and goes on
///                 below it.
/// @param options  See TableOptions.
/// @return         All rows. The row number of the first object is 2, as if the member names were a
///                 header.
/// @throws Error{InvalidData} with file:line:column; Error{LimitReached}; Error{Cancelled} as
///         read_table(). In JSON lines a malformed line is a Problem of the table and the other
///         lines stand; it is an error when no line is well formed. In an array, what is not an
///         object is a Problem; it is an error when nothing in it is an object.
/// @complexity  Linear in the bytes.
/// @source      RFC 8259.
[[nodiscard]] Table parse_json_rows(std::string bytes, const std::string& file,
                                    const TableOptions& options = {});

}  // namespace liantu
