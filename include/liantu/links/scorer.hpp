#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/links/link_task.hpp"
#include "liantu/links/path_engine.hpp"

namespace liantu {

/// A known formula that scores the links of one relation, by name.
struct Scorer {
  std::string_view name;    ///< `directed_l3`
  std::string_view source;  ///< who described it: `doi:10.3389/fdata.2021.666712`
};

/// All of them, in the order in which tables name them: `common_neighbors`, `adamic_adar`,
/// `resource_allocation`, `l3`, `directed_l3`.
[[nodiscard]] const std::vector<Scorer>& scorers();

/// Scores what may be linked with each source by one of scorers().
///
/// @param engine      Prepared graph; hidden links are not seen.
/// @param scorer      Name of a scorer.
/// @param relation    The relation whose links are scored; both its ends are firms.
/// @param source_end  At which end of it the sources stand.
/// @param sources     Any entities.
/// @return            One row a source, in their order; positive scores only, without unit.
/// Entities already
///                    linked with the source are among them.
/// @throws Error{InvalidArgument} if there is no such scorer or it cannot score the relation;
/// Error{Cancelled}.
[[nodiscard]] std::vector<ScoreRow> score_links(const PathEngine& engine, std::string_view scorer,
                                                RelationKind relation, SourceEnd source_end,
                                                std::span<const EntityId> sources,
                                                const std::stop_token& stop = {});

}  // namespace liantu
