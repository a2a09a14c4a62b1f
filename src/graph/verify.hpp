#pragma once

#include <string>

#include "graph/snapshot_format.hpp"

namespace liantu::detail {

/// Says that a section of a snapshot cannot be used.
/// @throws Error{InvalidData} always.
[[noreturn]] void reject_section(const std::string& file, const std::string& section,
                                 const std::string& en, const std::string& zh);

/// Checks that columns whose lengths fit are what a GraphBuilder could have made, so that no call
/// on the graph can go astray.
///
/// @throws Error{InvalidData} naming file and section.
/// @complexity  Linear in the graph.
void verify_content(const Storage& storage, const std::string& file);

}  // namespace liantu::detail
