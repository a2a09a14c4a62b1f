#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/kept_list.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/projects/ledger.hpp"

namespace LIANTU_API liantu {

/// A table that somebody filled in, as far as a ledger cares.
struct LedgerTable {
  std::string name;  ///< file, or file and sheet
  std::vector<std::string> columns;
  std::string unit;  ///< of amounts whose heading has none: 万元; empty when nothing says it
  struct Row {
    InputPlace place;
    std::vector<std::string> cells;  ///< as many as `columns`
    std::vector<InputPlace> places;  ///< of the cells
  };
  std::vector<Row> rows;
};

/// Lines read out of tables, and what could not be read.
struct LedgerImport {
  std::vector<LedgerLine> lines;
  std::vector<Problem>
      problems;            ///< a value of Severity::Warning is left out, a row of Severity::Error
  std::size_t tables = 0;  ///< that were understood
};

/// Options of read_ledger_tables() and read_ledger_contacts().
struct ImportOptions {
  Date day;  ///< of rows that state none; known to the day
};

/// Whether a text is a heading that read_ledger_tables() understands.
[[nodiscard]] bool is_ledger_heading(std::string_view heading);

/// Reads tables of projects, contacts and teams: what `liantu ledger export` wrote, or any with such
/// headings (项目编号, 项目名称, 企业名称, 阶段, 日期, 总投资（万元） …), in either language.
///
/// A row with 项目编号 is a project, one with 企业名称 alone a contact, one with 招商单位 alone a team; a
/// column 类别 says otherwise. A column such as 签约日期 or 开工日期 states when that stage was reached. A table
/// without any of these is passed over.
///
/// @return  See LedgerImport; lines in the order of the rows.
/// @complexity  Linear in the cells.
[[nodiscard]] LedgerImport read_ledger_tables(const std::vector<LedgerTable>& tables,
                                              const ImportOptions& options);

/// Reads the yellow columns of a prospect list as contacts: 跟进阶段 is their stage, 责任单位, 责任人, 下一步,
/// 完成时限 and 备注 are facts of them. A row beside which nothing is written is passed over. What is written
/// beside 已流失 in 备注 is the reason.
[[nodiscard]] LedgerImport read_ledger_contacts(const KeptList& list, const ImportOptions& options);

}  // namespace liantu
