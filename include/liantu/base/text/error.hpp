#pragma once

#include <cstdint>
#include <stdexcept>

#include "liantu/base/core/export.hpp"
#include "liantu/base/text/problem.hpp"
#include "liantu/base/text/text.hpp"

namespace LIANTU_API liantu {

/// Why a call could not do what it was asked.
enum class ErrorCode : std::uint8_t {
  InvalidArgument,  ///< an option lies outside its range
  InvalidData,      ///< input was read and is not acceptable
  NotFound,         ///< something named does not exist
  Io,               ///< the system refused to read or write
  LimitReached,     ///< a stated limit was reached; the message names it and how to raise it
  Cancelled,        ///< the caller's stop token asked to end
};

/// The one exception that leaves the library. what() is the English message.
class Error : public std::runtime_error {
 public:
  /// What is wrong and what to do, where no place in an input belongs to it.
  Error(ErrorCode code, Text message);
  /// What is wrong at a place of an input, and what to do about it; a remedy may be empty.
  Error(ErrorCode code, InputPlace place, Text wrong, Text remedy);

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  /// Where in an input; empty where it concerns none.
  [[nodiscard]] const InputPlace& place() const noexcept { return place_; }
  /// What is wrong.
  [[nodiscard]] const Text& wrong() const noexcept { return wrong_; }
  /// What to do about it; empty where wrong() says it, too.
  [[nodiscard]] const Text& remedy() const noexcept { return remedy_; }
  /// All three: `firms.csv:17:4: share 1.2 is outside [0, 1]; write 1.2 % as 0.012`.
  [[nodiscard]] const Text& message() const noexcept { return message_; }

 private:
  ErrorCode code_;
  InputPlace place_;
  Text wrong_;
  Text remedy_;
  Text message_;
};

}  // namespace liantu
