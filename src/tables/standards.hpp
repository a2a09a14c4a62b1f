#pragma once

#include <optional>
#include <vector>

#include "liantu/tables/cells/table.hpp"

namespace liantu {

/// Makes tables of firms, persons, holdings and roles out of rows that follow a public standard for
/// company data: BODS 0.4 statements, FollowTheMoney entities, GLEIF level 1 and 2 records. What a
/// row's place is stays as it was.
///
/// Of several statements on one record the last counts; a closed record ends at the date of its
/// statement. Only holdings and roles that are direct are made: what is said of a whole chain
/// follows from its parts. What is left out is a Note, by kind and with its number.
///
/// @param table  As it was read.
/// @return       Its tables, whose headings are those that firms, persons and the like are known
///               by; nothing when the rows follow no such standard.
/// @throws Error{InvalidData} if it is a version of BODS that is not read; Error{LimitReached};
///         Error{Cancelled}.
/// @complexity  Linear in the cells.
/// @source      Beneficial Ownership Data Standard 0.4; followthemoney.tech; GLEIF LEI-CDF 3.1 and
///              RR-CDF 2.1 as CSV.
[[nodiscard]] std::optional<std::vector<Table>> read_standard(const Table& table,
                                                              const TableOptions& options);

}  // namespace liantu
