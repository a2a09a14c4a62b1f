#pragma once

#include <optional>
#include <span>
#include <vector>

#include "liantu/base/values/date.hpp"
#include "liantu/chain/firms/district.hpp"
#include "liantu/graph/graph.hpp"

namespace liantu {

/// A relation of a firm to a firm of the district.
struct Tie {
  RelationKind relation = RelationKind::Supplies;
  EdgeId edge{0};
  EntityId from{0};
  EntityId to{0};
  FirmId local{0};
  double worth = 0;  ///< in ScorePartKind::Proximity
};

/// What one relation of a kind is worth in ScorePartKind::Proximity.
struct TieWorth {
  RelationKind relation = RelationKind::Supplies;
  bool anchor = false;  ///< with an anchor
  double worth = 0;
};

/// Of every kind, with anchors and others, least first.
[[nodiscard]] std::span<const TieWorth> tie_worths();

/// What joins outside firms with those of a district: supply, ownership, cooperation, membership of
/// one organization. The district's side is walked once, so that for a firm without a tie nothing
/// is looked up.
class Ties {
 public:
  /// @param local    Firms of the district, ascending.
  /// @param anchors  Ascending.
  /// @param date     Of the data: what ended before is no tie.
  Ties(const EnterpriseGraph& graph, const std::vector<FirmId>& local,
       const std::vector<FirmId>& anchors, Date date);

  /// What a tie's worth counts: no tie is all there is.
  [[nodiscard]] static double counted(double worth) { return worth < 0.95 ? worth : 0.95; }

  /// Relations that join a firm with the district's firms, best first; of relations that differ in
  /// year or segment alone the surest.
  [[nodiscard]] std::vector<Tie> of(FirmId firm) const;

 private:
  [[nodiscard]] bool local(FirmId firm) const { return local_[raw(firm)]; }
  [[nodiscard]] bool anchor(FirmId firm) const;
  // Of a firm; far beyond all firms for any other entity.
  [[nodiscard]] std::size_t place(EntityId entity) const { return raw(entity) - first_firm_; }
  [[nodiscard]] std::optional<FirmId> fellow(const Relation& member, EntityId organization) const;
  void keep_one_year(std::vector<Tie>& found) const;

  const EnterpriseGraph& graph_;
  const std::vector<FirmId>& anchors_;
  Date date_;
  std::uint32_t first_firm_;                    // as an entity
  std::vector<bool> local_;                     // by firm
  std::vector<bool> joined_;                    // by firm: whether it may have a tie
  std::vector<std::optional<FirmId>> fellows_;  // by organization
};

}  // namespace liantu
