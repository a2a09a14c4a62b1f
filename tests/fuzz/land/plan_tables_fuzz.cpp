// Any table is one of plots or of projects with figures in their ranges, both, or an Error.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "fuzz/fuzz.hpp"
#include "liantu/ingest/cells/plan_tables.hpp"
#include "liantu/tables/plain/csv.hpp"

namespace {

using liantu::fuzz::require;

template <typename Read>
void read_or_refuse(const Read& read) {
  try {
    read();
  } catch (const liantu::Error& error) {
    require(error.code() == liantu::ErrorCode::InvalidData);
    liantu::fuzz::check_error(error);
  }
}

void check(const std::optional<double>& figure, double least = 0) {
  require(!figure || (std::isfinite(*figure) && *figure >= least));
}

void check(const liantu::SiteRow& row) {
  require(!row.name.empty() && row.land_mu && *row.land_mu > 0);
  check(row.land_mu);
  check(row.plot_ratio);
  require(!row.building_share || (*row.building_share > 0 && *row.building_share <= 1));
  check(row.energy_tce);
  check(row.emission_t);
  require(!row.phase || *row.phase >= 1);
}

void check(const liantu::ProjectRow& row) {
  require(!row.firm.empty());
  for (const auto& figure :
       {row.land_mu, row.floor_m2, row.ground_m2, row.energy_tce, row.emission_t,
        row.investment_cny, row.cost_cny, row.output_cny, row.tax_cny, row.jobs}) {
    check(figure);
  }
  require(!row.probability || (*row.probability >= 0 && *row.probability <= 1));
  require(!row.phase || *row.phase >= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::optional<liantu::Table> table;
  read_or_refuse([&] {
    table = liantu::parse_csv(std::string(liantu::fuzz::text_of(data, size)), "fuzz.csv");
  });
  if (!table) return 0;
  read_or_refuse([&] {
    const auto read = liantu::read_site_table(*table);
    require(!read.rows.empty());
    for (const liantu::SiteRow& row : read.rows) check(row);
  });
  read_or_refuse([&] {
    const auto read = liantu::read_project_table(*table);
    require(!read.rows.empty());
    for (const liantu::ProjectRow& row : read.rows) check(row);
  });
  return 0;
}
