// Any table is read as an input-output table or refused; what is read keeps what InputOutputTable
// promises.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "liantu/base/text/error.hpp"
#include "liantu/ingest/sectors/input_output_table.hpp"
#include "liantu/tables/plain/csv.hpp"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check(const liantu::InputOutputTable& table) {
  for (const liantu::Problem& problem : table.problems) {
    require(!problem.what.en.empty() && !problem.what.zh.empty());
    require(problem.place.file == "fuzz.csv");
    require(!problem.remedy.en.empty() && !problem.remedy.zh.empty());
  }
  require(table.usable() || table.coefficients.empty());
  for (const liantu::InputCoefficient& one : table.coefficients) {
    require(one.product < table.sectors.size() && one.input < table.sectors.size());
    require(one.value > 0 && std::isfinite(one.value));
    require(!one.import_share || (*one.import_share >= 0 && *one.import_share <= 1));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const liantu::HeaderRow header : {liantu::HeaderRow::First, liantu::HeaderRow::None}) {
    try {
      const std::string bytes{reinterpret_cast<const char*>(data), size};
      liantu::TableOptions options;
      options.header = header;
      check(liantu::read_input_output_table(liantu::parse_csv(bytes, "fuzz.csv", options)));
    } catch (const liantu::Error& error) {
      require(!error.message().en.empty() && !error.message().zh.empty());
    }
  }
  return 0;
}
