#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/links/paths/path_engine.hpp"
#include "liantu/links/paths/relation_path.hpp"

namespace LIANTU_API liantu {

/// Options of embed_links().
struct EmbeddingOptions {
  RelationKind relation = RelationKind::Supplies;
  Normalizer normalizer = Normalizer::SqrtDegree;  ///< what a link is divided by, once for the
                                                   ///< number of links of either end
  std::size_t rank = 32;                           ///< most dimensions; 1..512
  std::uint64_t seed = 1;                          ///< where the search for them starts
  std::stop_token stop;                            ///< asks a long run to end early
};

/// Entities as points so that the product of one as the start and another as the end of a link
/// comes as near as can be, over all pairs, to whether they are linked: the truncated singular
/// value decomposition of the relation's matrix.
class LinkEmbedding {
 public:
  /// Number of dimensions: fewer than asked for where the relation has no more.
  [[nodiscard]] std::size_t rank() const noexcept { return singular_values_.size(); }
  /// Largest first.
  [[nodiscard]] std::span<const double> singular_values() const noexcept {
    return singular_values_;
  }
  /// An entity as the start of links: rank() numbers, all zero when it starts none in the part that
  /// is embedded. The root of the singular values is in it.
  [[nodiscard]] std::span<const double> from(EntityId entity) const noexcept {
    return {from_.data() + raw(entity) * rank(), rank()};
  }
  /// An entity as the end of links, likewise.
  [[nodiscard]] std::span<const double> to(EntityId entity) const noexcept {
    return {to_.data() + raw(entity) * rank(), rank()};
  }
  /// What the decomposition says of a link; about 0 where there should be none. O(rank).
  [[nodiscard]] double product(EntityId start, EntityId end) const noexcept;

 private:
  friend LinkEmbedding embed_links(const PathEngine& engine, const EmbeddingOptions& options);

  std::vector<double> singular_values_;
  std::vector<double> from_;
  std::vector<double> to_;
};

/// Computes the embedding of one relation; hidden links are not seen.
///
/// Only the part with the most links is embedded, of those between which no shared start and no
/// shared end leads: each would take a dimension of its own and say nothing but that it is apart.
/// Singular values that are exactly equal may be found once.
/// @param engine   Prepared graph.
/// @param options  See EmbeddingOptions.
/// @return         The same for any number of threads. Of each dimension the largest coordinate of
///                 an end is positive.
/// @throws Error{InvalidArgument} if the rank is outside its range; Error{Cancelled}.
/// @complexity     Time O(I k (E + V k)), memory O(V k); k the rank, E distinct links, I some tens
///                 of restarts at most.
/// @source         Lehoucq, Sorensen (1996), doi:10.1137/S0895479895281484, for the method;
///                 Liben-Nowell, Kleinberg (2007), doi:10.1002/asi.20591, for scores of low rank.
[[nodiscard]] LinkEmbedding embed_links(const PathEngine& engine,
                                        const EmbeddingOptions& options = {});

}  // namespace liantu
