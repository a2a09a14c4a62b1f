#pragma once

#include <string>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// Heading of a last, empty column in every list that Liantu writes as CSV. It tells readers of
/// tables that the list is made of other tables and says nothing new. In JSON the member `schema`
/// does.
extern const Text kOutputMark;

/// Refuses a file that carries the mark.
/// @throws Error{InvalidData} if it does.
void refuse_output(const std::string& file, bool marked);

}  // namespace liantu
