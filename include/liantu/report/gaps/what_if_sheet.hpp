#pragma once

#include "liantu/base/core/export.hpp"
#include "liantu/base/files/sheet.hpp"
#include "liantu/chain/gaps/what_if.hpp"
#include "liantu/graph/graph.hpp"
#include "liantu/report/gaps/gap_changes.hpp"

namespace LIANTU_API liantu {

/// The change_sheet() of a what_if(). Its summary also says which firms come and leave and what is
/// assumed of newcomers: their products and outputs, and which of these nobody here is known to
/// need or no table says the inputs of. The notes say how the anchors were chosen, newcomers among
/// them, and with what factors outputs were estimated.
[[nodiscard]] Sheet what_if_sheet(const EnterpriseGraph& graph, const WhatIf& found,
                                  const DistrictChange& change, const SheetOptions& options = {},
                                  ChangedOnly changed_only = ChangedOnly::Yes);

/// The firms that come and leave as a sheet, one row a firm of the graph and one a newcomer's
/// product: firm, move (`comes`, `leaves`), segment, output, basis, source, anchor (`yes`, `no`).
[[nodiscard]] Sheet mover_sheet(const EnterpriseGraph& graph, const DistrictChange& change);

}  // namespace liantu
