// Any table is one of factors that are finite and have a source, or an Error.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/fuzz.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/ingest/cells/factor_table.hpp"
#include "liantu/tables/plain/csv.hpp"

namespace {

liantu::EnterpriseGraph small_graph() {
  liantu::GraphBuilder builder;
  builder.add(liantu::EntityKind::Segment, "电池");
  const liantu::EntityRef steel = builder.add(liantu::EntityKind::Segment, "钢压延加工");
  builder.set(steel, liantu::EntityText::Code, "C3130");
  builder.add(liantu::EntityKind::Segment, "电池");
  return builder.build();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using liantu::fuzz::require;
  static const liantu::EnterpriseGraph graph = small_graph();
  try {
    const liantu::FactorTable read = liantu::read_factor_table(
        liantu::parse_csv(std::string(liantu::fuzz::text_of(data, size)), "fuzz.csv"), graph);
    require(!read.factors.empty());
    for (const liantu::OutputFactor& factor : read.factors) {
      require(factor.cny_per_unit >= 0 && std::isfinite(factor.cny_per_unit));
      require(!factor.source.empty());
    }
  } catch (const liantu::Error& error) {
    liantu::fuzz::check_error(error);
  }
  return 0;
}
