#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/ingest/cells/fields.hpp"

namespace LIANTU_API liantu {

/// A column of a table of any shape and the field it feeds.
struct MappedColumn {
  std::string column;  ///< heading in the table; where none is just so, one that is the same but
                       ///< for year and unit, of several that of the latest year
  std::string field;   ///< canonical field, see fields()
  std::string until;  ///< when not empty, only what stands before it: `.` makes 600373 of 600373.SH
  double multiplier = 1;  ///< what numbers are multiplied by; > 0

  friend bool operator==(const MappedColumn&, const MappedColumn&) = default;
};

/// How far the rows of a table are trusted.
enum class TrustRule : std::uint8_t {
  Stated,   ///< the table's own confidence column, else 1
  Support,  ///< relations read by machine: the more makers and other uses an input has, and the
            ///< more a subclass looks like its class, the surer (see ingest())
};

/// How one table is read.
struct TableMapping {
  std::string file;  ///< end of the file's path, by whole components: `registry/dadukou.csv`;
                     ///< of a workbook its sheet may follow: `book.xlsx#规上企业`; `*` stands
                     ///< for any characters but a slash: `企业*.xlsx`
  TableMeaning meaning = EntityKind::Firm;
  std::vector<MappedColumn> columns;
  std::vector<std::pair<std::string, std::string>> where;  ///< rows whose column has exactly this
                                                           ///< value
  std::vector<std::pair<std::string, std::string>> set;    ///< field → value for every row
  TrustRule trust = TrustRule::Stated;
  bool create = false;   ///< firms a relation names and no table knows are made
  std::string citation;  ///< where the table's content comes from
  InputPlace place;      ///< of the entry in the mapping file
};

/// Mappings for tables whose headings are not recognised.
struct Mapping {
  std::vector<TableMapping> tables;  ///< a file may stand in several entries
  std::vector<std::string> ignore;   ///< files to pass over
};

/// Reads a mapping file (JSON).
///
/// @param text  Content.
/// @param file  Name used in messages.
/// @throws Error{InvalidData} with file:line:column if it is not JSON, an unknown member or field
///         stands in it, a table names no file or no column, a required field is fed by no column,
///         or two columns feed one field.
/// @complexity  Linear in the text.
[[nodiscard]] Mapping parse_mapping(std::string_view text, const std::string& file);

/// A mapping as the file that parse_mapping() reads, indented, ended by a line feed.
[[nodiscard]] std::string mapping_json(const Mapping& mapping);

/// A file's name with `*` for what tells it from next quarter's: `企业*.xlsx` of 企业2024Q1.xlsx and
/// 企业2024年一季度.xlsx; as it stands where hardly anything else would be left.
[[nodiscard]] std::string undated_name(const std::string& name);

/// Whether a name is what a pattern with `*` says.
[[nodiscard]] bool fits_pattern(std::string_view pattern, std::string_view name);

}  // namespace liantu
