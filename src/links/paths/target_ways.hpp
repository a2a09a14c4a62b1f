#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "liantu/graph/graph.hpp"
#include "liantu/links/paths/relation_path.hpp"
#include "liantu/links/paths/scores.hpp"
#include "links/paths/propagate.hpp"
#include "links/paths/step_view.hpp"

namespace liantu {

/// A set of numbers that tells how many of its members come before one. It takes a bit and a half
/// for each number of the range, so that it stays in the cache where an array would not.
class RankedSet {
 public:
  RankedSet() = default;
  /// @param size     Numbers lie below it.
  /// @param members  In any order, several times too.
  RankedSet(std::uint32_t size, std::span<const std::uint32_t> members);

  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
  [[nodiscard]] bool contains(std::uint32_t number) const noexcept {
    return (bits_[number / 64] >> (number % 64) & 1) != 0;
  }
  /// Members before a member.
  [[nodiscard]] std::uint32_t rank(std::uint32_t member) const noexcept {
    const std::uint64_t before = (std::uint64_t{1} << (member % 64)) - 1;
    return ranks_[member / 64] + count(bits_[member / 64] & before);
  }
  /// Ascending.
  [[nodiscard]] std::vector<std::uint32_t> members() const;

 private:
  // The library calls a function where the processor might have no instruction for it.
  [[nodiscard]] static std::uint32_t count(std::uint64_t bits) noexcept {
    bits -= bits >> 1 & 0x5555555555555555;
    bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
    bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return static_cast<std::uint32_t>(bits * 0x0101010101010101 >> 56);
  }

  std::vector<std::uint64_t> bits_;
  std::vector<std::uint32_t> ranks_;  ///< by word of `bits_`: members before it
  std::uint32_t size_ = 0;
};

/// What a path scores between a source and a target.
struct TargetScore {
  std::uint32_t target = 0;  ///< position in TargetWays::targets()
  double score = 0;

  friend bool operator==(const TargetScore&, const TargetScore&) = default;
};

/// Two entities joined by a relation that does not count in a degree, for a source that asks so.
struct UncountedPair {
  EntityId one{0};
  EntityId other{0};
  std::uint32_t group = 0;  ///< sources ask by groups

  friend auto operator<=>(const UncountedPair&, const UncountedPair&) = default;
};

/// What relations of one kind do not count in degrees, such as purchases that show a need.
struct Uncounted {
  RelationKind relation{};
  std::vector<UncountedPair> pairs;  ///< in any order, those that no step walks too
};

/// All ways along a relation path that end in one of some targets. They are walked once from the
/// targets, all but the first step; a source then walks its own steps and meets them, so that what
/// it costs is the part of its neighbourhood from which a target is reached. Safe to use from any
/// number of threads, each with a Scratch of its own.
///
/// A normaliser divides here by another degree than in score_path(): of the entities that a step
/// reaches those through which no way leads from the source to any target, plus two. With one way
/// between them that is the degree itself; with several, those that speak for the pair do not count
/// against it. So a relation more on the ways from a source never lowers its best score, as it does
/// where a strong neighbour's degree grows by a weak one. Nor does a neighbour count with which
/// a pair joins the entity that is of a group of the source's.
class TargetWays {
 public:
  /// What a source's walk needs, kept from one source to the next.
  class Scratch {
    friend class TargetWays;
    struct WalkedPlace {
      double value = 0;
      std::uint32_t before = 0;  // entities of the layer before from which the source comes here
      std::uint32_t both = 0;    // those of them to which a way leads back, too
    };
    struct Layer {
      std::vector<WalkedPlace> places;  // of the first layer parallel to `touched`, else by place
      std::vector<std::uint32_t> touched;  // places that the source reaches
    };
    EntityId source{0};
    std::span<const std::uint32_t> groups;
    std::vector<Layer> layers;
    std::vector<TargetScore> found;
  };

