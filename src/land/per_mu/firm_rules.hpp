#pragma once

#include <optional>
#include <vector>

#include "liantu/base/values/date.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/land/per_mu/land_use.hpp"
#include "liantu/land/per_mu/per_mu_scheme.hpp"

namespace liantu {

/// Whether a firm fits a rule.
/// @param land     What land_use() says of it.
/// @param as_of    Day on which its age counts.
/// @param lacking  Quantities that are not known and could have made it fit are added; may be null.
[[nodiscard]] bool fits(const EnterpriseGraph& graph, FirmId firm, const FirmRule& rule,
                        const LandUse& land, const Date& as_of, std::vector<Quantity>* lacking);

/// quantity_of(), of land what land_use() says.
[[nodiscard]] std::optional<Figure> figure_of(const EnterpriseGraph& graph, FirmId firm,
                                              Quantity quantity, const LandUse& land);

}  // namespace liantu
