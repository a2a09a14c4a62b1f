#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/string_map.hpp"
#include "liantu/base/values/date.hpp"
#include "liantu/chain/firms/district.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/prospects/firms/availability.hpp"

namespace liantu {

/// The firms that a firm's name, as written, names as those whose branch it is, in the normal form of
/// names; see firms_of_branch().
[[nodiscard]] std::vector<std::string> heads_of(std::string_view name);

/// Those of some firms whose name is that of a branch, in their order.
/// @throws Error{Cancelled}
[[nodiscard]] std::vector<FirmId> branches_among(const EnterpriseGraph& graph,
                                                 const std::vector<FirmId>& firms,
                                                 const std::stop_token& stop = {});

/// The firms that own others, and whose name is that of a branch. Ascending.
/// @throws Error{Cancelled}
[[nodiscard]] std::vector<FirmId> owning_branches(const EnterpriseGraph& graph,
                                                  const std::stop_token& stop = {});

/// Which outside firms already stand in a district: through a subsidiary there, a branch that
/// carries their name, or a site they stand on; what does not hold at a date, see holds(), does not
/// count. A subsidiary is a firm that they control, through any number of firms and their branches:
/// those controlled so far own half of the next or more together, or nobody says how much.
class FirmPresence {
 public:
  /// @throws Error{Cancelled}
  FirmPresence(const EnterpriseGraph& graph, const District& district, Date date,
               const std::stop_token& stop = {});
  /// @param local     Of the firms that stand in the district's region the branches, see
  ///                  branches_among(); others may be among them.
  /// @param branches  owning_branches(graph)
  FirmPresence(const EnterpriseGraph& graph, const District& district, Date date,
               const std::vector<FirmId>& local, const std::vector<FirmId>& branches,
               const std::stop_token& stop = {});

  /// Its subsidiaries and branches in the district, ascending.
  [[nodiscard]] std::vector<FirmId> in_district(FirmId firm) const;
  /// The first relation that puts it on a site in the district.
  [[nodiscard]] std::optional<EdgeId> site_in_district(FirmId firm) const;
  /// See availability() of a graph.
  /// @param hinted  Whether it may have firms here: where not, they are not looked for.
  [[nodiscard]] Availability availability(FirmId firm, Standing standing, bool hinted) const;

 private:
  struct Stake {
    FirmId owned;
    double share = 0;
  };
  [[nodiscard]] std::vector<Stake> stakes(FirmId firm) const;
  void add_branch(FirmId firm);

  const EnterpriseGraph& graph_;
  Relation stands_on_;
  const District& district_;
  Date date_;
  // Normalised name of the head firm → its branches that are local or own firms.
  StringMap<std::vector<FirmId>> branches_;
};

}  // namespace liantu
