// Prints how the links of graphs are built: liantu_structure X.liantu Y.liantu …
#include "bench/structure.hpp"

#include <cstdio>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "liantu/graph/snapshot.hpp"

namespace {

using namespace liantu;
using bench::Structure;

Structure measure(const std::string& path) {
  const EnterpriseGraph graph = read_snapshot(path);
  const Relation supplies = graph.relation(RelationKind::Supplies);
  const std::uint32_t firms = graph.size(EntityKind::Firm);
  bench::Links links;
  for (std::uint32_t i = 0; i < firms; ++i) {
    for (const EntityId to : supplies.targets(graph.entity(FirmId{i}))) {
      const std::pair link(i, graph.local(to));
      if (links.empty() || links.back() != link) links.push_back(link);
    }
  }
  return bench::structure(firms, links);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::vector<Structure> all;
    std::string head = "| |";
    for (int i = 1; i < argc; ++i) {
      all.push_back(measure(argv[i]));
      head += fmt::format(" {} |", argv[i]);
    }
    std::string rule = "| --- |";
    for (std::size_t i = 0; i < all.size(); ++i) rule += " ---: |";
    fmt::print("{}\n{}\n", head, rule);
    const auto row = [&](const char* name, const std::function<std::string(const Structure&)>& of) {
      fmt::print("| {} |", name);
      for (const Structure& one : all) fmt::print(" {} |", of(one));
      fmt::print("\n");
    };
    const auto count = [](std::uint64_t value) { return fmt::format("{}", value); };
    const auto share = [](double value) { return fmt::format("{:.2f} %", 100 * value); };
    row("links", [&](const Structure& s) { return count(s.links); });
    row("firms with a link", [&](const Structure& s) { return count(s.firms); });
    for (const auto& side : {std::pair("customers", &Structure::customers),
                             std::pair("suppliers", &Structure::suppliers)}) {
      const char* name = side.first;
      const auto part = side.second;
      const auto say = [&](const char* what) { return fmt::format("{} a firm: {}", name, what); };
      row(say("firms with any").c_str(),
          [&](const Structure& s) { return count((s.*part).firms); });
      row(say("median").c_str(), [&](const Structure& s) { return count((s.*part).median); });
      row(say("99th percentile").c_str(),
          [&](const Structure& s) { return count((s.*part).percentile_99); });
      row(say("largest").c_str(), [&](const Structure& s) { return count((s.*part).largest); });
      row(say("links of the top hundredth").c_str(),
          [&](const Structure& s) { return share((s.*part).top_share); });
      row(say("tail exponent").c_str(), [&](const Structure& s) {
        return (s.*part).tail > 0 ? fmt::format("{:.2f}", (s.*part).tail) : "none";
      });
    }
    row("links with a reverse link", [&](const Structure& s) { return share(s.reciprocity); });
    row("triangles", [&](const Structure& s) { return count(s.triangles); });
    row("paths of two links that are closed",
        [&](const Structure& s) { return share(s.closed_two); });
    row("squares", [&](const Structure& s) { return count(s.squares); });
    row("paths of three links that are closed",
        [&](const Structure& s) { return share(s.closed_three); });
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
