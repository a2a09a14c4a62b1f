#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "liantu/graph/graph.hpp"
#include "liantu/links/backtest/link_task.hpp"
#include "links/backtest/visible_links.hpp"
#include "links/learning/link_factors.hpp"
#include "links/learning/link_regression.hpp"
#include "links/paths/entity_keys.hpp"

namespace liantu {

/// Entities with a value each, the values in a dense column that is zero elsewhere.
struct EntityValues {
  std::vector<EntityId> reached;
  std::vector<double> value;

  void prepare(std::size_t entities) { value.resize(entities, 0.0); }
  void clear() {
    for (const EntityId entity : reached) value[raw(entity)] = 0;
    reached.clear();
  }
  void add(EntityId entity, double amount) {
    double& sum = value[raw(entity)];
    if (sum == 0) reached.push_back(entity);
    sum += amount;
  }
  /// 0 for what nothing reached.
  [[nodiscard]] double of(EntityId entity) const { return value.empty() ? 0 : value[raw(entity)]; }
};

/// What walks from a source say of entities: the features that score every entity at once.
class PairWalks {
 public:
  /// Memory that one thread works in, one source at a time.
  class Scratch;

  /// A feature: its words, what it adds to the pool of candidates and how it is computed, by the path or by the
  /// function.
  struct Feature {
    std::string_view name;
    std::string_view en;  ///< along what it counts
    std::string_view zh;
    std::size_t pooled;     ///< how many of its best become candidates
    bool ranked;            ///< whether rank and share of the best are features too
    bool per_size;          ///< whether what it gives over the root of the candidate's links is one
    std::string_view path;  ///< `supplies` stands for the relation looked at, forward being onwards
    /// Adds what it gives each entity. Returns whether this graph can say.
    bool (PairWalks::*give)(EntityId source, Scratch& scratch, EntityValues& given) const = nullptr;
  };
  /// All of them, in the order of their values.
  [[nodiscard]] static std::span<const Feature> features();

  /// @param graph  Kept alive by the caller, as the links are.
  PairWalks(const EnterpriseGraph& graph, const LinkTask& task, const VisibleLinks& links,
            const EntityKeys& keys);

  /// Scores of up to LinkRegression::kAtOnce sources, which Scratch::begin() takes.
  [[nodiscard]] std::vector<LinkRegression::Lanes> regressed(
      std::span<const EntityId> sources) const {
    return regression_.scores(sources);
  }

  /// Walks from a source; Scratch::given() says what came of it, until Scratch::clear().
  void run(EntityId source, Scratch& scratch) const;

  /// What visible links join with an entity, either way, ascending.
  [[nodiscard]] std::span<const EntityId> joined(EntityId entity) const;
  /// Whether an entity stands at the end that is ranked.
  [[nodiscard]] bool rankable(EntityId entity) const { return rankable_[raw(entity)]; }

 private:
  enum class Way : std::uint8_t { Onwards, Back, Either };
  /// What the value of an entity is divided by before it goes on.
  enum class By : std::uint8_t { One, Root, Degree };
  /// One step of a path, behind the steps before it: paths that begin alike share them.
  struct Step {
    std::size_t behind;  ///< number of the step before it; 0 is the source itself
    Way way;
    By by;
    friend bool operator==(const Step&, const Step&) = default;
  };

  /// Number of the last step of a path, whose steps are noted where they are new.
  std::size_t note(std::string_view path);
  void advance(const EntityValues& at, EntityValues& next, By by, Way way) const;
  [[nodiscard]] std::span<const EntityId> reached(EntityId from, Way way) const;
  [[nodiscard]] double links_of(EntityId entity) const;

  bool pagerank(EntityId source, Scratch& scratch, EntityValues& given) const;
  bool complement(EntityId source, Scratch& scratch, EntityValues& given) const;
  bool like_peers(EntityId source, Scratch& scratch, EntityValues& given) const;
  bool like_partners(EntityId source, Scratch& scratch, EntityValues& given) const;
  bool embedding(EntityId source, Scratch& scratch, EntityValues& given) const;
  bool regression(EntityId source, Scratch& scratch, EntityValues& given) const;

  const EnterpriseGraph& graph_;
  SourceEnd source_end_;
  const VisibleLinks& links_;
  LinkFactors factors_;
  LinkRegression regression_;
  std::vector<std::uint64_t> joined_offsets_;
  std::vector<EntityId> joined_;
  std::vector<bool> rankable_;
  bool segments_ = false;
  std::vector<Step> steps_;             ///< the first stands for the source
  std::vector<std::size_t> last_step_;  ///< of every feature; 0 = it has no path
  std::size_t partners_ = 0;
  std::size_t peers_by_partners_ = 0;
  std::size_t peers_by_owners_ = 0;
};

class PairWalks::Scratch {
 public:
  /// Whose lane of the regression is read from here on.
  void begin(const std::vector<LinkRegression::Lanes>& regressed, std::size_t lane) {
    regressed_ = &regressed;
    lane_ = lane;
  }
  /// What a feature gives each entity.
  [[nodiscard]] const EntityValues& given(std::size_t feature) const { return *given_[feature]; }
  /// Whether it can be said of this graph.
  [[nodiscard]] bool known(std::size_t feature) const { return known_[feature]; }
  void clear();

 private:
  friend class PairWalks;
  std::vector<EntityValues> steps_;     ///< one a step
  std::vector<EntityValues> computed_;  ///< of features without a path
  std::vector<const EntityValues*> given_;
  std::vector<bool> known_;
  std::array<EntityValues, 2> spare_;  ///< empty between functions
  const std::vector<LinkRegression::Lanes>* regressed_ = nullptr;
  std::size_t lane_ = 0;
};

}  // namespace liantu
