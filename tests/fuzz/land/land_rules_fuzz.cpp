// Any text is a scheme that rates firms, a plan policy, both or neither: an Error that says so.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/fuzz.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/land/per_mu/per_mu.hpp"
#include "liantu/land/plan/plan_policy.hpp"

namespace {

template <typename Parse>
void parse_or_refuse(const Parse& parse) {
  try {
    parse();
  } catch (const liantu::Error& error) {
    liantu::fuzz::require(error.code() == liantu::ErrorCode::InvalidData);
    liantu::fuzz::check_error(error);
  }
}

liantu::EnterpriseGraph firms() {
  liantu::GraphBuilder builder;
  for (int i = 1; i <= 3; ++i) {
    const liantu::EntityRef firm = builder.add(liantu::EntityKind::Firm, "企" + std::to_string(i));
    builder.set(firm, liantu::EntityNumber::Land, {10.0 * i});
    builder.set(firm, liantu::EntityNumber::Tax, {1e6 / i});
    if (i > 1) builder.set(firm, liantu::EntityNumber::Revenue, {1e7});
  }
  return builder.build();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(liantu::fuzz::text_of(data, size));
  parse_or_refuse([&] { (void)liantu::parse_plan_policy(text, "fuzz.json"); });
  parse_or_refuse([&] {
    const liantu::PerMuScheme scheme = liantu::parse_per_mu_scheme(text, "fuzz.json");
    const liantu::PerMuReport report = liantu::rate_per_mu(firms(), scheme);
    liantu::fuzz::require(report.rows.size() == 3);
    for (const liantu::PerMuRow& row : report.rows) {
      liantu::fuzz::require((row.rated == liantu::RatedAs::Ranked) == (row.rank > 0));
    }
  });
  return 0;
}
