#include "liantu/base/values/credit_code.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text/code_point.hpp"
#include "liantu/base/text/utf8.hpp"

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

/// Authorities and the kinds that each issues codes for.
struct Authority {
  char letter;
  std::string_view kinds;
};
constexpr Authority kAuthorities[] = {{'1', "1239"}, {'2', "19"},  {'3', "123459"}, {'4', "19"},
                                      {'5', "1239"}, {'6', "129"}, {'7', "129"},    {'8', "19"},
                                      {'9', "123"},  {'A', "19"},  {'N', "1239"},   {'Y', "1"}};

bool is_issued(std::string_view code) {
  for (const Authority& authority : kAuthorities) {
    if (authority.letter == code[0]) return authority.kinds.find(code[1]) != std::string_view::npos;
  }
  return false;
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

/// Whether digits start with a province and go on, after six, with a date of birth. February may
/// have 30 days: numbers are invented and mistyped, and a person's is not printed all the same.
bool names_a_birth(std::string_view code, std::size_t year_digits) {
  const int province = number(code.substr(0, 2));
  if (!region_exists(RegionCode(static_cast<std::uint32_t>(province) * 10000))) return false;
  const int year = number(code.substr(6, year_digits));
  const int month = number(code.substr(6 + year_digits, 2));
  const int day = number(code.substr(8 + year_digits, 2));
  if (year_digits == 4 && (year < 1880 || year > 2099)) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/// ISO 7064 MOD 11-2 over the first 17 digits.
bool identity_check_fits(std::string_view code) {
  int sum = 0;
  for (const char c : code.substr(0, 17)) sum = (sum + (c - '0')) * 2 % 11;
  return code[17] == "10X98765432"[sum % 11];
}

/// ISO 7064 MOD 11,10 over 15 digits.
bool registration_check_fits(std::string_view code) {
  int product = 10;
  for (const char c : code.substr(0, 14)) {
    int sum = (product + (c - '0')) % 10;
    if (sum == 0) sum = 10;
    product = sum * 2 % 11;
  }
  return (product + (code[14] - '0')) % 10 == 1;
}

/// GB 11714: eight characters, weighted, and their check.
bool organization_check_fits(std::string_view code) {
  constexpr std::array<int, 8> kOrganizationWeights{3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < kOrganizationWeights.size(); ++i) {
    const char c = code[i];
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'A' || c > 'Z')) return false;
    sum += (digit ? c - '0' : c - 'A' + 10) * kOrganizationWeights[i];
  }
  return code[8] == "0X987654321"[sum % 11];
}

/// Whether it is made as organisation codes are: of digits, or since 2015 of MA and six more.
bool looks_like_organization_code(std::string_view code) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto letter_or_digit = [&](char c) { return digit(c) || (c >= 'A' && c <= 'Z'); };
  const std::string_view body = code.substr(0, 8);
  if (!digit(code[8]) && code[8] != 'X') return false;
  return all_digits(body) ||
         (body.starts_with("MA") && std::ranges::all_of(body.substr(2), letter_or_digit));
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

FirmCode read_firm_code(std::string_view code) {
  using enum FirmCodeKind;
  constexpr std::size_t kRegistration = 15;
  constexpr std::size_t kOrganization = 9;
  if (code.size() == kRegistration && all_digits(code)) {
    if (registration_check_fits(code)) return {RegistrationNumber, true};
    return {names_a_birth(code, 2) ? IdentityNumber : RegistrationNumber, false};
  }
  if (code.size() == kOrganization) {
    if (organization_check_fits(code)) return {OrganizationCode, true};
    return looks_like_organization_code(code) ? FirmCode{OrganizationCode, false} : FirmCode{};
  }
  if (code.size() != kLength) return {};
  const CreditCodeFault fault = check_credit_code(code);
  const bool well_formed = fault == CreditCodeFault::None || fault == CreditCodeFault::CheckDigit;
  const bool issued = well_formed && is_issued(code);
  const bool person = all_digits(code.substr(0, kLength - 1)) &&
                      (code.back() == 'X' || all_digits(code.substr(kLength - 1))) &&
                      names_a_birth(code, 4);
  if (person) {
    const bool firm = issued && fault == CreditCodeFault::None;
    if (!firm) return {IdentityNumber, identity_check_fits(code)};
    // Both would do: only one of them has a division where its region stands.
    if (identity_check_fits(code) && !region_exists(credit_code_region(code))) {
      return {IdentityNumber, true};
    }
  }
  if (!issued) return {};
  return {CreditCode, fault == CreditCodeFault::None};
}

RegionCode credit_code_region(std::string_view code) {
  constexpr std::size_t kRegistration = 15;
  constexpr std::size_t kOrganization = 9;
  if (code.size() == kOrganization) return {};
  if (code.size() == kRegistration) {
    return parse_region_code(code.substr(0, 6)).value_or(RegionCode{});
  }
  if (code.size() < 8) return {};
  return parse_region_code(code.substr(2, 6)).value_or(RegionCode{});
}

}  // namespace liantu
