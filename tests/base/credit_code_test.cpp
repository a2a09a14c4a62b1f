#include "liantu/base/credit_code.hpp"

#include <random>

#include <gtest/gtest.h>

namespace liantu {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// Weights 3^i mod 31 start 1 3 9 27 19 26 16 17.
// 9*1 + 1*3 + 5*9 + 0 + 0 + 1*26 + 0 + 4*17 = 151, 151 mod 31 = 27, 31 - 27 = 4.
TEST(CreditCode, CheckDigitByHand) {
  EXPECT_EQ(credit_code_check_digit("91500104000000000"), '4');
  EXPECT_EQ(check_credit_code("915001040000000004"), CreditCodeFault::None);
}

// A sum that 31 divides has the check digit 0: all noughts.
TEST(CreditCode, CheckDigitOfASumThat31DividesIsNought) {
  EXPECT_EQ(credit_code_check_digit("00000000000000000"), '0');
}

TEST(CreditCode, CheckDigitNeedsSeventeenKnownCharacters) {
  EXPECT_EQ(credit_code_check_digit("9150010400000000"), std::nullopt);
  EXPECT_EQ(credit_code_check_digit("915001040000000004"), std::nullopt);
  for (const char c : {'I', 'O', 'S', 'V', 'Z', 'a', '-'}) {
    EXPECT_EQ(credit_code_check_digit(std::string("9150010400000000") + c), std::nullopt) << c;
  }
}

TEST(CreditCode, FaultsComeInTheirOrder) {
  EXPECT_EQ(check_credit_code(""), CreditCodeFault::Length);
  EXPECT_EQ(check_credit_code("91500104000000000"), CreditCodeFault::Length);
  EXPECT_EQ(check_credit_code("9150010400000000O"), CreditCodeFault::Length);
  EXPECT_EQ(check_credit_code("91500104000000000O"), CreditCodeFault::Character);
  EXPECT_EQ(check_credit_code("91500104000000000a"), CreditCodeFault::Character);
  EXPECT_EQ(check_credit_code("915001040000000005"), CreditCodeFault::CheckDigit);
}

TEST(CreditCode, LengthCountsCharactersAndNotBytes) {
  EXPECT_EQ(check_credit_code("91500104链000000004"), CreditCodeFault::Character);
  EXPECT_EQ(check_credit_code("链图链图链图"), CreditCodeFault::Length);
}

TEST(CreditCode, NormalFormIsHalfWidthCapitalsWithoutGaps) {
  EXPECT_EQ(normalize_credit_code("　９１５００１０４－ma5u 12ab‑Xy\u200B "), "91500104MA5U12ABXY");
  EXPECT_EQ(normalize_credit_code(""), "");
  EXPECT_EQ(normalize_credit_code("无"), "无");
}

TEST(CreditCode, RegionIsWhereItWasIssued) {
  EXPECT_EQ(credit_code_region("915001040000000004"), RegionCode(500104));
  EXPECT_EQ(credit_code_region("91500222"), RegionCode(500222)) << "abolished, still in codes";
  EXPECT_EQ(credit_code_region("9150010"), RegionCode{});
  EXPECT_EQ(credit_code_region("91MA01040000000004"), RegionCode{});
  EXPECT_EQ(credit_code_region("910000000000000000"), RegionCode{});
}

/// Sum of the definition, weight by weight with powers that never overflow.
bool fits(const std::string& code) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    std::size_t weight = 1;
    for (std::size_t k = 0; k < i; ++k) weight = weight * 3 % 31;
    sum += kAlphabet.find(code[i]) * weight;
  }
  return (sum + kAlphabet.find(code[17])) % 31 == 0;
}

TEST(CreditCode, RandomCodesFollowTheDefinitionAndEverySingleErrorShows) {
  std::mt19937 random(32100);
  const auto any = [&] { return kAlphabet[random() % kAlphabet.size()]; };
  for (int round = 0; round < 300; ++round) {
    std::string code(18, '0');
    for (char& c : code) c = any();
    EXPECT_EQ(check_credit_code(code) == CreditCodeFault::None, fits(code)) << code;
    code.back() = credit_code_check_digit(code.substr(0, 17)).value();
    EXPECT_EQ(check_credit_code(code), CreditCodeFault::None) << code;
    const std::size_t at = random() % code.size();
    std::string wrong = code;
    do wrong[at] = any();
    while (wrong[at] == code[at]);
    EXPECT_EQ(check_credit_code(wrong), CreditCodeFault::CheckDigit) << wrong;
  }
}

}  // namespace
}  // namespace liantu
