#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/tables/cells/table.hpp"

namespace LIANTU_API liantu {

/// What a person says of a name that may mean a firm.
enum class Confirmed : std::uint8_t {
  Open,   ///< nothing yet
  Yes,    ///< it is this firm
  No,     ///< it is not this firm
  Other,  ///< it is another firm, which NameQuestion::other names
};

/// Whether a name that a table has means a firm of the tables: one row of 待确认.xlsx.
struct NameQuestion {
  std::string written;  ///< the name as the table has it
  std::string where;    ///< first place it stands: `供货.csv:3:2`
  std::string firm;     ///< name of the firm that it may mean
  std::string code;     ///< its code; empty when not known
  std::string region;   ///< where that firm is, in words
  double score = 0;     ///< as NameCandidate::score; 0 where another rule asks
  Confirmed answer = Confirmed::Open;
  std::string other;  ///< name or code of the firm meant, with Confirmed::Other
  std::vector<std::pair<std::string, std::string>> notes;  ///< what people wrote into columns of
                                                           ///< their own: heading and words
  InputPlace place;  ///< of the row in the workbook, where it was read from one

  friend bool operator==(const NameQuestion&, const NameQuestion&) = default;
};

/// Reads a workbook of questions that a person has filled in, in any order of sheets, rows and
/// columns, whatever the sheets are called, with other columns and sheets beside ours. A row that
/// was deleted is a question that was not answered.
///
/// @param path      A table of any format that read_tables() knows.
/// @param problems  Gets a Warning for every answer that cannot be used: no 是, 否 or 其他, 其他
///                  without the firm meant, a row whose name or firm is gone, two answers that
///                  contradict each other. Such rows are returned as Confirmed::Open.
/// @return          All rows that name something and a firm, in their order.
/// @throws Error{InvalidData} if a column that is needed is missing, naming the file and what to
///         do; errors of read_tables().
/// @complexity      Linear in the file.
[[nodiscard]] std::vector<NameQuestion> read_confirmations(const std::filesystem::path& path,
                                                           std::vector<Problem>& problems,
                                                           const TableOptions& options = {});

/// Questions as a sheet to be filled in, which read_confirmations() reads again: open ones first,
/// the likeliest first, then those that are answered, in their order. Columns that people added
/// follow ours.
[[nodiscard]] Sheet confirmation_sheet(const std::vector<NameQuestion>& questions);

}  // namespace liantu
