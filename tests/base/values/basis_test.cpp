#include "liantu/base/values/basis.hpp"

#include <array>

#include <gtest/gtest.h>

namespace liantu {
namespace {

constexpr std::array<Basis, 4> kAll{Basis::Stated, Basis::Counted, Basis::Estimated,
                                    Basis::Inferred};

TEST(Basis, WordsForMachinesAndPeople) {
  EXPECT_EQ(basis_word(Basis::Stated), "stated");
  EXPECT_EQ(basis_word(Basis::Counted), "counted");
  EXPECT_EQ(basis_word(Basis::Estimated), "estimated");
  EXPECT_EQ(basis_word(Basis::Inferred), "inferred");
  EXPECT_EQ(basis_text(Basis::Stated), (Text{"stated", "明示"}));
  EXPECT_EQ(basis_text(Basis::Counted), (Text{"counted", "计数"}));
  EXPECT_EQ(basis_text(Basis::Estimated), (Text{"estimated", "估算"}));
  EXPECT_EQ(basis_text(Basis::Inferred), (Text{"inferred", "推断"}));
}

TEST(Basis, ReadsItsOwnWordsInBothLanguages) {
  for (const Basis basis : kAll) {
    EXPECT_EQ(parse_basis(basis_text(basis).en), basis);
    EXPECT_EQ(parse_basis(basis_text(basis).zh), basis);
  }
}

TEST(Basis, ReadsNoOtherWord) {
  for (const char* word : {"", "Stated", "state", "明", "明示的", " stated"}) {
    EXPECT_EQ(parse_basis(word), std::nullopt) << word;
  }
}

TEST(Basis, SofterOfTwoIsTheLaterOne) {
  for (std::size_t a = 0; a < kAll.size(); ++a) {
    for (std::size_t b = 0; b < kAll.size(); ++b) {
      EXPECT_EQ(softer(kAll[a], kAll[b]), kAll[a > b ? a : b]);
    }
  }
}

}  // namespace
}  // namespace liantu
