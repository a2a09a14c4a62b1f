#include <cstdio>
#include <liantu/base/digest.hpp>
#include <liantu/chain/gaps/gaps.hpp>
#include <liantu/graph/builder.hpp>
#include <liantu/graph/snapshot.hpp>
#include <string>

// One firm of a district makes batteries, batteries need separators, and nobody makes those.
int main() {
  using namespace liantu;
  GraphBuilder builder;
  const Node firm = builder.add(EntityKind::Firm, "甲电池有限公司");
  const Node battery = builder.add(EntityKind::Segment, "电池");
  const Node separator = builder.add(EntityKind::Segment, "隔膜");
  builder.set_region(firm, {RegionCode{500104}});
  builder.relate(RelationKind::Makes, firm, battery);
  builder.relate(RelationKind::Requires, battery, separator);
  const EnterpriseGraph graph = builder.build();

  GapOptions options;
  options.district.region = RegionCode{500104};
  const GapReport report = find_gaps(graph, options);
  if (report.gaps.empty() || digest(snapshot_bytes(graph)).empty()) return 1;
  const std::string first(graph.name(graph.entity(report.gaps.front().segment)));
  std::printf("gaps: %zu, the first is %s\n", report.gaps.size(), first.c_str());
}
