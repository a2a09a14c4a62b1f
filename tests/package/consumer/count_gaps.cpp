#include <cstdio>
#include <liantu/base/files/digest.hpp>
#include <liantu/base/text/error.hpp>
#include <liantu/chain/gaps/gaps.hpp>
#include <liantu/graph/builder.hpp>
#include <liantu/graph/snapshot.hpp>
#include <liantu/version.hpp>
#include <string>

#if LIANTU_VERSION_NUMBER < 100
#error "Liantu is too old"
#endif

// One firm of a district makes batteries, batteries need separators, and nobody makes those. A plugin offers this
// function, a program calls it.
extern "C" __attribute__((visibility("default"))) int count_gaps() {
  using namespace liantu;
  GraphBuilder builder;
  const EntityRef firm = builder.add(EntityKind::Firm, "甲电池有限公司");
  const EntityRef battery = builder.add(EntityKind::Segment, "电池");
  const EntityRef separator = builder.add(EntityKind::Segment, "隔膜");
  builder.set_region(firm, {RegionCode{500104}});
  builder.relate(RelationKind::Makes, firm, battery);
  builder.relate(RelationKind::Requires, battery, separator);
  const EnterpriseGraph graph = builder.build();

  GapOptions options;
  options.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, options);
  if (report.gaps.empty() || digest(snapshot_bytes(graph)).empty()) return 1;
  try {
    options.weak_coverage = 2;
    static_cast<void>(find_gaps(graph, options));
    return 1;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::InvalidArgument) return 1;
  }
  const std::string first(graph.name(graph.entity(report.gaps.front().segment)));
  std::printf("gaps: %zu, the first is %s\n", report.gaps.size(), first.c_str());
  return 0;
}

int main() { return count_gaps(); }
