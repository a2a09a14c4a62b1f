// Reads a file of tables and says what that cost: bench/readers.sh asks other programs the same.
//
//   liantu_readers FILE…             processor time, peak memory, memory of what was read
//   liantu_readers --make CELLS FILE  writes a workbook with so many cells

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <malloc.h>
#include <string>
#include <string_view>
#include <sys/resource.h>

#include <fmt/format.h>

#include "bench/workbook.hpp"
#include "liantu/base/files/atomic_file.hpp"
#include "liantu/tables/read_table.hpp"

namespace {

double processor_seconds() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

double peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double mebibytes_in_use() {
  const struct mallinfo2 memory = mallinfo2();
  return static_cast<double>(memory.uordblks + memory.hblkhd) / (1 << 20);
}

void read(const char* file) {
  const double started = peak_mebibytes();
  const double before = processor_seconds();
  const auto tables = liantu::read_tables(file);
  const double seconds = processor_seconds() - before;
  std::size_t rows = 0;
  for (const liantu::Table& table : tables) rows += table.size();
  const double kept = mebibytes_in_use();
  fmt::print(
      "{}: {} rows, {:.2f} s, peak {:.0f} MiB, of which the result {:.0f} and the start {:.0f}\n",
      file, rows, seconds, peak_mebibytes(), kept, started);
}

}  // namespace

int main(int count, char** words) {
  try {
    if (count == 4 && std::string_view(words[1]) == "--make") {
      const auto cells = static_cast<std::uint32_t>(std::strtoul(words[2], nullptr, 10));
      liantu::write_file(words[3], liantu::bench::workbook(cells), liantu::Overwrite::Yes);
      return 0;
    }
    for (int i = 1; i < count; ++i) read(words[i]);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
