#include "liantu/base/values/credit_code.hpp"

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

FirmCodeKind kind_of(std::string_view code) { return read_firm_code(code).kind; }

TEST(FirmCode, IsTakenForWhatItsStructureSays) {
  using enum FirmCodeKind;
  EXPECT_EQ(read_firm_code("915001040000000004"), (FirmCode{CreditCode, true}));
  EXPECT_EQ(read_firm_code("915001040000000005"), (FirmCode{CreditCode, false}));
  EXPECT_EQ(kind_of("945001040000000004"), None) << "94 is not a kind of GB 32100";
  EXPECT_EQ(kind_of("95001040000000004"), None);
  EXPECT_EQ(kind_of("9150010400000000O4"), None);
  EXPECT_EQ(kind_of(""), None);
}

// 3*7*9*10*5*8*4*2 as weights of 1..8: 3+14+27+40+25+48+28+16 = 201, 201 mod 11 = 3, 11 - 3 = 8.
TEST(FirmCode, OrganizationCodeByHand) {
  EXPECT_EQ(read_firm_code("123456788"), (FirmCode{FirmCodeKind::OrganizationCode, true}));
  EXPECT_EQ(read_firm_code("123456789"), (FirmCode{FirmCodeKind::OrganizationCode, false}))
      << "registries issued such";
  EXPECT_EQ(read_firm_code("MA5U00000"), (FirmCode{FirmCodeKind::OrganizationCode, false}));
  EXPECT_EQ(kind_of("ABCDEFGHI"), FirmCodeKind::None);
  EXPECT_EQ(kind_of("12345678A"), FirmCodeKind::None);
  EXPECT_EQ(normalize_credit_code("12345678-8"), "123456788");
}

// All noughts: 10 → (10 + 0) mod 10 = 0 → 10 → 20 mod 11 = 9 → 18 mod 11 = 7 → 3 → 6 → 1 → 2 → 4 →
// 8 → 5 → 10 → 9 → 7 → 3 → 6 behind 14 digits, and 6 + 5 = 11 has the rest 1.
TEST(FirmCode, RegistrationNumberByHand) {
  EXPECT_EQ(read_firm_code("000000000000005"), (FirmCode{FirmCodeKind::RegistrationNumber, true}));
  EXPECT_EQ(read_firm_code("000000000000006"), (FirmCode{FirmCodeKind::RegistrationNumber, false}));
  EXPECT_EQ(credit_code_region("500104000000005"), RegionCode(500104));
}

TEST(FirmCode, PersonsNumberIsNone) {
  using enum FirmCodeKind;
  EXPECT_EQ(kind_of("362322198702301292"), IdentityNumber) << "though its digits fit GB 32100";
  EXPECT_EQ(kind_of("50010419800101123X"), IdentityNumber);
  EXPECT_EQ(kind_of("500104198001011234"), IdentityNumber);
  EXPECT_EQ(kind_of("500104800101123"), IdentityNumber) << "of 15 digits";
  EXPECT_EQ(kind_of("500104198013011234"), None) << "no month has the number 13";
  EXPECT_EQ(kind_of("915001041980010112"), CreditCode) << "91 is no province";
}

TEST(CreditCode, RegionIsWhereItWasIssued) {
  EXPECT_EQ(credit_code_region("915001040000000004"), RegionCode(500104));
  EXPECT_EQ(credit_code_region("91500222"), RegionCode(500222)) << "abolished, still in codes";
  EXPECT_EQ(credit_code_region("9150010"), RegionCode{});
  EXPECT_EQ(credit_code_region("735001045"), RegionCode{}) << "an organisation code names none";
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
