#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/run/progress.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/base/text/problem_rows.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/ingest/cells/confirmations.hpp"
#include "liantu/ingest/cells/mapping.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// What ingest() does about files that cannot be used at all (empty, a quote never closed, a column
/// missing).
enum class UnusableFiles : std::uint8_t {
  Stop,    ///< throws one error that lists them
  Report,  ///< lists them in the result and leaves the rows of the others unread
};

/// What becomes of a supplier that a purchase names and no table of firms knows.
enum class UnknownSuppliers : std::uint8_t {
  AreMade,      ///< it becomes a firm, and a Note says so
  AreReported,  ///< the row is left out with an Error
};

/// How closely ingest() looks at what it reads.
enum class Review : std::uint8_t {
  Usual,
  Close,  ///< also for firms and segments that stand alone; rows in trouble are kept as they stand
};

/// Options of ingest().
struct IngestOptions {
  Mapping mapping;          ///< for tables whose headings are not recognised
  bool infer_scope = true;  ///< read segments out of business scopes of firms whose products no
                            ///< table states
  UnknownSuppliers unknown_suppliers = UnknownSuppliers::AreMade;
  UnusableFiles unusable = UnusableFiles::Stop;
  Review review = Review::Usual;
  Hidden hidden = Hidden::PassOver;     ///< sheets and rows that workbooks hide
  std::string input_format;             ///< of standard input (`-`), see TableOptions::format
  std::uint32_t header_row = 0;         ///< row of the headings in every table; 0: it is looked for
  std::string unit;                     ///< unit of amounts that state none: 万元
  std::filesystem::path confirmations;  ///< workbook in which a person says which names mean which
                                        ///< firms (see read_confirmations()); it may not exist yet
  TableLimits limits;                   ///< of each table
  std::stop_token stop;                 ///< asks a long run to end early
  Progress progress;                    ///< told about files and firms
};

/// What TableSummary calls an input-output table.
inline constexpr std::string_view kInputOutputMeaning = "input_output";

/// What TableSummary calls a file that was found in a folder and not read.
inline constexpr std::string_view kUnreadMeaning = "unread";

/// What was read from one table.
struct TableSummary {
  std::string file;        ///< file, or file and sheet: `book.xlsx#规上企业`
  std::string meaning;     ///< `firm`, `supplies`, …, kInputOutputMeaning or kUnreadMeaning
  std::uint64_t rows = 0;  ///< rows below the header that the mapping's `where` lets through
  std::uint64_t used = 0;
  std::uint64_t left_out = 0;
};

/// What ingest() made and what it thinks of the input.
struct IngestResult {
  EnterpriseGraph graph;
  std::vector<Problem> problems;             ///< by file, sheet, row and column
  std::vector<ProblemTable> problem_tables;  ///< rows of `problems`; only with Review::Close
  std::vector<TableSummary> tables;
  Mapping mapping;  ///< how tables of rows were understood, for the next ones of their kind
  std::vector<std::pair<std::string, std::string>> digests;  ///< file → XXH3-128 of its bytes,
                                                             ///< hexadecimal
  std::uint64_t unusable_files = 0;  ///< not 0 only with UnusableFiles::Report; then the graph is
                                     ///< empty
  std::vector<NameQuestion> questions;  ///< open ones, then all that are answered
  bool answers_usable = true;  ///< whether every answer of IngestOptions::confirmations was read
  std::uint64_t names_linked = 0;  ///< names at the ends of relations that were taken for a firm by
                                   ///< their likeness
  std::uint64_t firms_merged = 0;  ///< rows that were found to be a firm already there
  std::uint64_t scopes_tagged = 0;        ///< firms for which a scope gave at least one segment
  std::uint64_t scope_makes = 0;          ///< inferred `makes`
  std::uint64_t scope_trades = 0;         ///< inferred `trades`
  std::uint64_t industries_stated = 0;    ///< firms put into a sector by the industry they state
  std::uint64_t industries_inferred = 0;  ///< … by name and scope
};

}  // namespace liantu
