#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "chain/firms/production.hpp"
#include "liantu/base/values/goods_kinds.hpp"
#include "liantu/prospects/policy.hpp"
#include "prospects/fillings/ground.hpp"
#include "prospects/fillings/scored_gaps.hpp"

namespace liantu {

/// What a firm makes with its main business, and of which kinds.
class MainBusiness {
 public:
  /// What a firm's products say of the kind of a sector's goods that it makes.
  struct MadeKind {
    bool known = false;
    std::optional<std::size_t> needed;  ///< index into Gap::kinds_needed; nothing: of another kind
    const GoodsKind* told = nullptr;    ///< where known
  };
  struct Scratch {
    std::vector<Statement> statements;
    std::vector<SegmentId> sectors;                            // that the firm is in
    std::vector<std::pair<std::size_t, MadeKind>> made_kinds;  // by gap, as far as asked for
  };

  /// @param policy  Kept by reference, as the others are.
  MainBusiness(const ProspectGround& ground, const GapReport& report, const Policy& policy,
               const ScoredGaps& gaps);

  /// Reads what a firm makes into scratch.statements; of that firm the scratch tells then.
  void read(FirmId firm, Scratch& scratch) const;
  [[nodiscard]] MadeKind kind_made(std::size_t gap, Scratch& scratch) const;
  /// The largest share of its revenue that a firm states for a product of a sector that it is in.
  [[nodiscard]] std::optional<double> share_in(SegmentId sector, const Scratch& scratch) const;
  /// The share of its revenue that what it makes earns.
  [[nodiscard]] std::optional<double> share_of(const Statement& made, const Scratch& scratch) const;
  [[nodiscard]] double confidence(const Statement& made) const {
    return static_cast<double>(makes_.provenance(made.makes).confidence);
  }
  /// What the products of a firm would earn together, the largest of each industry group alone, in
  /// shares of its revenue; at least 1. More than 1 where shares of several years or classifications
  /// stand side by side, so that one alone does not tell what it lives on.
  [[nodiscard]] double told_together(FirmId firm) const;
  [[nodiscard]] const Productions& productions() const { return productions_; }

 private:
  [[nodiscard]] MadeKind find_kind_made(std::size_t gap, const Scratch& scratch) const;

  const ProspectGround& ground_;
  const EnterpriseGraph& graph_;
  const GapReport& report_;
  const Policy& policy_;
  const ScoredGaps& gaps_;
  Relation makes_;
  Productions productions_;
};

}  // namespace liantu
