#include "chain/gaps/search/place_makers.hpp"

#include <tbb/enumerable_thread_specific.h>

#include "base/run/parallel.hpp"
#include "chain/economy/stopping.hpp"
#include "chain/firms/production.hpp"

namespace liantu {

PlaceMakers::PlaceMakers(const Economy& economy, const GapOptions& options)
    : counts_(economy.places().size()) {
  // Of a segment: how many firms of the place at hand make it, and which one was counted last.
  struct Tally {
    std::uint32_t firms = 0;
    std::uint32_t last = 0;  // its number + 1
  };
  struct Scratch {
    std::vector<Tally> tallies;  // by segment
    std::vector<SegmentId> made;
    std::vector<Statement> statements;
  };
  const EnterpriseGraph& graph = economy.graph();
  const FirmFilter filter(economy, options);
  const Productions productions(graph, economy.taxonomy(), options.min_confidence);
  tbb::enumerable_thread_specific<Scratch> scratches;
  const auto count = [&](const Economy::Place& place, std::vector<Count>& counts) {
    Scratch& scratch = scratches.local();
    scratch.tallies.resize(graph.size(EntityKind::Segment));
    std::uint32_t steps = 0;
    for (const FirmId firm : place.firms) {
      if (!filter.stays(firm)) continue;
      scratch.statements.clear();
      productions.append_statements(firm, scratch.statements);
      for (const Statement& one : scratch.statements) {
        economy.taxonomy().walk_up(one.segment, [&](const Ancestor& above) {
          if (++steps % kLooksApart == 0) check_stop(options.stop, kGapSearch);
          Tally& tally = scratch.tallies[raw(above.segment)];
          if (tally.last == raw(firm) + 1) return true;
          tally.last = raw(firm) + 1;
          if (tally.firms++ == 0) scratch.made.push_back(above.segment);
          return true;
        });
      }
    }
    for (const SegmentId segment : scratch.made) {
      counts.push_back({segment, scratch.tallies[raw(segment)].firms});
      scratch.tallies[raw(segment)] = {};
    }
    scratch.made.clear();
  };
  parallel_for(counts_.size(), [&](std::size_t place) {
    check_stop(options.stop, kGapSearch);
    count(economy.places()[place], counts_[place]);
  });
}

}  // namespace liantu
