#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/values/confidence.hpp"
#include "chain/economy/economy.hpp"
#include "chain/economy/newcomers.hpp"
#include "chain/firms/groups.hpp"
#include "chain/firms/production.hpp"
#include "liantu/chain/gaps/gaps.hpp"

namespace liantu {

/// The firms of a district, newcomers that a question assumes among them: what they are said to make,
/// which are anchors, how large they are. Firms are known by their places here, graph's firms first,
/// both ascending. Keeps its memory from one district to the next.
class LocalFirms {
 public:
  /// How firmly a `makes` is said, beside its Statement.
  struct Backing {
    double confidence = 1;
    Basis basis = Basis::Stated;
  };

  explicit LocalFirms(const Economy& economy);

  /// Finds the firms of a district, forgetting the one before.
  ///
  /// @param options  Kept by reference.
  void start(const GapOptions& options);
  /// Chooses the anchors, then lets the newcomers in and measures everybody.
  void settle();
  /// Reads what the firms are said to make.
  ///
  /// @param each  Called with each firm and its first statement, when its own are the last ones.
  void read_statements(
      const std::function<void(std::uint32_t firm, std::uint32_t statement)>& each);

  [[nodiscard]] const District& district() const { return district_; }
  /// Places near enough to buy from, of Economy::places().
  [[nodiscard]] std::span<const std::size_t> near_places() const { return near_places_; }
  /// Firms that make something, struck off, and in no known place.
  [[nodiscard]] std::uint32_t makers() const { return makers_; }
  [[nodiscard]] std::uint32_t gone() const { return gone_; }
  [[nodiscard]] std::uint32_t unlocated() const { return unlocated_; }

  [[nodiscard]] std::span<const FirmId> firms() const { return firms_; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(firms_.size()); }
  [[nodiscard]] FirmId operator[](std::uint32_t firm) const { return firms_[firm]; }
  /// Its place; size() for one that is not local.
  [[nodiscard]] std::uint32_t place(FirmId firm) const;
  [[nodiscard]] bool contains(FirmId firm) const { return place(firm) < firms_.size(); }

  [[nodiscard]] const Newcomers& newcomers() const { return *newcomers_; }
  [[nodiscard]] bool newcomer(std::uint32_t firm) const { return newcomers_->has(firms_[firm]); }
  [[nodiscard]] const Anchors& anchors() const { return anchors_; }
  [[nodiscard]] Anchors take_anchors() { return std::move(anchors_); }
  [[nodiscard]] bool anchor(std::uint32_t firm) const { return anchor_[firm] != 0; }
  /// Whether somebody asked for the anchors, around whom all that they need is told then.
  [[nodiscard]] bool anchors_given() const { return anchors_.basis == AnchorBasis::Given; }

  /// Whether gaps are ordered by the size of firms: where a table of sectors tells what they need.
  [[nodiscard]] bool by_size() const { return by_size_; }
  /// Registered capital in CNY, a small one where nobody states it; 1 where nothing rests on it.
  [[nodiscard]] double capital(std::uint32_t firm) const { return sizes_[firm]; }
  /// What part of a firm's size what it makes has.
  [[nodiscard]] double size_of(std::uint32_t firm, SegmentId segment, EdgeId makes) const;
  /// Whether what a firm is said to make lets it buy inputs; whoever states an output knows that it
  /// makes something.
  [[nodiscard]] bool buys_inputs(std::uint32_t firm, std::uint32_t statement) const;

  [[nodiscard]] std::span<const Statement> statements() const { return statements_; }
  [[nodiscard]] const Statement& statement(std::uint32_t one) const { return statements_[one]; }
  [[nodiscard]] const Backing& backing(std::uint32_t statement) const {
    return backings_[statement];
  }
  /// The factors of GapOptions that estimated something.
  [[nodiscard]] std::vector<FactorUse> take_factors() { return std::move(factors_); }

 private:
  void let_newcomers_in();
  void measure();

  const Economy& economy_;
  const EnterpriseGraph& graph_;
  const Sectors& sectors_;
  Relation makes_;

  const GapOptions* options_ = nullptr;
  District district_;
  std::optional<Newcomers> newcomers_;
  Anchors anchors_;
  std::uint32_t makers_ = 0;
  std::uint32_t gone_ = 0;
  std::uint32_t unlocated_ = 0;
  std::vector<FirmId> firms_;
  std::vector<std::size_t> near_places_;
  std::vector<char> anchor_;   // by firm
  std::vector<double> sizes_;  // by firm
  bool by_size_ = false;
  std::optional<Groups> groups_;  // only where sizes are looked at
  std::vector<Statement> statements_;
  std::vector<Backing> backings_;  // by statement
  std::vector<FactorUse> factors_;
};

}  // namespace liantu
