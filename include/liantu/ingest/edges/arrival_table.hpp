#pragma once

#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/graph/arrival.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Who came where and when, as read_arrivals() read it.
struct ArrivalTable {
  std::vector<Arrival> arrivals;     ///< by date, then by row; of one firm in one place the first
  std::vector<ArrivalPlace> places;  ///< to which somebody came, ascending by code
  std::vector<Problem> problems;     ///< the first hundred of a kind one by one
  std::vector<std::pair<std::string, std::string>> digests;  ///< file → XXH3-128 of its bytes
  std::size_t rows = 0;                                      ///< read
  std::size_t strangers = 0;  ///< arrivals of firms that the graph does not know
};

/// Options of read_arrivals() and read_place_points().
struct ArrivalTableOptions {
  TableLimits limits;
  std::stop_token stop;  ///< asks a long read to end early
  Progress progress;     ///< told about bytes read
};

/// Reads a table of arrivals: a row for every branch, works or subsidiary that a firm opened.
///
/// Columns by their headings: who came (`parent_uscc`, 总公司信用代码 … and `parent`, 总公司 …, else
/// the name of the branch, which begins with its firm's), where (`place`, 落户地, or `province` and
/// `city`), when (`date`, 成立日期 …), and, optional, where the firm is at home (`parent_province`,
/// `parent_city`), used where the graph does not know the firm, and whether it works there
/// (`works_there`).
///
/// A firm is known by its credit code, else by its whole name. Rows without a date or a known
/// place, of a firm in its own place, and of a name that two firms of the graph bear are left out
/// and a Problem each. Firms that the graph does not know are kept, since they say who comes from
/// where; branches older than their firm's registration are kept and told: it was registered anew.
///
/// @param path   A table of any known format.
/// @param graph  Holds the firms; may lack some.
/// @return       See ArrivalTable.
/// @throws Error{InvalidData}, with the file, if columns are missing or no row can be used; errors
///         of read_table().
/// @complexity  Linear in the table and the firms but for sorting.
[[nodiscard]] ArrivalTable read_arrivals(const std::filesystem::path& path,
                                         const EnterpriseGraph& graph,
                                         const ArrivalTableOptions& options = {});

/// Reads where places lie: a table with `code` (GB/T 2260), `lon`, `lat` and, optional, `place`.
///
/// @return  Ascending by code; of a code that stands twice the first. A row without a code is that
///          of the division that its name tells, and left out where it tells none.
/// @throws Error{InvalidData}, with the place in the file, if a column is missing or a cell is no
///         code or no angle; errors of read_table().
/// @complexity  Linear in the table but for sorting.
[[nodiscard]] std::vector<PlacePoint> read_place_points(const std::filesystem::path& path,
                                                        const ArrivalTableOptions& options = {});

}  // namespace liantu
