#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/links/paths/path_engine.hpp"
#include "liantu/links/paths/source_end.hpp"

namespace LIANTU_API liantu {

/// A known formula that scores the links of one relation, by name.
struct Scorer {
  std::string_view name;    ///< `directed_l3`
  std::string_view source;  ///< who described it: `doi:10.3389/fdata.2021.666712`
};

/// All of them, in the order in which tables name them.
///
/// Where a name does not begin with `directed_`, links count without their direction. N(a) are the
/// entities linked with a, d(a) their number; a is the source.
///
///     common_neighbors                  Σ 1 over z in N(a) ∩ N(b)
///     jaccard                           the same over |N(a) ∪ N(b)|
///     adamic_adar                       Σ 1 / ln d(z), d(z) = 1 counted as 2
///     resource_allocation               Σ 1 / d(z)
///     preferential_attachment           d(a) d(b), for every b that has a link
///     directed_preferential_attachment  links from (to) a times links to (from) b
///     l3                                Σ 1 / √(d(y) d(z)) over walks a y z b
///     directed_l3                       the same along, against and along the links
///     directed_l5                       two steps more in the same way
///     katz                              as KatzOptions says: up to 4 steps, each worth 0.005
///     pagerank                          as PageRankOptions says, in double precision
///     directed_pagerank                 the walk follows the links, or goes against them where the
///                                       sources stand at their end
///     svd                               LinkEmbedding::product(), 32 dimensions; where positive
///
/// @source  The `source` of each.
[[nodiscard]] const std::vector<Scorer>& scorers();

/// Scores what may be linked with each source by one of scorers().
///
/// @param engine      Prepared graph; hidden links are not seen.
/// @param scorer      Name of a scorer.
/// @param relation    The relation whose links are scored; both its ends are firms.
/// @param source_end  At which end of it the sources stand.
/// @param sources     Any entities.
/// @return            One row a source, in their order; positive scores only, without unit.
///                    Entities already linked with the source are among them.
/// @throws Error{InvalidArgument} if there is no such scorer or it cannot score the relation;
/// Error{Cancelled}.
[[nodiscard]] std::vector<ScoreRow> score_links(const PathEngine& engine, std::string_view scorer,
                                                RelationKind relation, SourceEnd source_end,
                                                std::span<const EntityId> sources,
                                                const std::stop_token& stop = {});

}  // namespace liantu
