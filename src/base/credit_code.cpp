#include "liantu/base/credit_code.hpp"

#include <array>
#include <cstddef>

#include "base/code_point.hpp"
#include "liantu/base/utf8.hpp"

namespace liantu {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::size_t kLength = 18;

/// Value of each byte in the alphabet, -1 outside.
constexpr std::array<std::int8_t, 256> kValues = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}();

constexpr std::array<std::int32_t, kLength - 1> kWeights = [] {
  std::array<std::int32_t, kLength - 1> weights{};
  std::int32_t power = 1;
  for (std::int32_t& weight : weights) {
    weight = power;
    power = power * 3 % 31;
  }
  return weights;
}();

/// Hyphens, minus signs and dashes that stand in typed codes.
bool is_hyphen(char32_t c) {
  return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x00AD;
}

}  // namespace

std::string normalize_credit_code(std::string_view text) {
  const std::string narrow = normalize_width(text);
  std::string out;
  out.reserve(narrow.size());
  for (std::size_t at = 0; at < narrow.size();) {
    const CodePoint next = decode_at(narrow, at);
    const std::string_view bytes = std::string_view(narrow).substr(at, next.bytes);
    at += next.bytes;
    if (next.valid && (is_hyphen(next.value) || trim(bytes).empty())) continue;
    if (next.valid && next.value >= U'a' && next.value <= U'z') {
      out.push_back(static_cast<char>(next.value - U'a' + U'A'));
    } else {
      out += bytes;
    }
  }
  return out;
}

CreditCodeFault check_credit_code(std::string_view code) {
  if (count_code_points(code) != kLength) return CreditCodeFault::Length;
  for (const char c : code) {
    if (kValues[static_cast<unsigned char>(c)] < 0) return CreditCodeFault::Character;
  }
  const std::optional<char> digit = credit_code_check_digit(code.substr(0, kLength - 1));
  return digit == code.back() ? CreditCodeFault::None : CreditCodeFault::CheckDigit;
}

std::optional<char> credit_code_check_digit(std::string_view first17) {
  if (first17.size() != kWeights.size()) return std::nullopt;
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    const std::int32_t value = kValues[static_cast<unsigned char>(first17[i])];
    if (value < 0) return std::nullopt;
    sum += value * kWeights[i];
  }
  return kAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

RegionCode credit_code_region(std::string_view code) {
  if (code.size() < 8) return {};
  return parse_region_code(code.substr(2, 6)).value_or(RegionCode{});
}

}  // namespace liantu
