#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "liantu/base/text.hpp"

namespace liantu {

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
  Error(ErrorCode code, Text message)
      : std::runtime_error(message.en), code_(code), message_(std::move(message)) {}

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  /// The message: place, what is wrong, what to do.
  [[nodiscard]] const Text& message() const noexcept { return message_; }

 private:
  ErrorCode code_;
  Text message_;
};

}  // namespace liantu
