// The gaps of a district against their definition, where segments have no parents and everything is
// stated once: a page of sums over tables of output and coefficients.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fuzz/fuzz.hpp"
#include "liantu/chain/gaps/gaps.hpp"
#include "liantu/graph/builder.hpp"

namespace {

using namespace liantu;
using fuzz::require;

constexpr std::size_t kFirms = 5;
constexpr std::size_t kSegments = 5;

/// A relation that may be there, and a figure that it may state.
struct Stated {
  bool there = false;
  std::optional<double> figure;
};

/// The district's economy as the bytes choose it.
struct Tables {
  std::array<bool, kFirms> inside{};
  std::array<std::array<Stated, kSegments>, kFirms> makes;
  std::array<std::array<Stated, kSegments>, kSegments> needs;  ///< product, input

  explicit Tables(fuzz::Bytes& bytes) {
    for (bool& one : inside) one = bytes.below(4) != 0;
    inside[0] = true;  // a district without firms has no answer
    for (auto& row : makes) {
      for (Stated& one : row) choose(bytes, 10, one);
    }
    for (auto& row : needs) {
      for (Stated& one : row) choose(bytes, 1.0 / 128, one);
    }
    for (std::size_t s = 0; s < kSegments; ++s) needs[s][s] = {};
  }

  [[nodiscard]] EnterpriseGraph graph() const {
    GraphBuilder builder;
    for (std::size_t f = 0; f < kFirms; ++f) {
      const EntityRef firm = builder.add(EntityKind::Firm, "f" + std::to_string(f));
      builder.set_region(firm, {RegionCode{inside[f] ? 500104U : 440305U}, Basis::Stated});
    }
    for (std::size_t s = 0; s < kSegments; ++s) {
      builder.add(EntityKind::Segment, "s" + std::to_string(s));
    }
    for (std::uint32_t f = 0; f < kFirms; ++f) {
      for (std::uint32_t s = 0; s < kSegments; ++s) {
        EdgeAttributes attributes;
        attributes.amount = makes[f][s].figure;
        if (makes[f][s].there) {
          builder.relate(RelationKind::Makes, FirmId{f}, SegmentId{s}, attributes);
        }
      }
    }
    for (std::uint32_t s = 0; s < kSegments; ++s) {
      for (std::uint32_t t = 0; t < kSegments; ++t) {
        EdgeAttributes attributes;
        attributes.coefficient = needs[s][t].figure;
        if (needs[s][t].there) {
          builder.relate(RelationKind::Requires, SegmentId{s}, SegmentId{t}, attributes);
        }
      }
    }
    return builder.build();
  }

 private:
  static void choose(fuzz::Bytes& bytes, double unit, Stated& one) {
    const std::uint32_t byte = bytes.below(256);
    one.there = byte % 3 == 1;
    if (one.there && byte % 4 != 0) one.figure = unit * (byte / 4);
  }
};

/// What find_gaps() should say of a segment.
struct Expected {
  std::vector<GapKind> kinds;
  std::size_t needers = 0;
  std::size_t makers = 0;
  std::size_t unknown = 0;
  std::optional<double> demand;
  std::optional<double> supply;  ///< when every maker's output is known
  std::optional<double> coverage;
};

Expected expect(const Tables& tables, std::size_t segment) {
  Expected result;
  double supply = 0;
  bool supply_known = true;
  std::size_t extending = 0;
  std::vector<double> outputs;
  for (std::size_t f = 0; f < kFirms; ++f) {
    if (!tables.inside[f]) continue;
    const Stated& own = tables.makes[f][segment];
    if (own.there) {
      ++result.makers;
      supply += own.figure.value_or(0);
      supply_known = supply_known && own.figure;
      outputs.push_back(own.figure.value_or(0));
    }
    bool needs = false;
    bool complete = true;
    bool extends = false;
    std::optional<double> amount;
    for (std::size_t s = 0; s < kSegments; ++s) {
      const Stated& made = tables.makes[f][s];
      if (!made.there) continue;
      extends = extends || tables.needs[segment][s].there;
      const Stated& need = tables.needs[s][segment];
      if (!need.there) continue;
      if (!made.figure || !need.figure) {
        needs = true;
        complete = false;
      } else if (*made.figure * *need.figure > 0) {  // who buys for nothing needs nothing
        needs = true;
        amount = amount.value_or(0) + *made.figure * *need.figure;
      }
    }
    result.needers += needs ? 1 : 0;
    result.unknown += needs && !complete ? 1 : 0;
    extending += extends ? 1 : 0;
    if (amount) result.demand = result.demand.value_or(0) + *amount;
  }
  if (result.demand && supply_known) {
    result.supply = supply;
    result.coverage = std::min(1.0, supply / *result.demand);
  }
  const bool low = result.coverage && *result.coverage < 0.5;
  const bool one_carries =
      result.makers > 1 && result.coverage && std::ranges::any_of(outputs, [&](double one) {
        return one > supply - one && (supply - one) / *result.demand < 0.5;
      });
  const bool weak = low || result.makers == 1 || one_carries;
  if (result.needers > 0 && result.makers == 0) result.kinds.push_back(GapKind::Missing);
  if (result.needers > 0 && result.makers > 0 && weak) result.kinds.push_back(GapKind::Weak);
  if (extending > 0 && result.makers == 0) result.kinds.push_back(GapKind::Extension);
  return result;
}

bool near(const std::optional<double>& a, const std::optional<double>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return std::abs(*a - *b) <= 1e-9 * std::max(1.0, std::abs(*b));
}

void compare(const Gap& gap, const Expected& expected) {
  require(gap.kinds == expected.kinds && gap.kind == gap.kinds.front());
  require(gap.makers.size() == expected.makers);
  if (gap.kind == GapKind::Extension) return;
  require(gap.needers.size() == expected.needers && gap.needs_unknown == expected.unknown);
  require(near(gap.demand ? std::optional(gap.demand->value) : std::nullopt, expected.demand));
  require(near(gap.coverage, expected.coverage));
  if (!expected.supply) return;
  const double leakage = std::max(0.0, *expected.demand - *expected.supply);
  require(near(gap.supply->value, expected.supply) && near(gap.leakage_min, leakage));
  require(near(gap.leakage_max, *expected.demand));  // nobody states a purchase
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Bytes bytes(data, size);
  const Tables tables(bytes);
  const EnterpriseGraph graph = tables.graph();
  GapOptions options;
  options.district.region = RegionCode{500104};
  options.rounds = 1;
  const GapReport report = find_gaps(graph, options);
  for (std::uint32_t s = 0; s < kSegments; ++s) {
    const Expected expected = expect(tables, s);
    const auto gap = std::ranges::find(report.gaps, SegmentId{s}, &Gap::segment);
    require((gap == report.gaps.end()) == expected.kinds.empty());
    if (gap != report.gaps.end()) compare(*gap, expected);
  }
  return 0;
}
