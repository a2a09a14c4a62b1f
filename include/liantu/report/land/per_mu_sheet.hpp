#pragma once

#include <span>
#include <string>
#include <vector>

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/base/text/text.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/land/per_mu/per_mu.hpp"
#include "liantu/report/words/run_info.hpp"
#include "liantu/report/words/sheet_options.hpp"

namespace LIANTU_API liantu {

/// The rating as a sheet, a row a firm in the order of the report: rank, firm, class, grade, score,
/// land, the arithmetic of its items, what would lift it one grade, what is lacking; whole, each
/// item's ratio and score in columns of their own. The notes say how many firms were rated, how
/// many have which grade, and what the scheme rests on.
[[nodiscard]] Sheet per_mu_sheet(const EnterpriseGraph& graph, const PerMuReport& report,
                                 const SheetOptions& options = {});

/// Every item of every firm with all that its score is made of, a row an item.
[[nodiscard]] Sheet per_mu_items_sheet(const EnterpriseGraph& graph, const PerMuReport& report,
                                       Language language);

/// How the ranked firms' scores are spread: a row a class and band of scores, with a bar.
[[nodiscard]] Sheet per_mu_spread_sheet(const PerMuReport& report, Language language);

/// The rating as JSON, schema `liantu.permu/1`, see docs/json.md.
[[nodiscard]] std::string per_mu_json(const EnterpriseGraph& graph, const PerMuReport& report,
                                      const RunInfo& run);

/// The spread of scores as a drawing: a histogram a class, bars coloured by grade.
[[nodiscard]] std::string per_mu_svg(const PerMuReport& report, const RunInfo& run,
                                     Language language);

/// What floors say of firms: a row a firm, two columns a floor.
///
/// @param firms, checks  Parallel, as check_floors() returned them.
[[nodiscard]] Sheet floor_sheet(const EnterpriseGraph& graph, std::span<const FirmId> firms,
                                std::span<const PerMuFloor> floors,
                                const std::vector<std::vector<FloorCheck>>& checks,
                                Language language);

/// The same as JSON, schema `liantu.permu_floors/1`.
[[nodiscard]] std::string floor_json(const EnterpriseGraph& graph, std::span<const FirmId> firms,
                                     std::span<const PerMuFloor> floors,
                                     const std::vector<std::vector<FloorCheck>>& checks,
                                     const RunInfo& run);

}  // namespace liantu
