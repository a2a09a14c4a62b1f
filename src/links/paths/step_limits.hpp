#pragma once

#include <string>
#include <string_view>

#include "liantu/base/text/text.hpp"
#include "liantu/links/paths/relation_path.hpp"

namespace liantu {

/// Limits as they stand between brackets.
[[nodiscard]] std::string limits_text(const StepLimits& limits);

/// Reads what stands between brackets, blanks outside quotes taken out.
///
/// @param where  How messages begin: which step of which path.
/// @throws Error{InvalidArgument} unless every limit is known, fits the relation, is in its range
///         and stands once.
[[nodiscard]] StepLimits parse_limits(std::string_view text, RelationKind relation,
                                      const Text& where);

/// What a user wrote, fit for a message: valid UTF-8 and not endless.
[[nodiscard]] std::string quotable(std::string_view words);

/// Length of the text in quotes that `text` begins with, quotes included; all of it when they are
/// not closed.
[[nodiscard]] std::size_t quoted_length(std::string_view text);

}  // namespace liantu
