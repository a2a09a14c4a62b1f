#pragma once

#include <optional>

#include "ingest/sectors/sector_matrix.hpp"
#include "liantu/base/text/problem.hpp"

namespace liantu {

/// Why an input-output table cannot stand beside one read before it: they cut one economy into
/// different sectors, so that what a product takes would be counted by either. That is so where
/// some of their sectors are the same and others are not, or where both are national tables of
/// different classifications. Nothing where they may stand together: with the same sectors, of
/// which the latest year counts, or with no sector in common.
[[nodiscard]] std::optional<Problem> refuse_overlap(const SectorMatrix& table,
                                                    const SectorMatrix& before);

}  // namespace liantu