  /// @param path     Such that reversed() can turn it round.
  /// @param targets  Any entities.
  /// @param uncounted  Which neighbours do not count in degrees for sources of which groups.
  /// @throws Error{InvalidArgument} if the path has no steps, Error as StepView,
  ///         Error{Cancelled}.
  /// @complexity  Time O(V / 64 + W + D), memory O(V / 64 + W); V entities, W relations on ways to
  ///              targets, the first step left out, D all relations of the steps' kinds at the
  ///              entities on these ways.
  TargetWays(const EnterpriseGraph& graph, RelationPath path, std::span<const EntityId> targets,
             const std::stop_token& stop = {}, const Uncounted& uncounted = {});
  TargetWays(const TargetWays&) = delete;
  TargetWays& operator=(const TargetWays&) = delete;

  /// Ascending, each once.
  [[nodiscard]] const std::vector<EntityId>& targets() const noexcept { return targets_; }

  /// What the path scores between a source and each target that it reaches, the source itself
  /// included.
  /// @param groups  Of the source, ascending: pairs of theirs do not count in degrees.
  /// @return  Ascending by target; valid until the scratch is used again. Sums are taken in an
  ///          order that depends on the graph alone.
  [[nodiscard]] std::span<const TargetScore> scores(
      EntityId source, Scratch& scratch, std::span<const std::uint32_t> groups = {}) const;

  /// Of two entities the one that is told first where ways are equally strong.
  using Before = std::function<bool(EntityId, EntityId)>;
  /// The strongest way from a source to a target, of equally strong ones the first along the way.
  /// @return  Weight and share as of path_evidence(). Without entities when there is no way.
  [[nodiscard]] PathInstance strongest(EntityId source, EntityId target, Scratch& scratch,
                                       const Before& before,
                                       std::span<const std::uint32_t> groups = {}) const;

 private:
  /// Entities from which a target is reached by the rest of the path, and the steps there. An
  /// entity's place is its position.
  struct Layer {
    RankedSet members;
    std::vector<std::uint32_t> entities;  // ascending
    std::vector<std::uint32_t> degrees;   // of the step onwards; empty when nobody divides by them
    std::vector<std::uint64_t> offsets;   // of `next`, one more than entities
    std::vector<std::uint32_t> next;      // places in the next layer, ascending
    std::vector<double> weights;          // parallel to `next`; empty when all are 1
    // Pairs whose `one` stands here and whose `other` the step reaches: ascending by place, `other`
    // and group. Empty offsets where there are none.
    std::vector<std::uint32_t> uncounted_offsets;
    std::vector<UncountedPair> uncounted;

    [[nodiscard]] std::span<const std::uint32_t> row(std::uint32_t place) const {
      return std::span(next).subspan(offsets[place], offsets[place + 1] - offsets[place]);
    }
    [[nodiscard]] double weight(std::uint64_t k) const { return weights.empty() ? 1 : weights[k]; }
  };

  void lay_back(std::size_t layer, const std::stop_token& stop);
  void look_up_factors();
  void leave_out(std::size_t layer, const std::vector<UncountedPair>& pairs);
  void walk(EntityId source, Scratch& scratch) const;
  [[nodiscard]] bool leads_to(std::size_t layer, std::uint32_t place, EntityId next) const;
  [[nodiscard]] bool came_from(std::size_t layer, EntityId before, const Scratch& scratch) const;
  [[nodiscard]] std::size_t uncounted_at(std::size_t layer, std::uint32_t place,
                                         const Scratch& scratch) const;
  [[nodiscard]] std::size_t degree_at(std::size_t layer, std::uint32_t place,
                                      const Scratch::WalkedPlace& walked,
                                      const Scratch& scratch) const;
  [[nodiscard]] double factor_at(std::size_t layer, std::uint32_t place,
                                 const Scratch::WalkedPlace& walked, const Scratch& scratch) const;

  EnterpriseGraph graph_;  // shares its data
  RelationPath path_;
  std::vector<EntityId> targets_;
  std::vector<StepView> views_;  // by step
  std::vector<Layer> layers_;    // by steps from the source; that of the source is empty
  std::array<std::vector<double>, 4> factors_;  // by normaliser and small degrees
};

}  // namespace liantu
