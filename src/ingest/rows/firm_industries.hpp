#pragma once

#include "ingest/rows/input_output_reader.hpp"
#include "ingest/rows/product_support.hpp"
#include "ingest/who/firm_registry.hpp"
#include "ingest/who/firm_statements.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/ingest/cells/ingest_result.hpp"

namespace liantu {

/// Relates firms to the sectors of their industries: of the one they state, else, where no table
/// says what they make, of the one inferred from name and scope.
///
/// @param result  Gets the numbers of firms, and what is wrong with stated industries.
/// @throws Error{Cancelled} if a stop is asked for.
void place_in_sectors(const InputOutputReader& sectors, const FirmStatements& statements,
                      const FirmRegistry& firms, const ProductSupport& support,
                      GraphBuilder& builder, const IngestOptions& options, IngestResult& result);

}  // namespace liantu
