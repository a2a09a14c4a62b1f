#include "liantu/base/text/error.hpp"

#include <string_view>
#include <utility>

namespace liantu {
namespace {

std::string composed(std::string place, std::string_view colon, const std::string& wrong,
                     std::string_view semicolon, const std::string& remedy) {
  std::string message = std::move(place);
  if (!message.empty()) message += colon;
  message += wrong;
  if (!remedy.empty()) (message += semicolon) += remedy;
  return message;
}

Text composed(const InputPlace& place, const Text& wrong, const Text& remedy) {
  return {composed(place.to_string(), ": ", wrong.en, "; ", remedy.en),
          composed(place.to_string(), "：", wrong.zh, "；", remedy.zh)};
}

}  // namespace

Error::Error(ErrorCode code, Text message) : Error(code, {}, std::move(message), {}) {}

Error::Error(ErrorCode code, InputPlace place, Text wrong, Text remedy)
    : std::runtime_error(composed(place, wrong, remedy).en),
      code_(code),
      place_(std::move(place)),
      wrong_(std::move(wrong)),
      remedy_(std::move(remedy)),
      message_(composed(place_, wrong_, remedy_)) {}

}  // namespace liantu
