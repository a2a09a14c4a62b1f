#pragma once

#include "ingest/rows/product_support.hpp"
#include "ingest/who/firm_statements.hpp"
#include "ingest/who/segment_registry.hpp"
#include "liantu/graph/builder.hpp"
#include "liantu/ingest/cells/ingest_result.hpp"

namespace liantu {

/// Reads segments out of the business scopes of firms whose products no table states, relates the
/// firms to them and counts the makers found.
///
/// @param result  Gets the numbers of scopes and relations.
/// @throws Error{Cancelled} if a stop is asked for.
void infer_from_scopes(const FirmStatements& statements, const SegmentRegistry& segments,
                       ProductSupport& support, GraphBuilder& builder, const IngestOptions& options,
                       IngestResult& result);

}  // namespace liantu
