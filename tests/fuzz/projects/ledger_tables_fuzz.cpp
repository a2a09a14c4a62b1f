// Any table is one of projects, contacts or teams, or passed over; facts that were read are written
// and read back the same; a table that is a prospect list has rows with ranks and names.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "fuzz/fuzz.hpp"
#include "liantu/projects/ledger_import.hpp"
#include "liantu/projects/list_outcomes.hpp"
#include "liantu/tables/plain/csv.hpp"

namespace {

using liantu::fuzz::require;

liantu::LedgerTable ledger_table(const liantu::Table& table) {
  liantu::LedgerTable out;
  out.name = table.name();
  out.columns = table.columns();
  out.unit = table.unit();
  for (std::size_t r = 0; r < table.size(); ++r) {
    liantu::LedgerTable::Row row;
    row.place = table.place(r);
    for (std::size_t c = 0; c < out.columns.size(); ++c) {
      row.cells.emplace_back(table.cell(r, c).text);
      row.places.push_back(table.place(r, c));
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

void check(const liantu::LedgerLine& line) {
  require(!line.stage || liantu::stage_of(*line.stage) == line.kind);
  for (const auto& [key, value] : line.facts) {
    const liantu::FactField& field = liantu::fact_field(key);
    require(liantu::belongs_to(field, line.kind));
    for (const liantu::Language language : {liantu::Language::En, liantu::Language::Zh}) {
      liantu::Text why;
      const std::string written = liantu::fact_text(field, value, language);
      require(liantu::parse_fact(field, written, 1, why) == std::optional(value));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::optional<liantu::LedgerTable> table;
  try {
    table =
        ledger_table(liantu::parse_csv(std::string(liantu::fuzz::text_of(data, size)), "fuzz.csv"));
  } catch (const liantu::Error& error) {
    liantu::fuzz::check_error(error);
    return 0;
  }
  // An Error from here on is a promise broken.
  const liantu::LedgerImport import =
      liantu::read_ledger_tables({*table}, {liantu::Date{2025, 1, 31}});
  require(import.tables <= 1);
  for (const liantu::LedgerLine& line : import.lines) check(line);
  for (const liantu::Problem& problem : import.problems) {
    require(!problem.what.en.empty() && !problem.what.zh.empty());
  }
  for (const liantu::ListedFirm& firm : liantu::read_listed_firms({*table})) {
    require(!firm.name.empty() && firm.rank > 0);
  }
  return 0;
}
