#include "base/text/excerpt.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace liantu {
namespace {

constexpr std::string_view kCut = "…";

bool inside_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

}  // namespace

std::string excerpt(std::string_view text, std::size_t most_bytes) {
  if (text.size() <= most_bytes) return std::string(text);
  std::size_t end = most_bytes;
  while (end > 0 && inside_character(text, end)) --end;
  return std::string(text.substr(0, end)).append(kCut);
}

std::string excerpts(std::span<const std::string> texts, std::string_view separator) {
  constexpr std::size_t kMost = 20;
  std::string out;
  for (std::size_t i = 0; i < std::min(kMost, texts.size()); ++i) {
    if (i > 0) out += separator;
    out += excerpt(texts[i]);
  }
  if (texts.size() > kMost) out += fmt::format("{}… (+{})", separator, texts.size() - kMost);
  return out;
}

std::string shortened(std::string_view message) {
  constexpr std::size_t kBegin = 2500;
  constexpr std::size_t kEnd = 1400;
  constexpr std::size_t kMost = 4000;
  if (message.size() <= kMost) return std::string(message);
  std::size_t rest = message.size() - kEnd;
  while (inside_character(message, rest)) ++rest;
  return excerpt(message, kBegin).append(" ").append(message.substr(rest));
}

}  // namespace liantu
