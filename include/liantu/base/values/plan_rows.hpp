#pragma once

#include <optional>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"

namespace LIANTU_API liantu {

/// A plot on offer, as a table states it.
struct SiteRow {
  std::string name;
  InputPlace place;                      ///< of the row
  std::optional<double> land_mu;         ///< > 0
  std::optional<double> plot_ratio;      ///< most floor space by land; > 0
  std::optional<double> building_share;  ///< most ground built over by land (建筑系数); (0, 1]
  std::string use;                       ///< class of use (用地性质); empty: any
  std::vector<std::string> neighbours;   ///< names of plots beside it
  std::optional<double> energy_tce;      ///< most energy a year; ≥ 0
  std::optional<double> emission_t;      ///< most emissions a year; ≥ 0
  std::optional<int> phase;              ///< from which it can be built on, from 1

  friend bool operator==(const SiteRow&, const SiteRow&) = default;
};

/// What a firm's project would need and bring, as a table states it.
struct ProjectRow {
  std::string firm;  ///< name or credit code
  InputPlace place;  ///< of the row
  std::optional<double> land_mu;
  std::optional<double> floor_m2;
  std::optional<double> ground_m2;  ///< built over
  std::string use;                  ///< class of use it needs; empty: not known
  std::string kind;                 ///< for rules on neighbours and clusters; empty: none
  std::optional<double> energy_tce;
  std::optional<double> emission_t;
  std::optional<double> investment_cny;
  std::optional<double> cost_cny;  ///< what the district spends on it
  std::optional<double> output_cny;
  std::optional<double> tax_cny;
  std::optional<double> jobs;
  std::optional<double> probability;  ///< that it comes; [0, 1]
  std::optional<int> phase;           ///< in which it is ready, from 1

  friend bool operator==(const ProjectRow&, const ProjectRow&) = default;
};

}  // namespace liantu
