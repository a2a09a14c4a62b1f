#pragma once

#include "liantu/graph/graph.hpp"
#include "liantu/prospects/introductions.hpp"
#include "report/formats/json_output.hpp"

namespace liantu {

/// A way as a JSON object, see introductions_json().
void write_introduction(JsonOutput& out, const EnterpriseGraph& graph, const Introduction& way);

}  // namespace liantu
