// Any file is a table of arrivals or of places, both, or an Error.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "fuzz/folder.hpp"
#include "fuzz/fuzz.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/ingest/edges/arrival_table.hpp"

namespace {

using liantu::fuzz::require;

liantu::EnterpriseGraph small_graph() {
  liantu::GraphBuilder builder;
  const liantu::EntityRef firm = builder.add(liantu::EntityKind::Firm, "示例甲有限公司");
  builder.set(firm, liantu::EntityText::Code, "91500104MA5U000001");
  builder.add(liantu::EntityKind::Firm, "示例乙有限公司");
  builder.add(liantu::EntityKind::Firm, "示例乙有限公司");
  return builder.build();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const liantu::fuzz::Folder folder;
  static const liantu::EnterpriseGraph graph = small_graph();
  const std::filesystem::path file = folder.file("table.csv");
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  liantu::fuzz::read_or_refuse([&] {
    const liantu::ArrivalTable table = liantu::read_arrivals(file, graph);
    require(!table.arrivals.empty() && table.arrivals.size() <= table.rows);
    require(table.strangers <= table.arrivals.size());
    for (const liantu::Problem& problem : table.problems) {
      require(!problem.what.en.empty() && !problem.what.zh.empty());
    }
  });
  liantu::fuzz::read_or_refuse([&] {
    for (const liantu::PlacePoint& point : liantu::read_place_points(file)) {
      require(std::isfinite(point.longitude) && std::isfinite(point.latitude));
    }
  });
  return 0;
}
