// Any algorithm of Boost.Graph runs on a relation of the graph as it stands. Here: in which order
// could the segments of a chain be made, each after its inputs?
//
//     example_boost_graph [GRAPH.liantu]
#include <cstdio>
#include <iterator>
#include <liantu/base/text/error.hpp>
#include <liantu/graph/boost.hpp>
#include <liantu/graph/builder.hpp>
#include <liantu/graph/snapshot.hpp>
#include <string>
#include <vector>

#include <boost/graph/topological_sort.hpp>

namespace {

using namespace liantu;

EnterpriseGraph small_graph() {
  GraphBuilder builder;
  const EntityRef car = builder.add(EntityKind::Segment, "汽车");
  const EntityRef battery = builder.add(EntityKind::Segment, "电池");
  const EntityRef motor = builder.add(EntityKind::Segment, "电机");
  const EntityRef copper = builder.add(EntityKind::Segment, "铜箔");
  builder.relate(RelationKind::Requires, car, battery);
  builder.relate(RelationKind::Requires, car, motor);
  builder.relate(RelationKind::Requires, battery, copper);
  builder.relate(RelationKind::Requires, motor, copper);
  return builder.build();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const EnterpriseGraph graph = argc > 1 ? read_snapshot(argv[1]) : small_graph();
    const RelationGraph needs(graph, RelationKind::Requires);

    // The sort gives a vertex after everything it leads to: inputs first.
    std::vector<std::uint32_t> order;
    boost::topological_sort(needs, std::back_inserter(order));

    std::string line = "inputs first:";
    for (const std::uint32_t vertex : order) {
      const bool in_a_chain = in_degree(vertex, needs) + out_degree(vertex, needs) > 0;
      if (in_a_chain) line += " " + std::string(graph.name(EntityId{vertex}));
    }
    std::printf("%s\n", line.c_str());
  } catch (const boost::not_a_dag&) {
    std::printf("some segments need themselves, over others\n");
    return 1;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
