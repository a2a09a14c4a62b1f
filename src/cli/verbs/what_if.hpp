#pragma once

#include "cli/command.hpp"
#include "liantu/chain/gaps/what_if.hpp"

namespace liantu::cli {

/// What `--what-if` says: `NAME` or `+NAME` comes, `-NAME` leaves, and a firm that is in no table
/// comes as `NAME:SEGMENT=AMOUNT;SEGMENT=AMOUNT;anchor`. Full-width signs are as good.
[[nodiscard]] DistrictChange district_change(const Call& call, const EnterpriseGraph& graph);

}  // namespace liantu::cli
