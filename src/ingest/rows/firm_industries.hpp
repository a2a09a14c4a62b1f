#pragma once

#include "ingest/rows/input_output_reader.hpp"
#include "ingest/rows/product_support.hpp"
#include "ingest/who/directory.hpp"
#include "ingest/who/firm_statements.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/ingest/cells/ingest_result.hpp"

namespace liantu {

/// Relates firms to the sectors of their industries: of the one they state, else, where no table
/// says what they make, of the one inferred from name and scope. Where tables state what share of a
/// firm's revenue each product has, the sectors of these products come beside the stated one, each
/// with its share, as far as it reaches a fifth. Products get the industry that surely makes them.
///
/// @param result  Gets the numbers of firms, and what is wrong with stated industries.
/// @throws Error{Cancelled} if a stop is asked for.
void place_in_sectors(const InputOutputReader& sectors, const FirmStatements& statements,
                      Directory& directory, const ProductSupport& support,
                      GraphBuilder& builder, const IngestOptions& options, IngestResult& result);

}  // namespace liantu
