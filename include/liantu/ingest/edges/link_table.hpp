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
#include "liantu/graph/graph.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// Headings of the columns of a table of links; an empty one is looked for by what it may be
/// called.
struct LinkColumns {
  std::string from;  ///< else from, source, supplier, 供应商, investor, owner, 股东 …
  std::string to;    ///< else to, target, customer, 客户, company, 被投资企业 …
  std::string date;  ///< else date, since, 日期 …; may be missing
};

/// Options of read_links() and read_link_split().
struct LinkTableOptions {
  LinkColumns columns;
  RelationKind relation = RelationKind::Supplies;  ///< what links become; joins firms with firms
  bool undirected = false;                         ///< a link is there in both directions
  TableLimits limits;                              ///< of each table
  std::stop_token stop;                            ///< asks a long run to end early
  Progress progress;                               ///< told about bytes read
};

/// Links as a graph of firms.
struct LinkTable {
  EnterpriseGraph graph;          ///< firms in the order in which they are first named
  std::vector<Problem> problems;  ///< rows left out; the first hundred of a kind one by one
  std::vector<std::pair<std::string, std::string>> digests;  ///< file → XXH3-128 of its bytes
  std::size_t rows = 0;                                      ///< read, of all files
};

/// A test file beside the one that is known.
struct LinkSplit {
  LinkTable table;             ///< of both
  std::vector<EdgeId> hidden;  ///< instances that only the test file has, ascending
  std::size_t known = 0;       ///< test links that the other file has too
  std::size_t half_known = 0;  ///< test links of which one end stands in the test file only
  std::size_t unknown = 0;     ///< test links of which both do
};

/// Reads links from a table with headings (CSV, TSV, JSON …: its columns are found by their
/// headings) or from a plain list of edges (read_edge_list()).
///
/// Firms are told apart by name, blanks around it aside. A link that stands several times is one,
/// since its earliest date. A row without two ends, or whose date cannot be read, is left out and a
/// Problem; rows from a firm to itself are left out and counted in a Note.
///
/// @param path     A file.
/// @param options  See LinkTableOptions.
/// @return         See LinkTable.
/// @throws Error{InvalidArgument} if the relation does not join firms with firms;
///         Error{InvalidData}, with file and line, if a column that is named is not there, a table
///         has no columns that are known as ends, or no link is left; other errors of read_table()
///         and read_edge_list().
/// @complexity  Linear in the file but for sorting.
[[nodiscard]] LinkTable read_links(const std::filesystem::path& path,
                                   const LinkTableOptions& options = {});

/// Reads links to learn from and links to test on into one graph.
///
/// @return  See LinkSplit. Every test link whose ends are both named by no link of `train` is a
///          Note with its place, the first hundred one by one.
/// @throws Error as read_links() of either file; Error{InvalidData} if the test file has no link
///         that the other has not.
[[nodiscard]] LinkSplit read_link_split(const std::filesystem::path& train,
                                        const std::filesystem::path& test,
                                        const LinkTableOptions& options = {});

}  // namespace liantu
