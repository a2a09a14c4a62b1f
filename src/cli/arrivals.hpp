#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "liantu/ingest/edges/arrival_table.hpp"
#include "liantu/prospects/arrivals/arrival_model.hpp"
#include "liantu/prospects/arrivals/place_propensity.hpp"

namespace liantu::cli {

/// What verbs that look at arrivals read.
struct ArrivalInput {
  ArrivalTable table;
  std::vector<PlacePoint> points;
  std::vector<ArrivalPlace> names;  ///< of the table's places and of the points
  ArrivalModel model = default_arrival_model();

  /// Whether 30 arrivals or more are of firms that the graph knows; tells it where not.
  [[nodiscard]] bool enough(const Call& call) const;
};

/// Reads `--arrivals`, and `--places` and `--arrival-model` where given; tells what is wrong in the
/// table.
[[nodiscard]] ArrivalInput read_arrival_input(const Call& call, const EnterpriseGraph& graph);

/// `--arrivals` and `--arrival-model` of verbs that score firms.
void declare_arrivals(po::options_description& options, Language language);

/// Refuses `--arrival-model` without `--arrivals`.
void check_arrival_options(const Call& call);

/// What `--arrivals` says of coming to a place; nothing without it.
///
/// @param inputs  Gains the table.
/// @throws Error{InvalidData} where the table holds fewer than 30 arrivals.
[[nodiscard]] std::shared_ptr<const PlacePropensity> coming_to(
    const Call& call, const EnterpriseGraph& graph, RegionCode place,
    std::vector<std::pair<std::string, std::string>>& inputs);

/// By firm the industry that it states, else the one that name and scope tell; empty where nothing
/// does.
[[nodiscard]] std::vector<std::string> industries_of(const EnterpriseGraph& graph);

}  // namespace liantu::cli
