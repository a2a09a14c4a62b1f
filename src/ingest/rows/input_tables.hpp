#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "base/run/stopping.hpp"
#include "ingest/cells/sheet_reader.hpp"
#include "ingest/sectors/sector_matrix.hpp"
#include "liantu/ingest/cells/ingest_result.hpp"

namespace liantu {

inline constexpr Interrupted kReading = {"reading was interrupted; nothing was written",
                                         "读取被中断，未写出任何内容"};

/// A table of the input read as what one meaning says, and the count of its rows. Several may read
/// the same table.
class InputTable {
 public:
  /// Whether this is the first that reads the table, and answers for rows that were cut badly.
  enum class Reading : std::uint8_t { First, Again };

  /// @throws as SheetReader.
  InputTable(std::shared_ptr<const Table> table, const TableMeaning& meaning,
             const TableMapping* mapping, Reading reading, const IngestOptions& options,
             std::vector<Problem>& problems);

  [[nodiscard]] SheetReader& reader() { return reader_; }
  [[nodiscard]] const Table& table() const { return *table_; }
  [[nodiscard]] const TableMeaning& meaning() const { return reader_.meaning(); }
  [[nodiscard]] const TableSummary& summary() const { return summary_; }

  /// How its columns were understood, as an entry of a mapping; what file it is for is not said.
  [[nodiscard]] TableMapping found_mapping() const;

  /// Goes through the rows and counts them; `use` returns whether it used the row.
  void each_row(const std::function<bool(SheetReader&)>& use);
  /// Goes through the rows ahead of each_row().
  void scan(const std::function<void(const SheetReader&)>& look);
  /// Goes to the row of this number; false when the table has none or leaves it out.
  bool go_to(std::uint32_t row_number);

 private:
  void walk(const Progress& progress, const std::function<void()>& step);

  std::shared_ptr<const Table> table_;
  Reading reading_;
  const IngestOptions& options_;
  SheetReader reader_;
  TableSummary summary_;
};

/// What the files hold, in their order.
struct OpenedTables {
  std::vector<InputTable> tables;
  std::vector<SectorMatrix> matrices;
};

/// Reads the files and tells what their tables are.
///
/// @param result  Gets the problems, the digests and the number of unusable files.
/// @throws as ingest().
[[nodiscard]] OpenedTables open_tables(const std::vector<std::filesystem::path>& paths,
                                       const IngestOptions& options, IngestResult& result);

}  // namespace liantu
